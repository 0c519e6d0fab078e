// Everything that is pending, with real commits, on a clone that nobody needs afterwards (R44, design decision 8): a
// run that is rolled back would miss deferred constraints and fail on new enum values.
#include "base/text.h"
#include "stages/stage.h"

namespace slipway::stages {

static StageOutcome dryRun(Rehearsal& rehearsal) {
    StageOutcome outcome{"dry-run"};
    const auto ground = rehearsal.fresh();
    outcome.facts.emplace_back("runs on", ground->describe());
    try {
        const apply::MigrateResult result = apply::migrate(ground->site(), rehearsal.options);
        outcome.facts.emplace_back("plan", result.planDigest);
        outcome.facts.emplace_back("version afterwards", result.after);
        outcome.summary = result.run.scripts == 0 ? "nothing is pending"
                                                  : fmt::format("{} applied on {}", count(result.run.scripts, "script"), ground->describe());
    } catch (const Error& error) {
        if (!blames(error)) throw;
        outcome.outcome = "failed";
        outcome.summary = "a script failed on " + ground->describe();
        outcome.findings.push_back(findingOf(error));
    }
    return outcome;
}

extern const Stage stage_dry_run = {"dry-run", 1, "runs everything that is pending on a disposable clone", dryRun};

}  // namespace slipway::stages
