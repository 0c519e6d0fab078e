// From pending migrations to a Plan.
#pragma once

#include <string>
#include <vector>

#include "apply/context.h"
#include "apply/status.h"

namespace slipway::apply {

/// What a plan is made from.
struct PlanInputs {
    const Changelog& changelog;
    const std::vector<HistoryRow>& rows;
    const ProjectSettings& project;
    Timeouts timeouts;
    std::string environment;
    std::string server;
    std::function<ScriptText(const Script&)> load;
    /// Reads the journal of a rank; called only when the history's last row is not successful.
    std::function<std::vector<JournalRow>(int rank)> journal;
};

/// The plan that brings the target up to date: the interrupted script first, then what is pending.
/// Throws Error (usage or no) "failed-migration" when the last row failed and nothing can be resumed,
/// "journal-disagrees" when file and journal differ, "undo-interrupted" when an undo is half done.
Plan planUp(const PlanInputs& inputs, const std::vector<Status>& statuses);

/// The plan that takes back applied migrations, the latest first: `count` of them, or all above `target`.
/// Throws "undo-missing" for a migration without undo script, "irreversible" for one declared so.
Plan planDown(const PlanInputs& inputs, const std::vector<Status>& statuses, int count, const std::optional<Version>& target);

/// Loads and parses a script and cuts it into the step's segments.
void prepare(Step& step, const PlanInputs& inputs);

}  // namespace slipway::apply
