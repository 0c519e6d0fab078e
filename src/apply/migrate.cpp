#include "apply/migrate.h"

#include "base/text.h"

namespace slipway::apply {

namespace {

PlanInputs inputsOf(Site& site, const Standing& standing) {
    return {site.changelog, standing.history.rows, site.project, site.timeouts, site.environment, site.server(), site.hooks.load,
            [&site, oid = standing.history.oid](int rank) { return postgres::readJournal(site.connection, oid, rank); }};
}

void refuseFindings(const std::vector<Status>& statuses, const ProjectSettings& project) {
    std::vector<Finding> findings = validate(statuses, project.ignoreMigrationPatterns, false);
    // A failed row is the planner's to judge: it may be one that Slipway can go on with.
    std::erase_if(findings, [](const Finding& finding) { return finding.rule == "failed-migration"; });
    if (findings.empty()) return;
    std::vector<std::string> rest;
    for (size_t i = 1; i < findings.size(); i++) rest.push_back(findings[i].message);
    throw Error("validate-failed", Exit::no, "Validate failed: " + findings[0].message, findings[0].help)
        .at(findings[0].file).withDetail(join(rest, "\n"));
}

void refuseGroup(const ProjectSettings& project) {
    if (!project.group) return;
    throw Error("config-unsupported", Exit::usage, "group = true would run all pending migrations in one transaction, which Slipway does not do",
                "leave `group` out: each migration is a transaction of its own, and a run that stops goes on where it stopped");
}

/// Whether the run would only look. It then needs no lock and waits for nobody: an application that migrates at each of its
/// starts finds nothing to do at most of them, on many machines at once.
bool nothingToDo(const Site& site, const Standing& standing) {
    const bool finished = std::ranges::all_of(standing.history.rows, &HistoryRow::success);
    const bool callbacks = !site.project.skipDefaultCallbacks && !site.changelog.callbacks.empty();
    return standing.history.oid && finished && !callbacks && pendingOf(standing.statuses).empty();
}

Context contextOf(Site& site, postgres::ReleaseLock& lock, const postgres::History& history) {
    Context context{site.connection, lock, site.table};
    context.historyOid = history.oid;
    context.backendPid = site.facts.backendPid;
    context.run = site.run;
    context.installedBy = site.installedBy();
    context.session = site.sessionSettings();
    context.disposable = site.disposable;
    context.changelog = site.project.skipDefaultCallbacks ? nullptr : &site.changelog;
    context.undoRows = std::ranges::any_of(history.rows, [](const HistoryRow& row) { return row.type == "UNDO_SQL"; });
    context.watch = site.watch;
    context.hooks = site.hooks;
    context.sink = site.sink;
    return context;
}

/// Lets the server notice within seconds that this process is gone: a killed run must not go on changing things, nor keep
/// the release lock, for the hours that its statement might take (client_connection_check_interval, since PostgreSQL 14).
void watchForOurDeath(Context& context) {
    if (context.connection.serverVersion() < 140000) return;
    const std::string setting = "SET client_connection_check_interval = '10s'";
    try {
        context.connection.run(setting);
        context.session.push_back(setting);
    } catch (const Error& error) {
        if (error.connectionLost) throw;  // else: the server's platform cannot do it
    }
}

MigrateResult execute(Site& site, Context& context, Plan& plan, const Standing& standing) {
    MigrateResult result;
    result.planDigest = plan.digest;
    result.before = currentVersion(standing.statuses);
    result.after = result.before;
    if (plan.steps.empty()) return result;
    if (!site.facts.markTable) postgres::ensureOwnSchema(site.connection);
    watchForOurDeath(context);
    for (const Step& step : plan.steps) result.scripts.push_back(step.label());
    result.run = run(context, plan, standing.history.lastRank() + 1);
    result.after = currentVersion(standingOf(site, std::nullopt).statuses);
    return result;
}

}  // namespace

std::string currentVersion(const std::vector<Status>& statuses) {
    std::optional<Version> highest;
    for (const Status& status : statuses) {
        if (status.applied() && status.row->version && (!highest || *status.version() > *highest)) highest = Version::parse(*status.row->version);
    }
    return highest ? highest->text() : "";
}

Plan planOf(Site& site, const MigrateOptions& options) {
    refuseGroup(site.project);
    Standing standing = standingOf(site, options.target);
    if (!standing.history.oid) {  // as migrate will find it
        standing.history.rows = firstRows(site);
        standing.statuses = statusOf(site.changelog, standing.history.rows, {options.target, site.project.outOfOrder});
    }
    if (options.validate) refuseFindings(standing.statuses, site.project);
    return planUp(inputsOf(site, standing), standing.statuses);
}

MigrateResult migrate(Site& site, const MigrateOptions& options) {
    refuseGroup(site.project);
    postgres::ReleaseLock lock(site.connection, site.table);
    Standing standing = standingOf(site, options.target);
    if (!nothingToDo(site, standing)) {
        lock.acquire(site.wait, site.sink);
        standing = standingOf(site, options.target);  // who held the lock before has changed it
        if (!standing.history.oid) {
            beginHistory(site);
            standing = standingOf(site, options.target);
        }
    }
    if (options.validate) refuseFindings(standing.statuses, site.project);
    Plan plan = planUp(inputsOf(site, standing), standing.statuses);
    if (!options.expectedDigest.empty() && plan.digest != options.expectedDigest)
        throw Error("plan-changed", Exit::no,
                    "what would run now is not what the plan says: the files, the history or the environment's limits have changed since",
                    "look at the new plan (`slipway plan --out FILE`) and run that one");
    Context context = contextOf(site, lock, standing.history);
    context.leaveTrailingBackfill = options.leaveTrailingBackfill;
    MigrateResult result = execute(site, context, plan, standing);
    if (plan.steps.empty()) {  // Flyway runs these two in any case: grants are often kept in order there
        runCallbacks(context, "beforeMigrate");
        runCallbacks(context, "afterMigrate");
    }
    lock.release();
    return result;
}

MigrateResult undo(Site& site, int count, const std::optional<Version>& target) {
    postgres::ReleaseLock lock(site.connection, site.table);
    lock.acquire(site.wait, site.sink);
    const Standing standing = standingOf(site, std::nullopt);
    Plan plan = planDown(inputsOf(site, standing), standing.statuses, count, target);
    Context context = contextOf(site, lock, standing.history);
    MigrateResult result = execute(site, context, plan, standing);
    lock.release();
    return result;
}

}  // namespace slipway::apply
