#include "engines/postgres/mark.h"

#include "engines/postgres/time_sql.h"

namespace slipway::postgres {

// Each command begins with these queries, in a session whose caches are cold. There a round trip costs little and a catalog
// that is read for the first time much: operators, overloaded functions and joined catalogs, for which the planner opens
// indexes and statistics, are therefore left out, and the answers are put together here.

ServerFacts readFacts(Connection& connection) {
    // Whether the role is a superuser the server has told already (manual, PQparameterStatus). A transaction of our own only
    // reads when the default says so, or on a standby (manual, default_transaction_read_only).
    const Result result = connection.run(
        "SELECT current_catalog, current_user, current_schema, current_setting('search_path'), pg_is_in_recovery(), "
        "current_setting('default_transaction_read_only'), to_regclass('slipway.environment'), pg_backend_pid()");
    ServerFacts facts;
    facts.database = result.text(0, 0);
    facts.user = result.text(0, 1);
    facts.currentSchema = result.text(0, 2);
    facts.searchPath = result.text(0, 3);
    facts.superuser = connection.setting("is_superuser") == "on";
    facts.standby = result.text(0, 4) == "t";
    facts.readOnly = facts.standby || result.text(0, 5) == "on";
    facts.markTable = !result.text(0, 6).empty();
    facts.backendPid = std::stoi(result.text(0, 7));
    return facts;
}

/// What a copy of the database does not share with it: a physical copy has the same identifier and OID, which no
/// query can tell apart, every other one differs in one of them.
static const char* identity =
    "(pg_control_system()).system_identifier, "
    "(pg_get_object_address('database', ARRAY[current_catalog::text], '{}')).objid";

std::optional<Mark> readMark(Connection& connection, const ServerFacts& facts) {
    if (!facts.markTable) return std::nullopt;
    const Result result = connection.run(fmt::format(
        "SELECT name, {}, marked_by, system_identifier, database_oid, {} FROM slipway.environment", timeSql(connection, "marked_at"), identity));
    if (result.empty()) return std::nullopt;
    const bool original = result.text(0, 3) == result.text(0, 5) && result.text(0, 4) == result.text(0, 6);
    return Mark{result.text(0, 0), timeFromJson(result.text(0, 1)).substr(0, 16), result.text(0, 2), original};
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
