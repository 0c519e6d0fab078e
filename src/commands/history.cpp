#include "commands/history.h"

#include "commands/migrate.h"

namespace slipway::commands {

Baselined baseline(const BaselineRequest& request) {
    Opened opened(request.common, "baseline", Access::write, request.run.sink(), [&](Settings& settings) { request.run.begin(settings.root); });
    auto& [project, target] = opened;
    apply::Site site = siteOf(project, target, request.run.name(), waitOf(std::nullopt, project.settings), request.run.sink());
    Baselined done;
    done.table = postgres::nameOf(target.table);
    postgres::ReleaseLock lock(*target.connection, target.table);
    lock.acquire(site.wait, site.sink);
    if (request.from) {
        done.taken = apply::baselineFrom(site, *request.from);
        done.version = apply::currentVersion(apply::standingOf(site, std::nullopt).statuses);
    } else {
        done.version = request.version.value_or(project.settings.project.baselineVersion);
        apply::baseline(site, done.version, request.description.value_or(project.settings.project.baselineDescription));
    }
    lock.release();
    return done;
}

apply::RepairResult repair(const Common& common, Run& run) {
    Opened opened(common, "repair", Access::write, run.sink(), [&](Settings& settings) { run.begin(settings.root); });
    auto& [project, target] = opened;
    apply::Site site = siteOf(project, target, run.name(), waitOf(std::nullopt, project.settings), run.sink());
    return apply::repair(site);
}

Setup setup(const Common& common, const std::optional<std::string>& role, bool applyIt, const EventSink& sink) {
    Opened opened(common, "setup", applyIt ? Access::write : Access::read, sink);
    auto& [project, target] = opened;
    Setup result;
    result.role = role.value_or(target.facts.user);
    const bool historyExists = postgres::historyOid(*target.connection, target.table) != 0;
    result.sql = postgres::ownSchemaSql();
    if (project.settings.project.createSchemas)
        for (const std::string& schema : postgres::missingSchemas(*target.connection, target.schemas))
            result.sql += fmt::format("CREATE SCHEMA IF NOT EXISTS {};\n", postgres::quoteIdentifier(schema));
    result.sql += postgres::grantsSql(result.role, target.facts.database, target.table, target.schemas, historyExists);
    if (!applyIt) return result;
    try {
        target.connection->run("BEGIN;" + result.sql + "COMMIT");
    } catch (Error& error) {
        if (error.sqlstate == "42501")
            error.hint = "an administrator has to run this: `slipway setup --role ROLE --url ADMIN_URL --apply`, or what `slipway setup` prints";
        if (error.sqlstate == "42704") error.hint = fmt::format("create the role first: CREATE ROLE {} LOGIN", postgres::quoteIdentifier(result.role));
        throw;
    }
    result.applied = true;
    return result;
}

std::string adopt(const Common& common, const std::string& environment, const EventSink& sink) {
    const Project project = openProject(common);
    Common named = common;
    named.environment = environment;
    const Environment& chosen = chooseEnvironment(project.settings, named.environment);
    Target target = connectTo(project, chosen, addressOf(project.settings, chosen, named, sink), "env adopt", Access::write);
    const auto before = postgres::readMark(*target.connection, target.facts);
    postgres::ensureOwnSchema(*target.connection);
    postgres::writeMark(*target.connection, chosen.name);
    return before ? before->name : "";
}

}  // namespace slipway::commands
