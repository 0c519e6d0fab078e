// The parse tree of a text found inside other SQL: the body of a function, a statement in it, a default.
#pragma once

#include <simdjson.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engines/postgres/predict/tree.h"

namespace slipway::postgres {

/// libpg_query (15-4.0.0) writes a constant below zero as if it was zero. Returns the tree with the values that stand
/// in the text at their places.
std::string withNegativeConstants(std::string_view tree, std::string_view text);

/// Owns, with its copies, what its nodes point into. To be made on a ParserThread only, which remembers short texts: those
/// of a trigger's function come again with each statement that fires it.
class Parsed {
  public:
    static Parsed sql(std::string_view text);
    /// A CREATE FUNCTION or DO statement in PL/pgSQL: the tree of its body.
    static Parsed plpgsql(std::string_view statement);

    /// The parser's message; "" when it could read the text.
    const std::string& error() const { return error_; }
    /// Statement nodes, with the bytes that each begins at and is long; or the functions of a PL/pgSQL text.
    struct Statement {
        Node node;
        size_t begin = 0, length = 0;
    };
    const std::vector<Statement>& statements() const { return statements_; }

  private:
    static Parsed readSql(const std::string& text);
    static Parsed readPlpgsql(const std::string& statement);

    std::string error_;
    std::shared_ptr<simdjson::dom::parser> parser_;
    std::vector<Statement> statements_;
};

}  // namespace slipway::postgres
