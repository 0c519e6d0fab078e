#include "commands/observe.h"

#include "apply/migrate.h"
#include "commands/observed_scripts.h"

namespace slipway::commands {

namespace {

std::string idOf(const Migration& migration) { return migration.version ? migration.version->text() : migration.id(); }

/// Later statements may count on rows that a declared backfill has filled in.
void backfill(apply::Site& site, const Migration& migration) {
    if (!migration.declarations.backfill) return;
    site.hooks.backfill(site.connection, migration, {}, "", [](const std::string&, int64_t) {}, site.sink);
}

}  // namespace

ReleaseEffects observe(const ObserveRequest& request) {
    Grounds grounds(request.common, request.copy, request.run.name(), request.run.sink(), [&](Settings& settings) {
        request.run.begin(settings.root);
        if (request.target) settings.project.target = request.target;
    });
    const auto ground = grounds.fresh();
    apply::Site& site = ground->site();
    apply::MigrateOptions options;
    options.target = site.target();
    options.validate = false;
    const Plan plan = apply::planOf(site, options);

    ReleaseEffects release;
    release.serverVersion = site.connection.serverVersion() / 10'000;
    ObservedScripts scripts(site.connection, site.watch, site.sessionSettings());
    for (const Step& step : plan.steps) {
        JudgedScript seen;
        seen.id = idOf(step.migration);
        seen.script = step.script;
        scripts.begin();
        for (size_t i = 0; i < step.segments.size(); i++)
            for (size_t k = step.segments[i].first; k < step.segments[i].end; k++)
                seen.statements.push_back({.statement = step.statements[k], .effects = scripts.run(step.script, step.statements[k]), .segment = static_cast<int>(i) + 1});
        scripts.begin();
        backfill(site, step.migration);
        release.scripts.push_back(std::move(seen));
    }
    return release;
}

}  // namespace slipway::commands
