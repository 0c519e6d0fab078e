// Running a plan: transactions, timeouts, retries, history and journal rows.
#pragma once

#include "apply/context.h"

namespace slipway::apply {

struct RunResult {
    int scripts = 0;          ///< migrations or undo scripts brought to their end
    bool paused = false;      ///< stopped before a trailing backfill, as asked (Context::leaveTrailingBackfill)
    Milliseconds took{0};
};

/// Runs the steps in order; the release lock must be held. What fails ends the run with an Error that says how far it
/// came; whatever was committed stays, and the same command goes on from there.
RunResult run(Context& context, Plan& plan, int nextRank);

/// Runs the callbacks of an event (beforeMigrate, afterMigrate ...), each script with its own transactions and without
/// history rows.
void runCallbacks(Context& context, const char* event);

}  // namespace slipway::apply
