// The declared checks before and after a migration (R106).
#pragma once

#include <string>
#include <vector>

#include "engines/engine.h"
#include "model/finding.h"
#include "model/migration.h"

namespace slipway::data {

/// Runs [[pre]] or [[post]] checks (`table` is "pre" or "post"), all of them, and answers with a finding "check-failed"
/// for each that does not hold, at its line in `file`. Works in an open transaction, which stays usable and unchanged,
/// and outside of one.
std::vector<Finding> runChecks(postgres::Connection& connection, const std::vector<Check>& checks,
                               const std::string& table, const std::string& file);

}  // namespace slipway::data
