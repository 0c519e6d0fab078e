#include "engines/postgres/probe.h"

#include <nlohmann/json.hpp>
#include <thread>

#include "base/interrupt.h"

namespace slipway::postgres {

using Json = nlohmann::json;
using Kind = NonTransactional::Kind;
using State = Probed::State;

namespace {

/// The name as the statement gives it: left to the search path when it has no schema.
std::string said(const std::string& schema, const std::string& name) { return qualified(schema, name); }

std::string oidOf(Connection& connection, const std::string& schema, const std::string& name) {
    return connection.value("SELECT to_regclass($1)::oid", {said(schema, name)}).value_or("");
}

/// The indexes of the tables that a REINDEX CONCURRENTLY works on, as a condition on pg_index whose $1 is the index, table
/// or schema; "" for a database. Partitions are rebuilt one by one, a TOAST table's index with those of its table.
std::string reindexed(const NonTransactional& s) {
    if (s.scope == "index")
        return "indrelid IN (SELECT indrelid FROM pg_catalog.pg_index WHERE indexrelid = $1::oid OR indexrelid IN "
               "(SELECT relid FROM pg_catalog.pg_partition_tree($1::oid::regclass)))";
    const std::string tables = s.scope == "table"
                                   ? "SELECT $1::oid UNION SELECT relid FROM pg_catalog.pg_partition_tree($1::oid::regclass)"
                                   : "SELECT oid FROM pg_catalog.pg_class WHERE relnamespace = $1::oid";
    if (s.scope != "table" && s.scope != "schema") return "";
    return "indrelid IN (SELECT unnest(ARRAY[c.oid, c.reltoastrelid]) FROM pg_catalog.pg_class c WHERE c.oid IN (" + tables + "))";
}

/// The OID of what is rebuilt; "0" when it is not there.
std::string reindexedOid(Connection& connection, const NonTransactional& s) {
    if (s.name.empty()) return "0";
    const Value oid = s.scope == "schema" ? connection.value("SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1", {s.name})
                                          : connection.value("SELECT to_regclass($1)::oid", {said(s.schema, s.name)});
    return oid.value_or("0");
}

Json indexOids(Connection& connection, const std::string& condition, const std::string& oid) {
    Json list = Json::array();
    const Result found = connection.query("SELECT indexrelid::oid FROM pg_catalog.pg_index WHERE " + condition, {oid});
    for (size_t i = 0; i < found.rows.size(); i++) list.push_back(found.text(i, 0));
    return list;
}

std::string oidArray(const Json& list) {
    std::string text = "{";
    for (const auto& oid : list) text += (text.size() > 1 ? "," : "") + oid.get<std::string>();
    return text + "}";
}

/// Waits while an index is built on a table of which `condition` holds for pg_stat_progress_create_index. That view hides
/// other roles' rows from a plain role; the release lock, which is ours by now, already proves that no Slipway builds.
void awaitBuilds(Connection& connection, const std::string& condition, const std::string& oid) {
    while (connection.value("SELECT pid FROM pg_catalog.pg_stat_progress_create_index "
                            "WHERE datname = current_database() AND (" + condition + ") LIMIT 1", {oid})) {
        checkInterrupted();
        std::this_thread::sleep_for(Milliseconds(200));
    }
}

/// CREATE INDEX CONCURRENTLY leaves an invalid index when it fails (manual, "Building Indexes Concurrently").
Probed probeCreateIndex(Connection& connection, const NonTransactional& s, const Json& facts) {
    const std::string table = facts.value("table", "");
    awaitBuilds(connection, "relid = $1::oid", table);
    const Result found = connection.query(
        "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), i.indisvalid, c.relname "
        "FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE i.indrelid = $1::oid AND i.indexrelid <> ALL ($2::oid[]) ORDER BY i.indexrelid",
        {table, oidArray(facts["indexes"])});
    Probed probed;
    for (size_t i = 0; i < found.rows.size(); i++) {
        if (!s.name.empty() && found.text(i, 2) != s.name) continue;
        if (found.text(i, 1) == "t") return {State::done, "index " + found.text(i, 0) + " is there and valid"};
        probed.state = State::half;
        probed.says = "index " + found.text(i, 0) + " is there but invalid";
        probed.repairs.push_back("DROP INDEX CONCURRENTLY IF EXISTS " + found.text(i, 0));
    }
    if (probed.says.empty()) probed.says = "no new index is there";
    return probed;
}

/// A REINDEX CONCURRENTLY that fails leaves "_ccnew" (not yet swapped) or "_ccold" (swapped, not yet dropped) behind
/// (manual, REINDEX, "Rebuilding Indexes Concurrently").
Probed probeReindex(Connection& connection, const NonTransactional& s, const Json& facts) {
    Probed probed;
    const std::string condition = reindexed(s);
    if (condition.empty()) {
        probed.says = "whether all of it was rebuilt is not to be seen; rebuilding again does no harm";
        return probed;
    }
    const std::string relation = reindexedOid(connection, s);  // an index that was rebuilt has another one
    awaitBuilds(connection, "relid IN (SELECT indrelid FROM pg_catalog.pg_index WHERE " + condition + ")", relation);
    const Result left = connection.query(
        "SELECT i.indexrelid::regclass, i.indexrelid::oid FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
        "WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND i.indexrelid <> ALL ($2::oid[]) AND (" + condition + ")",
        {relation, oidArray(facts["invalid"])});
    Json now = indexOids(connection, condition, relation);
    for (size_t i = 0; i < left.rows.size(); i++) {
        probed.state = State::half;
        probed.says = left.rows.size() == 1 ? "index " + left.text(i, 0) + " was left behind"
                                            : fmt::format("{} indexes were left behind", left.rows.size());
        probed.repairs.push_back("DROP INDEX CONCURRENTLY IF EXISTS " + left.text(i, 0));
        now.erase(std::remove(now.begin(), now.end(), Json(left.text(i, 1))), now.end());
    }
    bool all = !facts["indexes"].empty();
    for (const auto& oid : facts["indexes"]) all = all && std::ranges::find(now, oid) == now.end();
    if (s.scope == "index") all = relation != facts.value("relation", "");
    probed.repairCompletes = all;
    if (probed.state == State::half) return probed;
    probed.state = all ? State::done : State::undone;
    probed.says = all ? "every index has been rebuilt" : "not every index has been rebuilt";
    return probed;
}

/// A DETACH CONCURRENTLY that stops after its first transaction leaves the partition "detach pending" (manual, ALTER
/// TABLE, DETACH PARTITION; pg_inherits.inhdetachpending since 14).
Probed probeDetach(Connection& connection, const NonTransactional& s, const Json& facts) {
    if (connection.serverVersion() < 140000) return {State::undone, "the server does not know DETACH CONCURRENTLY"};
    const Result row = connection.query(
        "SELECT inhdetachpending FROM pg_catalog.pg_inherits WHERE inhrelid = $1::oid AND inhparent = $2::oid",
        {facts.value("partition", ""), facts.value("parent", "")});
    if (row.empty()) return {State::done, "the partition is detached"};
    if (row.text(0, 0) != "t") return {State::undone, "the partition is still attached"};
    return {State::half,
            "the partition's detachment is pending",
            {fmt::format("ALTER TABLE {} DETACH PARTITION {} FINALIZE", said(s.tableSchema, s.table), said(s.schema, s.name))},
            true};
}

struct Listing {
    const char* catalog;
    const char* name;
    const char* noun;
};

Listing listingOf(Kind kind) {
    switch (kind) {
        case Kind::createDatabase:
        case Kind::dropDatabase: return {"pg_catalog.pg_database", "datname", "database"};
        case Kind::createTablespace:
        case Kind::dropTablespace: return {"pg_catalog.pg_tablespace", "spcname", "tablespace"};
        default: return {"pg_catalog.pg_subscription", "subname", "subscription"};
    }
}

bool listed(Connection& connection, const NonTransactional& s) {
    const Listing in = listingOf(s.kind);
    // Subscriptions are a shared catalog, but a name belongs to one database (manual, pg_subscription).
    const std::string here = s.kind == Kind::createSubscription || s.kind == Kind::dropSubscription
                                 ? " AND subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())" : "";
    return connection.value(fmt::format("SELECT 1 FROM {} WHERE {} = $1{}", in.catalog, in.name, here), {s.name}).has_value();
}

Probed probeListed(Connection& connection, const NonTransactional& s, bool makes) {
    const bool there = listed(connection, s);
    return {there == makes ? State::done : State::undone,
            fmt::format("{} {} is {}there", listingOf(s.kind).noun, quoteIdentifier(s.name), there ? "" : "not ")};
}

}  // namespace

bool verifiable(const NonTransactional& statement) { return statement.kind != Kind::unknown; }

std::string factsBefore(Connection& connection, const NonTransactional& s) {
    Json facts = Json::object();
    switch (s.kind) {
        case Kind::createIndex: {
            const std::string table = oidOf(connection, s.tableSchema, s.table);
            facts["table"] = table.empty() ? "0" : table;
            facts["indexes"] = indexOids(connection, "indrelid = $1::oid", table.empty() ? "0" : table);
            if (!s.ifExists || s.name.empty()) break;
            const Value invalid = connection.value(
                "SELECT i.indexrelid::regclass FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
                "WHERE i.indrelid = $1::oid AND c.relname = $2 AND NOT i.indisvalid", {facts["table"].get<std::string>(), s.name});
            if (invalid)
                throw Error("index-invalid", Exit::no,
                            fmt::format("index {} is there but invalid, left by a build that failed; IF NOT EXISTS would pass "
                                        "over it and leave it so", *invalid),
                            fmt::format("drop it first: DROP INDEX CONCURRENTLY {}", *invalid));
            break;
        }
        case Kind::dropIndex:
            facts["index"] = oidOf(connection, s.schema, s.name);
            facts["valid"] = connection.value("SELECT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = to_regclass($1)",
                                              {said(s.schema, s.name)}) == "t";
            break;
        case Kind::reindex: {
            facts["relation"] = reindexedOid(connection, s);
            const std::string condition = reindexed(s);
            facts["indexes"] = condition.empty() ? Json::array() : indexOids(connection, condition, facts["relation"]);
            facts["invalid"] = condition.empty() ? Json::array() : indexOids(connection, "NOT indisvalid AND (" + condition + ")", facts["relation"]);
            break;
        }
        case Kind::detachPartition:
            facts["partition"] = oidOf(connection, s.schema, s.name);
            facts["parent"] = oidOf(connection, s.tableSchema, s.table);
            break;
        case Kind::createDatabase:
        case Kind::createTablespace:
        case Kind::createSubscription:
        case Kind::dropDatabase:
        case Kind::dropTablespace:
        case Kind::dropSubscription: facts["there"] = listed(connection, s); break;
        case Kind::repeatable:
        case Kind::unknown: break;
    }
    return facts.dump();
}

Probed probe(Connection& connection, const NonTransactional& s, const std::string& noted) {
    const Json facts = Json::parse(noted.empty() ? "{}" : noted);
    switch (s.kind) {
        case Kind::createIndex: return probeCreateIndex(connection, s, facts);
        case Kind::reindex: return probeReindex(connection, s, facts);
        case Kind::detachPartition: return probeDetach(connection, s, facts);
        case Kind::dropIndex: {
            const std::string oid = facts.value("index", "");
            if (oid.empty()) return {State::undone, "there was no such index before"};
            const Result index = connection.query("SELECT indexrelid::regclass, indisvalid "
                                                  "FROM pg_catalog.pg_index WHERE indexrelid = $1::oid", {oid});
            if (index.empty()) return {State::done, "index " + said(s.schema, s.name) + " is gone"};
            const bool marked = index.text(0, 1) != "t" && facts.value("valid", true);
            if (!marked) return {State::undone, "index " + index.text(0, 0) + " is still there"};
            // First it is marked invalid, then dead; dropping it once more finishes the work.
            return {State::half, "index " + index.text(0, 0) + " is marked for dropping",
                    {"DROP INDEX CONCURRENTLY IF EXISTS " + index.text(0, 0)}, true};
        }
        case Kind::createDatabase:
        case Kind::createTablespace:
        case Kind::createSubscription:
            if (facts.value("there", false)) return {State::undone, "it was there before the statement ran"};
            return probeListed(connection, s, true);
        case Kind::dropDatabase:
        case Kind::dropTablespace:
        case Kind::dropSubscription:
            if (!facts.value("there", false)) return {State::undone, "it was not there before the statement ran"};
            return probeListed(connection, s, false);
        case Kind::repeatable: return {State::undone, "running it again does no harm"};
        case Kind::unknown: return {State::undone, "nothing in the catalog tells"};
    }
    return {};
}

}  // namespace slipway::postgres
