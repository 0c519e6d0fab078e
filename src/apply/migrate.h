// migrate, undo and repair: from the lock to the last row.
#pragma once

#include "apply/planner.h"
#include "apply/runner.h"
#include "apply/site.h"

namespace slipway::apply {

struct MigrateOptions {
    std::optional<Version> target;
    std::string expectedDigest;         ///< of the plan that was looked at; empty: whatever is pending
    bool leaveTrailingBackfill = false;
    bool validate = true;
};

struct MigrateResult {
    RunResult run;
    std::string planDigest;
    std::string before;                 ///< the highest version applied before; "" for none
    std::string after;
    std::vector<std::string> scripts;   ///< Step::label() of what was run
};

/// Brings the site up to date under the release lock. Throws what planning and running throw, "validate-failed" (no)
/// with every finding in its detail, "plan-changed" (no) when the plan is not the expected one.
MigrateResult migrate(Site& site, const MigrateOptions& options);

/// Takes back the last `count` migrations, or all above `target`.
MigrateResult undo(Site& site, int count, const std::optional<Version>& target);

/// The plan that migrate would run now; takes no lock and changes nothing.
Plan planOf(Site& site, const MigrateOptions& options);

struct RepairResult {
    std::vector<std::string> removed;  ///< failed rows
    std::vector<std::string> deleted;  ///< rows whose files are gone: marked with a DELETE row
    std::vector<std::string> aligned;  ///< rows whose checksum, description or type now are those of the files
    std::vector<std::string> kept;     ///< half-done scripts that `migrate` can go on with
    std::vector<Finding> findings;     ///< what removed rows leave behind in the database
};

/// Flyway's repair in one transaction. A half-done script whose finished segments are unchanged keeps its row, and its
/// journal is moved over to the file as it is now.
RepairResult repair(Site& site);

/// Says for a segment whose outcome only a person can tell that it is done, or that it shall run again.
/// Throws "nothing-to-resume" (usage) when none waits for that.
void settle(Site& site, bool done);

/// The highest applied version, "" when there is none.
std::string currentVersion(const std::vector<Status>& statuses);

}  // namespace slipway::apply
