#include "engines/postgres/journal.h"

#include <unistd.h>

#include "engines/postgres/history.h"
#include "engines/postgres/prepared_rows.h"

namespace slipway::postgres {

std::string ownSchemaSql() {
    return "CREATE SCHEMA IF NOT EXISTS slipway;\n"
           "COMMENT ON SCHEMA slipway IS 'Slipway: journal of migrations and mark of the environment';\n"
           "CREATE TABLE IF NOT EXISTS slipway.journal (\n"
           "    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"
           "    history_oid oid NOT NULL,\n"
           "    rank        integer NOT NULL,\n"
           "    checksum    integer NOT NULL,\n"
           "    direction   text NOT NULL,\n"
           "    segment     integer NOT NULL,\n"
           "    segments    integer NOT NULL,\n"
           "    kind        text NOT NULL,\n"
           "    state       text NOT NULL,\n"
           "    digest      text NOT NULL,\n"
           "    facts       text NOT NULL,\n"
           "    statements  text NOT NULL,\n"
           "    run         text NOT NULL,\n"
           "    host        text NOT NULL,\n"
           "    role        text NOT NULL DEFAULT current_user,\n"
           "    at          timestamptz NOT NULL DEFAULT clock_timestamp()\n"
           ");\n"
           "CREATE INDEX IF NOT EXISTS journal_rank_idx ON slipway.journal (history_oid, rank);\n"
           "CREATE TABLE IF NOT EXISTS slipway.environment (\n"
           "    only_row          boolean PRIMARY KEY DEFAULT true CHECK (only_row),\n"
           "    name              text NOT NULL,\n"
           "    system_identifier text NOT NULL,\n"
           "    database_oid      oid NOT NULL,\n"
           "    marked_at         timestamptz NOT NULL DEFAULT now(),\n"
           "    marked_by         text NOT NULL DEFAULT current_user\n"
           ");\n";
}

std::string grantsSql(const std::string& role, const std::string& database, const HistoryTable& history,
                      const std::vector<std::string>& schemas, bool historyExists) {
    const std::string to = quoteIdentifier(role);
    std::string sql = fmt::format("GRANT CONNECT ON DATABASE {} TO {};\n", quoteIdentifier(database), to);
    sql += fmt::format("GRANT USAGE ON SCHEMA slipway TO {};\n", to);
    sql += fmt::format("GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA slipway TO {};\n", to);
    if (history.schema == ownSchema)  // of a project whose history is Slipway's own: the first run makes the table
        sql += historyExists ? fmt::format("GRANT DELETE ON {} TO {};\n", nameOf(history), to)
                             : fmt::format("GRANT CREATE ON SCHEMA slipway TO {};\n", to);
    for (const std::string& schema : schemas)
        sql += fmt::format("GRANT USAGE, CREATE ON SCHEMA {} TO {};\n", quoteIdentifier(schema), to);
    if (historyExists && history.schema != ownSchema)
        sql += fmt::format("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {};\n", nameOf(history), to);
    return sql;
}

bool ownSchemaExists(Connection& connection) {
    return connection.value("SELECT to_regclass('slipway.journal') IS NOT NULL AND to_regclass('slipway.environment') IS NOT NULL") == "t";
}

void ensureOwnSchema(Connection& connection) {
    // to_regclass answers NULL for a schema that the role may not use, so absence and refusal look alike here.
    if (ownSchemaExists(connection)) return;
    try {
        connection.run("BEGIN; SELECT pg_advisory_xact_lock(7813293441)");  // two first runs must not race for the schema
        connection.run("SET LOCAL client_min_messages = warning; " + ownSchemaSql() + "COMMIT");
    } catch (Error& error) {
        if (connection.transaction() != Transaction::idle) connection.run("ROLLBACK");
        if (error.sqlstate != "42501") throw;
        throw Error("setup-needed", Exit::outside,
                    fmt::format("Slipway keeps its journal in the schema 'slipway' of database {}, which is not there "
                                "or not open to the role {}", connection.database(), connection.user()),
                    "let an administrator run what `slipway setup` prints");
    }
}

static constexpr const char* intoJournal =
    "INSERT INTO slipway.journal (history_oid, rank, checksum, direction, segment, segments, kind, state, digest, "
    "facts, statements, run, host) VALUES ";

static std::string valuesOf(const Connection& connection, const JournalRow& row, const std::string& statements, const std::string& run) {
    return fmt::format("({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})", row.historyOid, row.rank, row.checksum,
                       connection.literal(row.direction), row.segment, row.segments, connection.literal(row.kind),
                       connection.literal(row.state), connection.literal(row.digest), connection.literal(row.facts),
                       connection.literal(statements), connection.literal(run), connection.literal(thisProcess()));
}

std::string insertJournalSql(const Connection& connection, const JournalRow& row, const std::string& statements,
                             const std::string& run) {
    return intoJournal + valuesOf(connection, row, statements, run);
}

std::string prepareJournalSql() {
    return fmt::format("PREPARE slipway_journal AS {}($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)", intoJournal);
}

std::string executeJournalSql(const Connection& connection, const JournalRow& row, const std::string& statements, const std::string& run) {
    return "EXECUTE slipway_journal " + valuesOf(connection, row, statements, run);
}

std::string updateFactsSql(const Connection& connection, int64_t id, const std::string& facts) {
    return fmt::format("UPDATE slipway.journal SET facts = {}, at = clock_timestamp() WHERE id = {}",
                       connection.literal(facts), id);
}

std::vector<JournalRow> readJournal(Connection& connection, uint32_t historyOid, int rank) {
    std::vector<JournalRow> rows;
    if (!ownSchemaExists(connection)) return rows;
    const Result result = connection.query(
        "SELECT id, history_oid, rank, checksum, direction, segment, segments, kind, state, digest, facts, "
        "to_char(at, 'YYYY-MM-DD HH24:MI:SS'), host, statements FROM slipway.journal WHERE history_oid = $1 AND rank = $2 "
        "AND id > (SELECT coalesce(max(id), 0) FROM slipway.journal WHERE history_oid = $1 AND rank = $2 AND state = 'withdrawn') "
        "ORDER BY id",
        {std::to_string(historyOid), std::to_string(rank)});
    for (size_t i = 0; i < result.rows.size(); i++) {
        auto number = [&](size_t column) { return std::stoll(result.text(i, column)); };
        rows.push_back({number(0), static_cast<uint32_t>(number(1)), static_cast<int>(number(2)),
                        static_cast<int32_t>(number(3)), result.text(i, 4), static_cast<int>(number(5)),
                        static_cast<int>(number(6)), result.text(i, 7), result.text(i, 8), result.text(i, 9),
                        result.text(i, 10), result.text(i, 11), result.text(i, 12), result.text(i, 13)});
    }
    return rows;
}

std::string thisProcess() {
    char host[256] = {};
    if (gethostname(host, sizeof host - 1) != 0) host[0] = '?';
    return fmt::format("{}:{}", host, ::getpid());
}

}  // namespace slipway::postgres
