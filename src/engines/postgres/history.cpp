#include "engines/postgres/history.h"

#include "base/text.h"
#include "engines/postgres/prepared_rows.h"
#include "engines/postgres/time_sql.h"

namespace slipway::postgres {

namespace {

/// Where the character number `count` of `text` begins; the columns' widths count characters, not bytes.
size_t characterAt(std::string_view text, size_t count) {
    size_t at = 0;
    while (at < text.size() && ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80 || count-- > 0)) at++;
    return at;
}

/// Flyway's AbbreviationUtils: the description keeps its beginning, the script its end.
std::string shortDescription(const std::string& text) {
    return displayWidth(text) <= 200 ? text : text.substr(0, characterAt(text, 197)) + "...";
}
std::string shortScript(const std::string& text) {
    const size_t characters = displayWidth(text);
    return characters <= 1000 ? text : "..." + text.substr(characterAt(text, characters - 997));
}

std::string arrayOf(const Connection& connection, const std::vector<std::string>& names) {
    std::string list = "ARRAY[";
    for (const std::string& name : names) list += (list.size() > 6 ? "," : "") + connection.literal(name);
    return list + "]::text[]";
}

}  // namespace

std::string nameOf(const HistoryTable& table) { return qualified(table.schema, table.table); }

uint32_t historyOid(Connection& connection, const HistoryTable& table) {
    const Value oid = connection.value(
        "SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p')",
        {table.schema, table.table});
    return oid ? static_cast<uint32_t>(std::stoul(*oid)) : 0;
}

History readHistory(Connection& connection, const HistoryTable& table) {
    History history;
    Result result;
    try {
        // One query in the common case that the table is there; sorted here, since ORDER BY makes a session whose caches
        // are cold read half a dozen catalogs.
        result = connection.run(fmt::format(
            "SELECT tableoid, installed_rank, version, description, type, script, checksum, installed_by, "
            "{}, execution_time, success FROM {}",
            timeSql(connection, "installed_on"), nameOf(table)));
    } catch (Error& error) {
        if (error.sqlstate == "42P01" || error.sqlstate == "3F000") return history;
        if (error.sqlstate == "42703" || error.sqlstate == "42883" || error.sqlstate == "42809")
            throw Error("history-shape", Exit::outside,
                        fmt::format("{} is not a history table: {}", nameOf(table), error.message),
                        "name the history table with `table` in the configuration");
        if (error.sqlstate == "42501") {
            error.exit = Exit::outside;
            error.hint = "grant the role SELECT, INSERT, UPDATE and DELETE on it; `slipway setup` prints the GRANTs";
        }
        throw;
    }
    history.rows.reserve(result.rows.size());
    for (auto& row : result.rows) {
        auto text = [&row](size_t column) { return row[column] ? std::move(*row[column]) : std::string(); };
        HistoryRow& read = history.rows.emplace_back();
        history.oid = static_cast<uint32_t>(std::stoul(row[0].value_or("0")));
        read.rank = std::stoi(row[1].value_or("0"));
        read.version = std::move(row[2]);
        read.description = text(3);
        read.type = text(4);
        read.script = text(5);
        if (row[6]) read.checksum = std::stoi(*row[6]);
        read.installedBy = text(7);
        read.installedOn = timeFromJson(text(8));
        read.executionTime = std::stoi(row[9].value_or("0"));
        read.success = row[10].value_or("f") == "t";
    }
    std::ranges::sort(history.rows, {}, &HistoryRow::rank);
    if (history.rows.empty()) history.oid = historyOid(connection, table);
    return history;
}

std::string createHistorySql(const HistoryTable& table) {
    return fmt::format(
        "CREATE TABLE {0} (\n"
        "    installed_rank INT NOT NULL,\n"
        "    version VARCHAR(50),\n"
        "    description VARCHAR(200) NOT NULL,\n"
        "    type VARCHAR(20) NOT NULL,\n"
        "    script VARCHAR(1000) NOT NULL,\n"
        "    checksum INTEGER,\n"
        "    installed_by VARCHAR(100) NOT NULL,\n"
        "    installed_on TIMESTAMP NOT NULL DEFAULT now(),\n"
        "    execution_time INTEGER NOT NULL,\n"
        "    success BOOLEAN NOT NULL,\n"
        "    CONSTRAINT {1} PRIMARY KEY (installed_rank)\n"
        ");\n"
        "CREATE INDEX {2} ON {0} (success)",
        nameOf(table), quoteIdentifier(table.table + "_pk"), quoteIdentifier(table.table + "_s_idx"));
}

