// Taking over from another tool whose tracking table stands in the database.
#include <set>

#include "apply/site.h"
#include "base/text.h"

namespace slipway::apply {

namespace {

/// How a tool writes down what it has applied (field notes: docs/interoperability.md).
struct Tool {
    const char* table;
    const char* column;   ///< tells the tools apart that share a table's name
    const char* name;
    const char* applied;  ///< a query for the applied versions; {} is the table
    const char* dirty;    ///< a query that answers "t" when something is half applied; may be null
    bool upTo;            ///< the table holds one version, and all below it are applied
};

constexpr Tool tools[] = {
    {"schema_migrations", "dirty", "golang-migrate", "SELECT version::text FROM {}", "SELECT bool_or(dirty) FROM {}", true},
    {"__diesel_schema_migrations", "run_on", "diesel", "SELECT version FROM {}", nullptr, false},
    {"_sqlx_migrations", "success", "sqlx", "SELECT version::text FROM {}", "SELECT bool_or(NOT success) FROM {}", false},
    {"schema_migrations", "version", "dbmate", "SELECT version FROM {}", nullptr, false},
};

}  // namespace

std::vector<ForeignTable> foreignTables(Site& site) {
    std::vector<ForeignTable> found;
    for (const std::string& schema : site.schemas) {
        std::set<std::string> seen;
        for (const Tool& tool : tools) {
            if (seen.contains(tool.table)) continue;
            const auto there = site.connection.value(
                "SELECT 1 FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass($1) AND attname = $2 AND NOT attisdropped",
                {postgres::qualified(schema, tool.table), tool.column});
            if (!there) continue;
            seen.insert(tool.table);
            found.push_back({postgres::qualified(schema, tool.table), tool.name});
        }
    }
    return found;
}

int baselineFrom(Site& site, const std::string& wanted) {
    const Tool* tool = nullptr;
    std::string table;
    for (const ForeignTable& known : foreignTables(site)) {
        if (known.name != wanted && known.tool != wanted && !known.name.ends_with("." + wanted)) continue;
        table = known.name;
        for (const Tool& candidate : tools)
            if (known.tool == candidate.name) tool = &candidate;
    }
    if (!tool)
        throw Error("foreign-table", Exit::usage,
                    fmt::format("'{}' is no tracking table that Slipway knows in {}", wanted, join(site.schemas, ", ")),
                    "it reads those of golang-migrate and dbmate (schema_migrations), diesel (__diesel_schema_migrations) and "
                    "sqlx (_sqlx_migrations); for others use `slipway baseline --version V`");
    const auto query = [&](const char* sql) { return site.connection.query(fmt::format(fmt::runtime(sql), table)); };
    if (tool->dirty && query(tool->dirty).text(0, 0) == "t")
        throw Error("foreign-dirty", Exit::no, fmt::format("{} says in {} that a migration is half applied", tool->name, table),
                    fmt::format("put that right with {} first, then take over", tool->name));
    std::vector<Version> applied;
    const postgres::Result rows = query(tool->applied);
    for (size_t i = 0; i < rows.rows.size(); i++)
        if (const auto version = Version::parse(rows.text(i, 0))) applied.push_back(*version);

    postgres::History history = postgres::readHistory(site.connection, site.table);
    if (!history.rows.empty())
        throw Error("baseline-refused", Exit::no, fmt::format("{} already holds a history", postgres::nameOf(site.table)), "see `slipway info`");
    if (!site.facts.markTable) postgres::ensureOwnSchema(site.connection);
    int rank = 0;
    site.connection.run("BEGIN");
    try {
        if (!history.oid) postgres::createHistory(site.connection, site.table);
        for (const Migration& migration : site.changelog.migrations) {
            if (migration.kind != MigrationKind::versioned) continue;
            const bool there = std::ranges::any_of(applied, [&](const Version& version) {
                return tool->upTo ? *migration.version <= version : *migration.version == version;
            });
            if (!there) continue;
            HistoryRow row{++rank, migration.version->text(), migration.description, "SQL", migration.up.name, migration.checksum, site.installedBy()};
            site.connection.run(postgres::insertHistorySql(site.connection, site.table, row));
        }
        site.connection.run("COMMIT");
    } catch (const Error&) {
        if (site.connection.alive()) site.connection.run("ROLLBACK");
        throw;
    }
    return rank;
}

}  // namespace slipway::apply
