#include "engines/postgres/observe.h"

#include <algorithm>

#include "engines/postgres/observe_relations.h"
#include "engines/postgres/roll_back.h"

namespace slipway::postgres {

namespace {

/// What reads rows because it was asked for rows. All else that reads a table whole does so on behalf of DDL.
constexpr std::string_view readers[] = {"select",         "insert", "update", "delete",    "merge",
                                        "copy",           "call",   "do",     "explain",   "execute",
                                        "declare_cursor", "fetch",  "move",   "lock_table"};

bool isDdl(std::string_view kind) {
    return std::ranges::find(readers, kind) == std::end(readers);
}

/// DDL that keeps the rows of a query.
bool keepsQuery(std::string_view kind) {
    return kind == "create_table_as" || kind == "create_materialized_view" || kind == "refresh_materialized_view";
}

/// DDL reads tables by queries too: the validation of a foreign key (src/backend/utils/adt/ri_triggers.c,
/// RI_Initial_Check), CREATE TABLE AS. With these every read of a whole table is a sequential scan of this very
/// process, CLUSTER sorts rather than follow its index, and no worker counts a scan that the leader has counted.
constexpr const char* plainPlans =
    "SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off; "
    "SET LOCAL max_parallel_maintenance_workers = 0; SET LOCAL max_parallel_workers_per_gather = 0; "
    "SET LOCAL jit = off";

using Oids = std::set<uint32_t>;

Oids counted(const Relations& before, const Relations& after) {
    Oids scanned;
    for (const auto& [oid, was] : before)
        if (const auto now = after.find(oid); now != after.end() && now->second.scans > was.scans) scanned.insert(oid);
    return scanned;
}

/// A join stops early where one side has no rows. What a query would have read with rows is what its plan has locked.
void addSources(Oids& scanned, const Relations& before, const Locks& locks) {
    const bool ran = std::ranges::any_of(scanned, [&](uint32_t oid) { return locks.contains(oid); });
    if (!ran) return;  // WITH NO DATA
    for (const auto& [oid, mode] : locks)
        if (mode == LockMode::accessShare && before.contains(oid)) scanned.insert(oid);
}

struct ForeignKey {
    uint32_t table;
    uint32_t referenced;
    int newestColumn;
    bool withoutDefault;  ///< of some column, so that adding it references nothing
    std::string present;  ///< SQL: the row has a key, so that it is looked for in the other table
};

/// By what they say and of which types: one that ALTER TYPE made again, and believed without a look, is no new one.
std::map<std::string, ForeignKey> validForeignKeys(Connection& connection) {
    const Result found = connection.run(
        "SELECT conrelid, confrelid, max(attnum), bool_or(NOT atthasdef AND attidentity = ''), "
        "pg_catalog.string_agg(pg_catalog.quote_ident(attname) || ' IS NOT NULL', ' AND '), "
        "pg_catalog.concat_ws(' ', conrelid, conname, pg_catalog.pg_get_constraintdef(c.oid), pg_catalog.string_agg(atttypid::text, ' ' ORDER BY attnum)) "
        "FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey) "
        "WHERE contype = 'f' AND convalidated GROUP BY c.oid, conrelid, confrelid, conname");  // before 14 no key of it is known
    std::map<std::string, ForeignKey> keys;
    auto number = [&](size_t row, size_t column) { return static_cast<uint32_t>(std::stoul(found.text(row, column))); };
    for (size_t row = 0; row < found.rows.size(); row++)
        keys[found.text(row, 5)] = {number(row, 0), number(row, 1), std::stoi(found.text(row, 2)), found.text(row, 3) == "t", found.text(row, 4)};
    return keys;
}

/// The validation of a foreign key joins both tables, and stops early where the referencing one has no keys.
void addReferenced(Oids& scanned, Connection& connection, const std::map<std::string, ForeignKey>& before,
                   const Relations& relations) {
    for (const auto& [identity, key] : validForeignKeys(connection)) {
        if (before.contains(identity) || !scanned.contains(key.table) || scanned.contains(key.referenced)) continue;
        const SeenRelation& table = relations.at(key.table);
        const bool isNew = key.newestColumn > table.columns;
        if (isNew && key.withoutDefault) continue;
        const std::string keys = fmt::format("SELECT FROM ONLY {} WHERE {} LIMIT 1", table.name, isNew ? "true" : key.present);
        if (connection.run(keys).empty()) scanned.insert(key.referenced);
    }
}

/// TRUNCATE and REFRESH put new rows, or none, in the place of the old ones without a look at these. What is counted
/// there is the reading of the new file for the indexes.
void forgetNewFiles(std::vector<Effect>& effects, std::string_view kind) {
    if (kind != "truncate_table" && kind != "refresh_materialized_view") return;
    for (Effect& effect : effects)
        if (effect.rewrites) effect.scans = false;
}

}  // namespace

Observer::Observer(Connection& executing, Connect another)
    : executing_(executing), another_(std::move(another)), counts_(executing.value("SHOW track_counts") == "on") {}

int64_t Observer::walPosition() {
    return std::stoll(executing_.value("SELECT pg_catalog.pg_current_wal_insert_lsn() - '0/0'").value_or("0"));
}

Observation Observer::observe(const Statement& statement, std::string_view text, std::string_view copyData,
                              Ending ending) {
    switch (statement.runs) {
        case Runs::commit:
        case Runs::rollback:
            scriptEnded();
            [[fallthrough]];
        case Runs::begin:
        case Runs::savepoint:
            return {};
        case Runs::forbidden:
            throw Error("forbidden-statement", Exit::usage, *statement.why, "take the statement out of the migration");
        case Runs::alone:
            return alone(statement, text);
        case Runs::transactional:
        case Runs::mayCommit:
            break;
    }
    const std::string_view kind = statement.kind;
    if (kind == "set" || kind == "reset") {
        set(statement, text);
        return {};
    }
    try {
        return inTransaction(statement, text, copyData, statement.session ? Ending::commit : ending);
    } catch (const Error& error) {
        // invalid_transaction_termination: the body commits
        if (statement.runs != Runs::mayCommit || error.sqlstate != "2D000") throw;
    }
    return alone(statement, text);
}

/// In a transaction, so that SET LOCAL and SET TRANSACTION are checked here and not before the next statement.
void Observer::set(const Statement& statement, std::string_view text) {
    const RollBack whatFails(executing_);
    executing_.run("BEGIN;\n" + local_);
    executing_.run(text);
    executing_.run("COMMIT");
    if (!statement.session) local_ += std::string(text) + ";\n";
}

Observation Observer::inTransaction(const Statement& statement, std::string_view text, std::string_view copyData,
                                    Ending ending) {
    const bool ddl = isDdl(statement.kind);
    const bool alters = std::string_view(statement.kind) == "alter_table";
    const RollBack whatFails(executing_);
    executing_.run("BEGIN;\n" + local_);
    if (ddl) executing_.run(plainPlans);
    const Relations before = readRelations(executing_);
    const auto keys = alters ? validForeignKeys(executing_) : std::map<std::string, ForeignKey>{};
    const int64_t wal = walPosition();

    const Stopwatch since;
    statement.copyIn ? executing_.copyIn(text, copyData) : executing_.run(text);
    Observation seen{.took = since.elapsed()};

    executing_.run("SET CONSTRAINTS ALL IMMEDIATE");  // what COMMIT would do and lock
    seen.walBytes = walPosition() - wal;
    Locks locks;
    addLocks(locks, executing_, executing_.backendPid());
    const Relations after = readRelations(executing_);
    Oids scanned;
    if (ddl) scanned = counted(before, after);
    if (keepsQuery(statement.kind)) addSources(scanned, before, locks);
    if (alters) addReferenced(scanned, executing_, keys, before);
    seen.effects.effects = difference(before, after, locks, scanned);
    forgetNewFiles(seen.effects.effects, statement.kind);
    if (ddl && !counts_) {
        seen.effects.certain = false;
        seen.effects.why = "track_counts is off on this server: it counts no scans";
    }
    executing_.run(ending == Ending::commit ? "COMMIT" : "ROLLBACK");
    return seen;
}

}  // namespace slipway::postgres
