// What the parse tree says about a statement.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "model/statement.h"

namespace slipway::postgres {

/// Runs one statement after the other through libpg_query. To be used on a ParserThread only; one reader serves
/// many statements, so that its buffers are allocated once.
class TreeReader {
  public:
    TreeReader();
    ~TreeReader();

    /// Fills in kind, runs, session and the details of `statement`, whose text is `text`. Returns the parser's message
    /// when it cannot parse the text, and leaves `statement` alone then; "" otherwise.
    std::string read(std::string_view text, Statement& statement);

    /// The tree of the statement that was read last, as JSON, with simdjson's padding behind it, to be swapped for another
    /// buffer or left until the next read(). Empty when the text could not be parsed.
    std::string& tree();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace slipway::postgres
