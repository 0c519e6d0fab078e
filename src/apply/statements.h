// Running statements one after the other in the session as it stands.
#pragma once

#include <nlohmann/json.hpp>

#include "apply/context.h"

namespace slipway::apply {

/// What the statements of a segment did, for the journal (R97): a JSON array, shortened after 200 entries.
class StatementLog {
  public:
    void add(const ScriptText& script, const Statement& statement, Milliseconds took, int64_t rows,
             const std::vector<postgres::Notice>& notices);
    std::string json() const;

  private:
    nlohmann::json entries_ = nlohmann::json::array();
    int64_t more_ = 0;
};

/// Gives an error the statement and its place in the file; a column that it has already counts within the statement.
void locate(Error& error, const ScriptText& script, const Statement& statement);

/// Runs one statement, tells the sink about its start, waiting, notices and end, and adds it to the log. An error
/// carries the statement, and the line and column of the file that the server complained about.
void runStatement(Context& context, const ScriptText& script, const Statement& statement, StatementLog& log);

/// Runs the statements [first, end) but for BEGIN and COMMIT. In a transaction a script's own lock_timeout and
/// statement_timeout may tighten what Slipway set, never loosen it. On failure `failed` is the statement's index.
void runStatements(Context& context, const Step& step, const Segment& segment, StatementLog& log, size_t& failed);

}  // namespace slipway::apply