void createHistory(Connection& connection, const HistoryTable& table) { connection.run(createHistorySql(table)); }

static std::string intoHistory(const HistoryTable& table) {
    return fmt::format("INSERT INTO {} (installed_rank, version, description, type, script, checksum, installed_by, execution_time, "
                       "success) VALUES ", nameOf(table));
}

static std::string valuesOf(const Connection& connection, const HistoryRow& row) {
    return fmt::format("({}, {}, {}, {}, {}, {}, {}, {}, {})", row.rank, row.version ? connection.literal(*row.version) : "NULL",
                       connection.literal(shortDescription(row.description)), connection.literal(row.type),
                       connection.literal(shortScript(row.script)), row.checksum ? std::to_string(*row.checksum) : "NULL",
                       connection.literal(row.installedBy), row.executionTime, row.success);
}

std::string insertHistorySql(const Connection& connection, const HistoryTable& table, const HistoryRow& row) {
    return intoHistory(table) + valuesOf(connection, row);
}

std::string executeHistorySql(const Connection& connection, const HistoryRow& row) {
    return "EXECUTE slipway_history " + valuesOf(connection, row);
}

std::string prepareHistorySql(const HistoryTable& table) {
    return fmt::format("PREPARE slipway_history AS {}($1, $2, $3, $4, $5, $6, $7, $8, $9)", intoHistory(table));
}

std::string finishHistorySql(const Connection&, const HistoryTable& table, int rank, int executionTime) {
    return fmt::format("UPDATE {} SET success = true, execution_time = {} WHERE installed_rank = {}", nameOf(table),
                       executionTime, rank);
}

std::vector<std::string> missingSchemas(Connection& connection, const std::vector<std::string>& wanted) {
    std::vector<std::string> missing;
    const Result found = connection.query(
        fmt::format("SELECT w FROM unnest({}) w WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = w)",
                    arrayOf(connection, wanted)));
    for (size_t i = 0; i < found.rows.size(); i++) missing.push_back(found.text(i, 0));
    return missing;
}

std::vector<std::string> contentsOf(Connection& connection, const std::vector<std::string>& schemas, int most) {
    const Result found = connection.query(fmt::format(
        "WITH s AS (SELECT oid, nspname FROM pg_catalog.pg_namespace WHERE nspname = ANY ({0})), "
        "extension AS (SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e') "
        "SELECT what FROM ("
        " SELECT CASE relkind WHEN 'S' THEN 'sequence ' WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' "
        "  ELSE 'table ' END || quote_ident(nspname) || '.' || quote_ident(relname) AS what "
        "  FROM pg_catalog.pg_class c JOIN s ON s.oid = relnamespace WHERE relkind IN ('r','p','v','m','f','S') "
        "  AND (1259, c.oid) NOT IN (SELECT classid, objid FROM extension)"
        " UNION ALL SELECT 'function ' || quote_ident(nspname) || '.' || quote_ident(proname) "
        "  FROM pg_catalog.pg_proc p JOIN s ON s.oid = pronamespace WHERE (1255, p.oid) NOT IN (SELECT classid, objid FROM extension)"
        " UNION ALL SELECT 'type ' || quote_ident(nspname) || '.' || quote_ident(typname) "
        "  FROM pg_catalog.pg_type t JOIN s ON s.oid = typnamespace WHERE typtype IN ('e','d','r') "
        "  AND (1247, t.oid) NOT IN (SELECT classid, objid FROM extension)"
        ") o ORDER BY what LIMIT {1}",
        arrayOf(connection, schemas), most));
    std::vector<std::string> contents;
    for (size_t i = 0; i < found.rows.size(); i++) contents.push_back(found.text(i, 0));
    return contents;
}

}  // namespace slipway::postgres
