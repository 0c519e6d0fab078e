#include "commands/migrate.h"

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/text.h"

namespace slipway::commands {

namespace {

/// What a plan that was looked at says about itself.
struct SeenPlan {
    std::string environment;
    std::string digest;
    std::optional<std::string> target;
};

SeenPlan readPlan(const std::string& file) {
    try {
        const auto plan = nlohmann::json::parse(readFile(file));
        SeenPlan seen{plan.at("environment").get<std::string>(), plan.at("digest").get<std::string>(), std::nullopt};
        if (plan.contains("target")) seen.target = plan.at("target").get<std::string>();
        return seen;
    } catch (const nlohmann::json::exception&) {
        throw Error("plan-invalid", Exit::usage, "this is not a plan that `slipway plan --out` wrote",
                    "make one with `slipway plan --out FILE`").at(file);
    }
}

}  // namespace

Milliseconds waitOf(const std::optional<Milliseconds>& asked, const Settings& settings) {
    if (asked) return *asked;
    const int seconds = settings.project.lockRetryCount;
    return seconds < 0 ? Milliseconds(-1) : Milliseconds(int64_t{1000} * seconds);
}

void refuseSkipping(const Project& project, const Environment& environment, const std::vector<apply::Status>& statuses, const EventSink& sink) {
    if (!environment.named) return;
    const Environment* before = environmentBefore(project.settings, environment);
    const auto pending = apply::pendingOf(statuses);
    if (!before || pending.empty()) return;
    Common common;
    Project theirs{project.settings, project.layout, project.changelog};
    auto connect = [&] {
        try {
            return connectTo(project, *before, addressOf(project.settings, *before, common, sink), "look at " + before->name, Access::read);
        } catch (Error& error) {
            error.detail += fmt::format("{}asked because '{}' gets only what has been through '{}'", error.detail.empty() ? "" : "\n", environment.name, before->name);
            throw;
        }
    };
    Target earlier = connect();
    settleChecksums(theirs, earlier);
    const auto history = postgres::readHistory(*earlier.connection, earlier.table);
    const auto there = apply::statusOf(theirs.changelog, history.rows, {std::nullopt, true});
    for (const Migration* migration : pending) {
        const bool through = std::ranges::any_of(there, [&](const apply::Status& status) {
            const bool same = status.migration && status.migration->kind == migration->kind && status.migration->version == migration->version &&
                              status.migration->description == migration->description;
            return same && status.applied() && (!status.row->checksum || *status.row->checksum == status.migration->checksum ||
                                       status.row->checksum == status.migration->equivalentChecksum);
        });
        if (through) continue;
        throw Error("not-through", Exit::no,
                    fmt::format("{} {} has not been through '{}' with the content it has now, so it cannot go to '{}'", migration->id(),
                                migration->description, before->name, environment.name),
                    fmt::format("deploy it there first: `slipway deploy {}`", before->name)).at(migration->up.file);
    }
}

Migrated migrate(const MigrateRequest& request) {
    const EventSink sink = request.run.sink();
    const std::optional<SeenPlan> seen = request.planFile ? std::optional(readPlan(*request.planFile)) : std::nullopt;
    Opened opened(request.common, request.verb, Access::write, sink, [&](Settings& settings) {
        request.run.begin(settings.root);
        if (request.target) settings.project.target = request.target;
        else if (seen && seen->target) settings.project.target = seen->target;
    });
    auto& [project, target] = opened;
    tellNotes(project, sink);
    if (seen && seen->environment != target.environment.name)
        throw Error("plan-environment", Exit::usage, fmt::format("the plan was made for '{}', and this run is for '{}'", seen->environment, target.environment.name),
                    fmt::format("add --env {}, or make a plan for '{}'", seen->environment, target.environment.name)).at(*request.planFile);
    apply::Site site = siteOf(project, target, request.run.name(), waitOf(request.wait, project.settings), sink);
    apply::MigrateOptions options;
    options.target = site.target();
    options.validate = project.settings.project.validateOnMigrate;
    if (seen) options.expectedDigest = seen->digest;
    if (target.environment.named) {
        // Flyway's environments stand in no order; who wants one asks for it by `deploy`.
        const bool ordered = project.settings.origin == "slipway.toml" && environmentBefore(project.settings, target.environment);
        if (ordered) refuseSkipping(project, target.environment, apply::standingOf(site, options.target).statuses, sink);
        markIfNew(target);
        site.facts = target.facts;
    }
    if (request.tookEffect) apply::settle(site, *request.tookEffect);
    Migrated migrated{apply::migrate(site, options), target.environment.name, target.facts.database, target.connection->serverName()};
    return migrated;
}

Migrated undo(const UndoRequest& request) {
    const EventSink sink = request.run.sink();
    Opened opened(request.common, "undo", Access::write, sink, [&](Settings& settings) { request.run.begin(settings.root); });
    auto& [project, target] = opened;
    apply::Site site = siteOf(project, target, request.run.name(), waitOf(request.wait, project.settings), sink);
    std::optional<Version> down;
    if (request.target) {
        down = Version::parse(*request.target);
        if (!down)
            throw Error("target-invalid", Exit::usage, fmt::format("'{}' is no version", *request.target), "see `slipway info` for the versions");
    }
    return {apply::undo(site, request.count, down), target.environment.name, target.facts.database, target.connection->serverName()};
}

Plan plan(const MigrateRequest& request) {
    const EventSink sink = request.run.sink();
    Opened opened(request.common, "plan", Access::read, sink, [&](Settings& settings) {
        request.run.begin(settings.root);
        if (request.target) settings.project.target = request.target;
    });
    auto& [project, target] = opened;
    tellNotes(project, sink);
    apply::Site site = siteOf(project, target, request.run.name(), Milliseconds(0), sink);
    apply::MigrateOptions options;
    options.target = site.target();
    options.validate = project.settings.project.validateOnMigrate;
    Plan plan = apply::planOf(site, options);
    if (request.target) plan.target = *request.target;
    return plan;
}

}  // namespace slipway::commands
