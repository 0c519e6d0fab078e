#include "apply/site.h"

#include "base/text.h"

namespace slipway::apply {

std::string Site::server() const { return fmt::format("{}, database {}", connection.serverName(), facts.database); }

std::string Site::installedBy() const { return project.installedBy.value_or(facts.user); }

std::optional<Version> Site::target() const {
    if (!project.target || equalsIgnoringCase(*project.target, "latest")) return std::nullopt;
    std::string text = *project.target;
    const bool optional = text.ends_with('?');
    if (optional) text.pop_back();
    const auto version = Version::parse(text);
    if (!version)
        throw Error("target-invalid", Exit::usage, fmt::format("'{}' is no version", *project.target),
                    "name the version of a migration, such as 20260401120000, or 'latest'");
    const bool known = std::ranges::any_of(changelog.migrations, [&](const Migration& m) { return m.version == version; });
    if (!known && !optional)
        throw Error("target-missing", Exit::usage, fmt::format("no migration has the version {}", text),
                    "see `slipway info` for the versions that there are");
    return version;
}

std::vector<std::string> Site::sessionSettings() const {
    std::vector<std::string> settings;
    if (!project.initSql.empty()) settings.push_back(project.initSql);
    if (schemas.empty() || (project.schemas.empty() && !project.defaultSchema)) return settings;
    // As Flyway does: the default schema comes first, the session's own search path behind it.
    settings.push_back(fmt::format("SET search_path = {}{}", postgres::quoteIdentifier(schemas[0]),
                        facts.searchPath.empty() ? "" : ", " + facts.searchPath));
    return settings;
}

Standing standingOf(const Site& site, const std::optional<Version>& target) {
    Standing standing;
    standing.history = postgres::readHistory(site.connection, site.table);
    standing.statuses = statusOf(site.changelog, standing.history.rows, {target, site.project.outOfOrder});
    return standing;
}

static void inTransaction(postgres::Connection& connection, const std::function<void()>& work) {
    connection.run("BEGIN");
    try {
        work();
        connection.run("COMMIT");
    } catch (const Error&) {
        if (connection.alive() && connection.transaction() != postgres::Transaction::idle) connection.run("ROLLBACK");
        throw;
    }
}

static std::vector<std::string> schemasToCreate(Site& site) {
    return site.project.createSchemas ? postgres::missingSchemas(site.connection, site.schemas) : std::vector<std::string>();
}

std::vector<HistoryRow> firstRows(Site& site) {
    const auto contents = postgres::contentsOf(site.connection, site.schemas, 4);
    if (!contents.empty() && !site.project.baselineOnMigrate) {
        const auto foreign = foreignTables(site);
        std::vector<std::string> shown(contents.begin(), contents.begin() + std::min<std::ptrdiff_t>(3, static_cast<std::ptrdiff_t>(contents.size())));
        std::string hint = "when it is the right database, tell where it stands: `slipway baseline --version V` says that "
                           "everything up to V is there already";
        if (!foreign.empty())
            hint = fmt::format("{} keeps its history in {}: `slipway baseline --from {}` takes over from there",
                               foreign[0].tool, foreign[0].name, foreign[0].name);
        throw Error("not-empty", Exit::no,
                    fmt::format("Found non-empty schema(s) {} but no schema history table: there are {}{}",
                                join(site.schemas, ", "), join(shown, ", "), contents.size() > 3 ? " and more" : ""),
                    hint);
    }
    std::vector<HistoryRow> rows;
    std::vector<std::string> quoted;
    for (const std::string& schema : schemasToCreate(site)) quoted.push_back("\"" + replaceAll(schema, "\"", "\"\"") + "\"");
    if (!quoted.empty())
        rows.push_back({0, std::nullopt, "<< Flyway Schema Creation >>", "SCHEMA", join(quoted, ","), std::nullopt, site.installedBy()});
    if (!contents.empty())
        rows.push_back({1, site.project.baselineVersion, site.project.baselineDescription, "BASELINE",
                        site.project.baselineDescription, std::nullopt, site.installedBy()});
    return rows;
}

uint32_t beginHistory(Site& site) {
    const std::vector<HistoryRow> rows = firstRows(site);
    if (site.ownHistory && !site.facts.markTable) postgres::ensureOwnSchema(site.connection);
    try {
        inTransaction(site.connection, [&] {
            for (const std::string& schema : schemasToCreate(site)) site.connection.run("CREATE SCHEMA " + postgres::quoteIdentifier(schema));
            postgres::createHistory(site.connection, site.table);
            for (const HistoryRow& row : rows) {
                site.connection.run(postgres::insertHistorySql(site.connection, site.table, row));
                if (row.type != "BASELINE") continue;
                Event told{Event::Kind::message};
                told.text = fmt::format("the database is not empty and baselineOnMigrate is set: everything up to version {} "
                                        "is taken as applied", site.project.baselineVersion);
                if (site.sink) site.sink(told);
            }
        });
    } catch (Error& error) {
        if (error.sqlstate == "3F000")
            throw Error("schema-missing", Exit::no, fmt::format("the schema {} of the history table does not exist", postgres::quoteIdentifier(site.table.schema)),
                        "create it, or let Slipway do so: create_schemas = true (flyway.conf: flyway.createSchemas=true)");
        if (error.sqlstate != "42501") throw;
        throw Error("setup-needed", Exit::outside,
                    fmt::format("the role {} may not create the history table {}: {}", site.facts.user, postgres::nameOf(site.table), error.message),
                    "let an administrator run what `slipway setup` prints");
    }
    return postgres::historyOid(site.connection, site.table);
}

void baseline(Site& site, const std::string& version, const std::string& description) {
    const auto parsed = Version::parse(version);
    if (!parsed)
        throw Error("baseline-version", Exit::usage, fmt::format("'{}' is no version", version), "give one such as 1 or 20260401120000");
    postgres::History history = postgres::readHistory(site.connection, site.table);
    for (const HistoryRow& row : history.rows) {
        if (row.type == "SCHEMA") continue;
        const auto have = row.version ? Version::parse(*row.version) : std::nullopt;
        if (row.type == "BASELINE" && have == parsed && row.description == description) return;
        throw Error("baseline-refused", Exit::no,
                    row.type == "BASELINE"
                        ? fmt::format("{} already has a baseline: version {}", postgres::nameOf(site.table), row.version.value_or(""))
                        : fmt::format("{} already holds applied migrations, so it needs no baseline", postgres::nameOf(site.table)),
                    "see `slipway info`");
    }
    if (site.ownHistory && !site.facts.markTable) postgres::ensureOwnSchema(site.connection);
    inTransaction(site.connection, [&] {
        if (!history.oid) postgres::createHistory(site.connection, site.table);
        HistoryRow row{history.lastRank() + 1, parsed->text(), description, "BASELINE", description, std::nullopt, site.installedBy()};
        site.connection.run(postgres::insertHistorySql(site.connection, site.table, row));
    });
}

}  // namespace slipway::apply
