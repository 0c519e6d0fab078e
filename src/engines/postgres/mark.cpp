#include "engines/postgres/mark.h"

namespace slipway::postgres {

ServerFacts readFacts(Connection& connection) {
    const Result result = connection.query(
        "SELECT (SELECT system_identifier FROM pg_catalog.pg_control_system()), d.oid, d.datname, current_user, "
        "coalesce(current_schema(), ''), current_setting('search_path'), "
        "(SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user), pg_is_in_recovery(), "
        "current_setting('default_transaction_read_only') = 'on' OR current_setting('transaction_read_only') = 'on', "
        "to_regclass('slipway.environment') IS NOT NULL, pg_backend_pid() "
        "FROM pg_catalog.pg_database d WHERE d.datname = current_database()");
    ServerFacts facts;
    facts.systemIdentifier = result.text(0, 0);
    facts.databaseOid = static_cast<uint32_t>(std::stoul(result.text(0, 1)));
    facts.database = result.text(0, 2);
    facts.user = result.text(0, 3);
    facts.currentSchema = result.text(0, 4);
    facts.searchPath = result.text(0, 5);
    facts.superuser = result.text(0, 6) == "t";
    facts.standby = result.text(0, 7) == "t";
    facts.readOnly = result.text(0, 8) == "t";
    facts.markTable = result.text(0, 9) == "t";
    facts.backendPid = std::stoi(result.text(0, 10));
    return facts;
}

std::optional<Mark> readMark(Connection& connection, const ServerFacts& facts) {
    if (!facts.markTable) return std::nullopt;
    const Result result = connection.query(
        "SELECT name, system_identifier, database_oid, to_char(marked_at, 'YYYY-MM-DD HH24:MI'), marked_by "
        "FROM slipway.environment");
    if (result.empty()) return std::nullopt;
    return Mark{result.text(0, 0), result.text(0, 1), static_cast<uint32_t>(std::stoul(result.text(0, 2))),
                result.text(0, 3), result.text(0, 4)};
}

void writeMark(Connection& connection, const ServerFacts& facts, const std::string& name) {
    connection.query(
        "INSERT INTO slipway.environment (name, system_identifier, database_oid) VALUES ($1, $2, $3) "
        "ON CONFLICT (only_row) DO UPDATE SET name = excluded.name, system_identifier = excluded.system_identifier, "
        "database_oid = excluded.database_oid, marked_at = now(), marked_by = current_user",
        {name, facts.systemIdentifier, std::to_string(facts.databaseOid)});
}

bool poolsTransactions(Connection& connection, const ServerFacts& facts,
                       const std::function<std::unique_ptr<Connection>()>& again) {
    // PgBouncer makes up the key data of the protocol's start-up, in all of its modes.
    if (connection.backendPid() == facts.backendPid) return false;
    const auto other = again();
    other->run("BEGIN");
    const Value theirs = other->value("SELECT pg_backend_pid()");
    // In session mode our server session stays ours; else the other's open transaction has just taken it.
    bool moved = theirs == std::to_string(facts.backendPid);
    if (!moved) moved = connection.value("SELECT pg_backend_pid()") != std::to_string(facts.backendPid);
    other->run("ROLLBACK");
    return moved;
}

}  // namespace slipway::postgres
