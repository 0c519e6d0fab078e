// The statements of a script, parsed while those before them are played.
#pragma once

#include <array>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <string>
#include <vector>

#include "engines/postgres/parse.h"
#include "engines/postgres/parse_tree.h"

namespace slipway::postgres {

/// A statement as the parser sees it.
struct ReadStatement {
    Statement statement;
    std::string tree;     ///< as JSON, with simdjson's padding behind it
    std::string problem;  ///< why there is none
};

/// Reads one piece of a script after the other. To be used on a ParserThread only.
class StatementReader {
  public:
    StatementReader(const ScriptText& script, int serverMajor) : script_(script), serverMajor_(serverMajor) {}

    /// Fills in `read`, whose buffers are used again.
    void read(const Piece& piece, ReadStatement& read);

  private:
    std::string tree(std::string_view text, Statement& statement);

    const ScriptText& script_;
    int serverMajor_;
    TreeReader reader_;
};

/// A few blocks of statements between the thread that reads them and the one that plays them, which takes them in order.
class ReadAhead {
  public:
    /// Reads all pieces, unless stop() is called; on the one thread.
    void readAll(StatementReader& reader, const std::vector<Piece>& pieces);
    /// The next statement, until the call after; on the other thread. Throws what reading it threw.
    const ReadStatement& next();
    /// Nothing more is wanted.
    void stop();

  private:
    /// Large enough that handing one over costs little beside reading it.
    static constexpr size_t mostStatements = 64, mostBytes = size_t{1} << 20;
    struct Block {
        std::array<ReadStatement, mostStatements> statements;
        size_t count = 0;  ///< 0: it is to be read
    };

    /// Reads from the piece `next` on, and says how many.
    static size_t fill(Block& block, StatementReader& reader, const std::vector<Piece>& pieces, size_t& next);

    std::array<Block, 3> blocks_;
    size_t playing_ = 0;  ///< the block of the playing thread,
    size_t available_ = 0, taken_ = 0;  ///< how many are in it, and how many were given
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopped_ = false;
    std::exception_ptr failure_;
};

}  // namespace slipway::postgres
