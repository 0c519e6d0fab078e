#include "engines/postgres/mark.h"

namespace slipway::postgres {

ServerFacts readFacts(Connection& connection) {
    // Every command asks this first, in a session whose caches are cold: each catalog that is not read saves half a
    // millisecond. Whether the role is a superuser the server has told already (manual, PQparameterStatus).
    const Result result = connection.query(
        "SELECT current_database(), current_user, coalesce(current_schema(), ''), current_setting('search_path'), "
        "pg_is_in_recovery(), "
        "current_setting('default_transaction_read_only') = 'on' OR current_setting('transaction_read_only') = 'on', "
        "to_regclass('slipway.environment') IS NOT NULL, pg_backend_pid()");
    ServerFacts facts;
    facts.database = result.text(0, 0);
    facts.user = result.text(0, 1);
    facts.currentSchema = result.text(0, 2);
    facts.searchPath = result.text(0, 3);
    facts.superuser = connection.setting("is_superuser") == "on";
    facts.standby = result.text(0, 4) == "t";
    facts.readOnly = result.text(0, 5) == "t";
    facts.markTable = result.text(0, 6) == "t";
    facts.backendPid = std::stoi(result.text(0, 7));
    return facts;
}

/// What a copy of the database does not share with it: a physical copy has the same identifier and OID, which no
/// query can tell apart, every other one differs in one of them.
static const char* identity =
    "(SELECT system_identifier::text FROM pg_catalog.pg_control_system()), "
    "(SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())";

std::optional<Mark> readMark(Connection& connection, const ServerFacts& facts) {
    if (!facts.markTable) return std::nullopt;
    const Result result = connection.query(fmt::format(
        "SELECT name, to_char(marked_at, 'YYYY-MM-DD HH24:MI'), marked_by, (system_identifier, database_oid) = ({}) "
        "FROM slipway.environment", identity));
    if (result.empty()) return std::nullopt;
    return Mark{result.text(0, 0), result.text(0, 1), result.text(0, 2), result.text(0, 3) == "t"};
}

void writeMark(Connection& connection, const std::string& name) {
    connection.query(fmt::format(
        "INSERT INTO slipway.environment (name, system_identifier, database_oid) VALUES ($1, {}) "
        "ON CONFLICT (only_row) DO UPDATE SET name = excluded.name, system_identifier = excluded.system_identifier, "
        "database_oid = excluded.database_oid, marked_at = now(), marked_by = current_user", identity),
        {name});
}

bool poolsTransactions(Connection& connection, const ServerFacts& facts,
                       const std::function<std::unique_ptr<Connection>()>& again) {
    // PgBouncer makes up the key data of the protocol's start-up, in all of its modes.
    if (connection.backendPid() == facts.backendPid) return false;
    const auto other = again();
    const std::string ours = std::to_string(facts.backendPid);
    // In session mode our server session stays ours. Else another's transaction takes it sooner or later: at once where the
    // pool hands out the session that was used last, after a round where it takes turns (server_round_robin).
    constexpr int aRound = 32;
    try {
        for (int i = 0; i < aRound; i++) {
            other->run("BEGIN");
            const bool taken = other->value("SELECT pg_backend_pid()") == ours;
            const bool moved = !taken && connection.value("SELECT pg_backend_pid()") != ours;
            other->run("ROLLBACK");
            if (taken || moved) return true;
        }
    } catch (const Error& error) {
        if (error.sqlstate == "08P01") return true;  // statement pooling: no transaction at all
        throw;
    }
    return false;
}

}  // namespace slipway::postgres
