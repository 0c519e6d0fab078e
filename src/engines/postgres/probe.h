// Statements that run outside transactions: what in the catalog tells whether they are done, undone or half done, and
// what to do then.
#pragma once

#include <string>
#include <vector>

#include "engines/postgres/connect.h"
#include "model/statement.h"

namespace slipway::postgres {

/// What the catalog says about a statement that may have been interrupted.
struct Probed {
    enum class State { done, undone, half } state = State::undone;
    std::string says;                  ///< for people: "index public.orders_idx is there but invalid"
    std::vector<std::string> repairs;  ///< statements that lead from half done back to undone, or on to done
    bool repairCompletes = false;      ///< after the repairs it is done: DETACH ... FINALIZE
};

/// Whether the table of probes has a row for it; if not, the segment is opaque.
bool verifiable(const NonTransactional& statement);

/// What must be noted before it runs (JSON): OIDs of the indexes that exist, of what is to be dropped ...
/// Throws "index-invalid" when IF NOT EXISTS would pass over an invalid index of that name, since the statement would
/// then do nothing and leave it so.
std::string factsBefore(Connection& connection, const NonTransactional& statement);

/// Compares the catalog with the facts. Waits first while another session still builds the index.
Probed probe(Connection& connection, const NonTransactional& statement, const std::string& facts);

}  // namespace slipway::postgres
