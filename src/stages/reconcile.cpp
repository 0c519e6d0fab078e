// The data before and after: declared queries decide, row counts are shown (R104, R105).
#include "base/text.h"
#include "stages/stage.h"

namespace slipway::stages {

static StageOutcome reconcile(Rehearsal& rehearsal) {
    StageOutcome outcome{"reconcile"};
    apply::Site& site = rehearsal.ground->site();
    const data::Snapshot after = data::take(site.connection, rehearsal.declared, true, site.table);
    outcome.findings = data::compare(rehearsal.rowsBefore, after, rehearsal.declared);
    outcome.facts = data::facts(rehearsal.rowsBefore, after, rehearsal.declared);
    size_t declared = 0;
    for (const Declarations& declarations : rehearsal.declared) declared += declarations.reconcile.size();
    const bool wrong = std::ranges::any_of(outcome.findings, [](const Finding& finding) { return finding.severity == Severity::error; });
    if (wrong) outcome.outcome = "failed";
    outcome.summary = wrong ? "the data is not what the declarations promise"
                            : fmt::format("{} and the rows of {} compared", declared == 1 ? "1 declared query" : fmt::format("{} declared queries", declared),
                                          count(static_cast<int64_t>(after.rows.size()), "table"));
    return outcome;
}

extern const Stage stage_reconcile = {"reconcile", 4, "compares the data before and after", reconcile};

}  // namespace slipway::stages
