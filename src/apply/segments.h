// Cutting a script into segments that can be run, told done from undone, and resumed.
#pragma once

#include <set>
#include <vector>

#include "model/plan.h"
#include "model/settings.h"

namespace slipway::apply {

struct CutOptions {
    bool executeInTransaction = true;
    std::optional<bool> mixed;     ///< false as written: a script of both kinds is refused, as Flyway does
    Timeouts timeouts;             ///< for atomic segments
    std::set<size_t> alone;        ///< statements that the server refused to run in a transaction
    bool backfill = false;         ///< a declared backfill follows the statements
};

/// The segments of a script, at least one. BEGIN and COMMIT in the script decide where transactions end; the
/// statements themselves are passed over when the segment runs. Throws Error (usage) with file and line:
/// "script-rollback", "alone-in-transaction", "mixed", and what a statement itself forbids.
std::vector<Segment> cut(const ScriptText& script, const std::vector<Statement>& statements, const CutOptions& options);

/// Cuts the atomic segment number `segment` (from 0) around its statement `alone`, which turned out to need a place
/// outside transactions: what cut() gives when it knows so from the beginning.
void cutAround(const ScriptText& script, const std::vector<Statement>& statements, std::vector<Segment>& segments,
               size_t segment, size_t alone);

}  // namespace slipway::apply
