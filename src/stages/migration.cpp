// The migrations on the clone that the later stages go on with; the backfill that ends a release is left to its stage.
#include "base/text.h"
#include "stages/stage.h"

namespace slipway::stages {

static StageOutcome migration(Rehearsal& rehearsal) {
    StageOutcome outcome{"migration"};
    rehearsal.ground = rehearsal.fresh();
    apply::Site& site = rehearsal.ground->site();
    try {
        const Plan plan = apply::planOf(site, rehearsal.options);
        for (const Step& step : plan.steps) {
            rehearsal.declared.push_back(step.migration.declarations);
            rehearsal.scripts.push_back(step.label());
            if (step.migration.kind == MigrationKind::versioned) rehearsal.versions.push_back(step.migration.version->text());
            if (step.migration.declarations.irreversible && !rehearsal.irreversible)
                rehearsal.irreversible = fmt::format("{} is declared irreversible: {}", step.migration.id(), *step.migration.declarations.irreversible);
        }
        rehearsal.before = pictureOf(site);
        rehearsal.rowsBefore = data::take(site.connection, rehearsal.declared, true, site.table);
        outcome.facts.emplace_back("catalog before", digest(rehearsal.before.catalog));
        apply::MigrateOptions options = rehearsal.options;
        options.leaveTrailingBackfill = true;
        const apply::MigrateResult result = apply::migrate(site, options);
        outcome.facts.emplace_back("plan", result.planDigest);
        outcome.facts.emplace_back("from version", result.before.empty() ? "<< Empty Schema >>" : result.before);
        outcome.facts.emplace_back("to version", result.after);
        outcome.summary = fmt::format("{} applied{}", count(result.run.scripts, "script"), result.run.paused ? "; the backfill of the last one follows" : "");
    } catch (const Error& error) {
        if (!blames(error)) throw;
        outcome.outcome = "failed";
        outcome.summary = "a script failed";
        outcome.findings.push_back(findingOf(error));
    }
    return outcome;
}

extern const Stage stage_migration = {"migration", 2, "applies the migrations and logs every statement", migration};

}  // namespace slipway::stages
