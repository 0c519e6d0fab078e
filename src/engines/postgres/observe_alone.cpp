// Statements that PostgreSQL refuses inside a transaction. Their locks come and go with several transactions of their
// own, so they are made to wait for a writer wherever they can, and looked at while they wait. Before that writer lets
// go, the next one is in place: no stop is missed by chance.
#include <algorithm>
#include <future>

#include "engines/postgres/observe.h"
#include "engines/postgres/observe_relations.h"
#include "engines/postgres/roll_back.h"

namespace slipway::postgres {

namespace {

using Kind = NonTransactional::Kind;

/// Longer than deadlock_timeout, after which an autovacuum that is in the way is cancelled.
constexpr Milliseconds autovacuumGivesWay{10'000};

/// How a writer gets in the way of a statement: what to try, one after the other, where {} stands for the relation.
/// LOCK TABLE refuses materialized views; making an index takes SHARE, reading takes ACCESS SHARE.
struct Ways {
    std::vector<const char*> tables;
    std::vector<const char*> views;
};

Ways waysAgainst(const Statement& statement) {
    constexpr const char* share = "LOCK TABLE ONLY {} IN SHARE MODE";
    constexpr const char* maintain = "LOCK TABLE ONLY {} IN SHARE UPDATE EXCLUSIVE MODE";
    constexpr const char* write = "LOCK TABLE ONLY {} IN ROW EXCLUSIVE MODE";
    constexpr const char* index = "CREATE INDEX ON {} ((0))";
    constexpr const char* read = "SELECT FROM {} LIMIT 0";
    // VACUUM waits for no writer, but would try for seconds to cut off a table's end. A body locks whatever it likes.
    // Two writers can hold SHARE at a time, so that there is no gap between them.
    if (!statement.alone || std::string_view(statement.kind) == "vacuum") return {{share}, {index}};
    // A plain REINDEX asks for SHARE itself.
    if (std::string_view(statement.kind) == "reindex" && statement.alone->kind != Kind::reindex) return {{write}, {}};
    // The first keeps it from getting at the table, and is given up for what it waits for later on.
    return {{maintain, write}, {index, read}};
}

/// A transaction that is in the way on as many of the relations as it can be.
class Writer {
  public:
    Writer(Connection& connection, const Relations& relations, const std::vector<uint32_t>& oids, const Ways& ways,
           Milliseconds patience)
        : connection_(connection), end_(connection) {
        connection_.run(fmt::format("BEGIN; SET LOCAL lock_timeout = {}", patience.count()));
        for (const uint32_t oid : oids) take(relations.at(oid), ways);
    }

    int pid() const { return connection_.backendPid(); }

  private:
    void take(const SeenRelation& relation, const Ways& ways) {
        static const std::vector<const char*> none;
        const bool table = relation.kind == RelationKind::table || relation.kind == RelationKind::partitioned;
        const bool view = relation.kind == RelationKind::materializedView;
        for (const char* way : table ? ways.tables : view ? ways.views : none)
            if (take(fmt::format(fmt::runtime(way), relation.name))) return;
    }

    bool take(const std::string& sql) {
        try {
            connection_.run("SAVEPOINT one; " + sql + "; RELEASE one");
            return true;
        } catch (const Error& error) {
            // lock_not_available: the statement is there already; undefined_table: a body has dropped it
            if (error.sqlstate != "55P03" && error.sqlstate != "42P01") throw;
            connection_.run("ROLLBACK TO one");
            return false;
        }
    }

    Connection& connection_;
    RollBack end_;
};

/// The names in the statement of what it works on. None: it may work on everything.
std::vector<std::string> named(const NonTransactional& statement) {
    const std::string name = qualified(statement.schema, statement.name);
    const std::string table = qualified(statement.tableSchema, statement.table);
    switch (statement.kind) {
        case Kind::createIndex:
            return {table};
        case Kind::dropIndex:
            return {name};
        case Kind::detachPartition:
            return {table, name};
        case Kind::reindex:
            if (statement.scope == "index" || statement.scope == "table") return {name};
            break;
        default:
            break;
    }
    return {};
}

bool touchesRelations(const NonTransactional& statement) {
    const Kind kind = statement.kind;
    return !named(statement).empty() || kind == Kind::reindex || kind == Kind::repeatable;
}

/// The relations on which a writer is in the statement's way: those named with their partitions, or the tables of the
/// indexes that are named; else all.
std::vector<uint32_t> inTheWay(Connection& connection, const Statement& statement, const Relations& relations) {
    std::vector<uint32_t> oids;
    if (statement.alone && !touchesRelations(*statement.alone)) return oids;
    const auto names = statement.alone ? named(*statement.alone) : std::vector<std::string>{};
    for (const auto& [oid, relation] : relations)
        if (names.empty()) oids.push_back(oid);
    for (const std::string& name : names) {
        const Result found = connection.query(
            "SELECT DISTINCT coalesce(i.indrelid, member.oid) "
            "FROM (SELECT pg_catalog.to_regclass($1)::oid "
            "UNION SELECT relid::oid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass($1))) AS member (oid) "
            "LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = member.oid WHERE member.oid IS NOT NULL",
            {name});
        for (size_t row = 0; row < found.rows.size(); row++) {
            const auto oid = static_cast<uint32_t>(std::stoul(found.text(row, 0)));
            if (relations.contains(oid)) oids.push_back(oid);
        }
    }
    return oids;
}

/// What the new files tell of a statement whose locks and scans are gone with its transactions: who writes a table or
/// an index anew has read the table whole, and who writes an index anew in its place (its OID stays) has held it ACCESS
/// EXCLUSIVE and its table SHARE at least (src/backend/catalog/index.c, reindex_index).
std::set<uint32_t> readFromFiles(const Relations& before, const Relations& after, Locks& locks) {
    std::set<uint32_t> scanned;
    for (const auto& [oid, now] : after) {
        const auto was = before.find(oid);
        if (!now.file || (was != before.end() && was->second.file == now.file)) continue;
        scanned.insert(now.table ? now.table : oid);
        if (was == before.end() || !now.table) continue;
        locks[oid] = LockMode::accessExclusive;
        locks[now.table] = std::max(locks[now.table], LockMode::share);
    }
    return scanned;
}

}  // namespace

Observation Observer::alone(const Statement& statement, std::string_view text) {
    for (auto* session : {&watching_, &writers_[0], &writers_[1]})
        if (!*session) *session = another_();
    const Relations before = readRelations(executing_);
    const std::vector<uint32_t> held = inTheWay(executing_, statement, before);
    const Ways ways = waysAgainst(statement);
    auto write = [&](size_t turn, Milliseconds patience) {
        return std::make_unique<Writer>(*writers_.at(turn), before, held, ways, patience);
    };
    const int pid = executing_.backendPid();
    const int64_t wal = walPosition();
    const Stopwatch since;
    Locks locks;

    std::future<void> running;  // ends after the writer, without which it could not end
    std::unique_ptr<Writer> writer = write(0, autovacuumGivesWay);
    running = std::async(std::launch::async, [&] { executing_.run(text); });
    for (size_t turn = 0; running.wait_for(Milliseconds(1)) != std::future_status::ready;) {
        if (watching_->value(fmt::format("SELECT {} = ANY (pg_catalog.pg_blocking_pids({}))", writer->pid(), pid)) !=
            "t")
            continue;
        addLocks(locks, *watching_, pid);
        turn = 1 - turn;
        writer = write(turn, Milliseconds(1));
    }
    running.get();
    writer.reset();

    Observation seen{.took = since.elapsed()};
    seen.walBytes = walPosition() - wal;
    const Relations after = readRelations(executing_);
    std::set<uint32_t> scanned;
    if (statement.alone) {
        scanned = readFromFiles(before, after, locks);
    } else {
        seen.effects.certain = false;
        seen.effects.why = "its body commits, and locks that it held but shortly may not have been seen";
    }
    seen.effects.effects = difference(before, after, locks, scanned);
    return seen;
}

}  // namespace slipway::postgres
