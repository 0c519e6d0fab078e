#include "commands/target.h"

#include <unistd.h>

#include <ctime>

#include "base/files.h"
#include "base/text.h"
#include "data/backfill.h"
#include "data/checks.h"

namespace slipway::commands {

namespace {

std::string applicationName(const std::string& verb) {
    char host[256] = {};
    if (gethostname(host, sizeof host - 1) != 0) host[0] = '?';
    return fmt::format("slipway {} on {}", verb, host).substr(0, 63);  // NAMEDATALEN - 1
}

void checkMark(const Target& target, const Settings& settings, bool overridden) {
    if (!target.mark) return;
    const postgres::Mark& mark = *target.mark;
    if (!mark.original)
        throw Error("copied-mark", Exit::no,
                    fmt::format("database {} carries the mark of '{}', but it is a copy: the mark was written in another database",
                                target.facts.database, mark.name),
                    fmt::format("when this copy shall be the environment '{0}' from now on: `slipway env adopt {0}`", target.environment.name));
    if (overridden || !target.environment.named || mark.name == target.environment.name) return;
    throw Error("other-environment", Exit::no,
                fmt::format("the url of '{}' leads to the database of '{}' (marked {} by {})", target.environment.name, mark.name, mark.at, mark.by),
                fmt::format("correct the url of '{}'; when the database has changed its role: `slipway env adopt {}`",
                            target.environment.name, target.environment.name)).at(settings.file, target.environment.line);
}

void checkWritable(const Target& target, const std::string& verb) {
    if (target.facts.standby)
        throw Error("standby", Exit::outside, fmt::format("{} is a standby: it takes no writes", target.shown),
                    "give the url of the primary (libpq: target_session_attrs=primary finds it among several hosts)");
    if (target.facts.readOnly)
        throw Error("read-only", Exit::outside, fmt::format("{} only reads: default_transaction_read_only is on", target.shown),
                    "turn it off for this role or database, or give another url");
    const bool pooled = postgres::poolsTransactions(*target.connection, target.facts, [&] {
        return postgres::Connection::open(target.address, applicationName(verb));
    });
    if (pooled)
        throw Error("pooler", Exit::outside,
                    fmt::format("between here and {} stands a connection pooler that gives each transaction another session; "
                                "the release lock and SET would get lost in it", target.shown),
                    "connect to the server itself (its own port), or to a pool in session mode");
}

}  // namespace

postgres::Target addressOf(const Settings& settings, const Environment& environment, const Common& common, const EventSink& sink) {
    std::string url = environment.url;
    postgres::Target address;
    if (common.url) {
        if (postgres::urlHasPassword(*common.url))
            throw Error("url-password", Exit::usage, "a password on the command line can be seen by everybody on this machine",
                        "leave it out of --url and give it by PGPASSWORD or a passfile (~/.pgpass), or put the url into a variable "
                        "that slipway.toml names: url = \"${PROD_DB_URL}\"");
        url = *common.url;
    } else {
        if (!environment.missingVariable.empty())
            throw Error("variable-missing", Exit::usage,
                        fmt::format("environment '{}' needs the variable {}, which is not set", environment.name, environment.missingVariable),
                        environment.missingVariable.contains("URL") ? fmt::format("export {}=postgresql://host:5432/database", environment.missingVariable)
                                                                    : fmt::format("set {} in the environment of this command", environment.missingVariable))
                .at(settings.file, environment.line);
        address.user = environment.user;
        address.password = environment.password;
    }
    constexpr std::string_view embedded = "embedded:";
    if (url.starts_with(embedded)) {
        return postgres::openEmbedded(postgres::serverFolder(settings.root), url.substr(embedded.size()), [&](const std::string& text) {
            Event told{Event::Kind::message};
            told.text = text;
            if (sink) sink(told);
        });
    }
    address.url = url;
    return address;
}

namespace {

/// A connection under way.
Target beginSession(const Environment& environment, const postgres::Target& address, const std::string& verb) {
    Target target;
    target.environment = environment;
    target.address = address;
    target.shown = postgres::shownUrl(address.url);
    target.connection = postgres::Connection::begin(address, applicationName(verb));
    return target;
}

/// The session, with what stands in the way of writing checked.
void completeSession(Target& target, const std::string& verb, Access access) {
    try {
        target.connection->complete();
    } catch (const Error&) {
        if (target.environment.connectRetries <= 0) throw;
        target.connection = postgres::Connection::open(target.address, applicationName(verb), target.environment.connectRetries);
    }
    target.facts = postgres::readFacts(*target.connection);
    if (access == Access::write) checkWritable(target, verb);
}

void settleMark(Target& target, const Settings& settings, const Common& common, Access access) {
    target.mark = postgres::readMark(*target.connection, target.facts);
    if (access == Access::write) checkMark(target, settings, common.url.has_value());
    if (!common.url) return;
    // A URL given by hand has no rules of its own: those of the database's mark hold.
    target.environment.named = false;
    for (const Environment& known : settings.environments)
        if (target.mark && known.name == target.mark->name) {
            target.environment = known;
            target.environment.named = true;
        }
    if (target.mark && !target.environment.named) target.environment.name = target.mark->name;
}

/// Where the history lies and which schemas are the project's.
void place(Target& target, const Project& project) {
    const ProjectSettings& settings = project.settings.project;
    target.schemas = settings.schemas;
    if (target.schemas.empty())
        target.schemas = {settings.defaultSchema.value_or(target.facts.currentSchema.empty() ? "public" : target.facts.currentSchema)};
    else if (settings.defaultSchema && std::ranges::find(target.schemas, *settings.defaultSchema) == target.schemas.end())
        target.schemas.insert(target.schemas.begin(), *settings.defaultSchema);
    if (project.layout->ownHistory)
        target.table = {postgres::ownSchema, "history"};
    else
        target.table = {settings.defaultSchema.value_or(target.schemas.front()), settings.table};
}

}  // namespace

Target connectTo(const Project& project, const Environment& environment, const postgres::Target& address, const std::string& verb, Access access) {
    Target target = beginSession(environment, address, verb);
    completeSession(target, verb, access);
    place(target, project);
    return target;
}

Opened::Opened(const Common& common, const std::string& verb, Access access, const EventSink& sink, const std::function<void(Settings&)>& adjust) {
    project.settings = openSettings(common);
    if (adjust) adjust(project.settings);
    for (const std::string& warning : project.settings.warnings) {
        Event told{Event::Kind::message};
        told.text = "warning: " + warning;
        if (sink) sink(told);
    }
    const Environment& environment = chooseEnvironment(project.settings, common.environment);
    target = beginSession(environment, addressOf(project.settings, environment, common, sink), verb);
    readFiles(project);
    completeSession(target, verb, access);
    settleMark(target, project.settings, common, access);
    place(target, project);
    settleChecksums(project, target);
    if (!sink) return;
    Event told{Event::Kind::runStarted};
    told.subject = verb;
    told.text = fmt::format("{}: database {}, {}, as {}", target.environment.name, target.facts.database, target.connection->serverName(), target.facts.user);
    sink(told);
}

std::map<std::string, std::string> builtInPlaceholders(const Project& project, const Target& target) {
    char now[32] = {};
    const std::time_t time = std::time(nullptr);
    std::tm local{};
    localtime_r(&time, &local);
    std::strftime(now, sizeof now, "%Y-%m-%d %H:%M:%S", &local);
    return {{"flyway:defaultschema", target.table.schema == postgres::ownSchema ? target.schemas.front() : target.table.schema},
            {"flyway:user", target.facts.user},
            {"flyway:database", target.facts.database},
            {"flyway:timestamp", now},
            {"flyway:workingdirectory", fs::current_path().string()},
            {"flyway:table", project.settings.project.table},
            {"flyway:environment", target.environment.name}};
}

void settleChecksums(Project& project, const Target& target) {
    const ProjectSettings& settings = project.settings.project;
    const bool any = std::ranges::any_of(project.changelog.migrations, [](const Migration& m) { return m.kind == MigrationKind::repeatable; });
    if (!any || !settings.placeholderReplacement) return;
    changelogs::fillRepeatableChecksums(project.changelog, settings, builtInPlaceholders(project, target));
}

apply::Site siteOf(const Project& project, Target& target, const std::string& run, Milliseconds wait, EventSink sink) {
    apply::Site site{*target.connection, target.facts, target.table, target.schemas, project.layout->ownHistory, project.changelog,
                     project.settings.project};
    site.timeouts = target.environment.timeouts;
    site.environment = target.environment.name;
    site.run = run;
    site.wait = wait;
    site.sink = sink;
    site.hooks.load = [&project, &target](const Script& script) {
        return changelogs::loadScript(script, project.settings.project, builtInPlaceholders(project, target));
    };
    site.hooks.check = [](postgres::Connection& connection, const std::vector<Check>& checks, const std::string& table, const std::string& file) {
        return data::runChecks(connection, checks, table, file);
    };
    site.hooks.backfill = [](postgres::Connection& connection, const Migration& migration, const Timeouts& timeouts, const std::string& from,
                             const std::function<void(const std::string&, int64_t)>& checkpoint, const EventSink& events) {
        const data::BackfillRun run{*migration.declarations.backfill, migration.id() + " " + migration.description,
                                    migration.declarations.file, timeouts, from};
        return data::run(connection, run, checkpoint, events).rows;
    };
    site.watch = [&target] { return postgres::Connection::open(target.address, applicationName("watcher")); };
    return site;
}

void markIfNew(Target& target) {
    if (!target.environment.named || target.mark) return;
    postgres::ensureOwnSchema(*target.connection);
    target.facts.markTable = true;
    postgres::writeMark(*target.connection, target.environment.name);
    target.mark = postgres::readMark(*target.connection, target.facts);
}

}  // namespace slipway::commands
