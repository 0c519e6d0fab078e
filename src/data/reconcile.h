// Declared queries and row counts, before and after a run (R104, R105).
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "data/answer.h"
#include "model/finding.h"
#include "model/history.h"
#include "model/migration.h"

namespace slipway::data {

/// What the data said at one moment.
struct Snapshot {
    std::vector<Answer> answers;          ///< one a [[reconcile]], in the order of the declarations
    std::map<std::string, int64_t> rows;  ///< of each table (userTables), where they were asked for
};

/// Asks the [[reconcile]] queries of all `declared` in one transaction that sees one moment and only reads; a query
/// that cannot run yet is recorded as such. Counts the rows of all tables but `history`, exactly, when `countRows`:
/// as long as reading them all takes. The connection must be idle.
Snapshot take(postgres::Connection& connection, const std::vector<Declarations>& declared, bool countRows,
              const HistoryTable& history = {});

/// Judges `after` by `before`. The declared queries decide: a finding "reconcile-difference" (error) where the answer
/// is not the one expected, "reconcile-unanswered" (error) where there is none, or none before to compare with. Where
/// the table itself was not there before, nothing of it can have been lost: a note. Fewer rows in a table that was
/// there before are "rows-lost" (warning).
std::vector<Finding> compare(const Snapshot& before, const Snapshot& after, const std::vector<Declarations>& declared);

/// The same for a report: each query's answer and each table's rows, "50,000" or "50,000, before 49,998".
std::vector<std::pair<std::string, std::string>> facts(const Snapshot& before, const Snapshot& after,
                                                       const std::vector<Declarations>& declared);

}  // namespace slipway::data
