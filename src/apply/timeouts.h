// The limits of the environment and those that a session sets itself: the tighter one holds.
#pragma once

#include <string>

#include "engines/engine.h"
#include "model/plan.h"

namespace slipway::apply {

/// lock_timeout and statement_timeout as they stand in the session. Asked by SHOW: a SELECT would take the
/// transaction's snapshot, and SET TRANSACTION must come before it (manual, SET TRANSACTION, "Notes").
Timeouts sessionTimeouts(postgres::Connection& connection);

/// The tighter of each, where zero is no limit; the budget is that of `limits`.
Timeouts tighter(const Timeouts& limits, const Timeouts& own);

/// SET (with `scope` "LOCAL": for the transaction) of both.
std::string timeoutSql(const Timeouts& timeouts, const char* scope);

}  // namespace slipway::apply
