// TRUNCATE, LOCK, VACUUM, ANALYZE, CLUSTER, REINDEX, REFRESH, COPY, CREATE INDEX.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "engines/postgres/predict/ddl.h"
#include "engines/postgres/predict/results.h"
#include "engines/postgres/predict/statements.h"

namespace slipway::postgres {

namespace {

constexpr LockMode strongest = LockMode::accessExclusive;

void lockIndexes(Prediction& prediction, Id table, LockMode mode) {
    for (const Id index : prediction.world.relation(table).indexes) prediction.lock(index, mode);
}

/// New files for the table and all its indexes.
void rewriteWhole(Prediction& prediction, Id table, bool scans) {
    prediction.lock(table, strongest);
    prediction.rewrite(table);
    if (scans) prediction.scan(table);
    for (const Id index : prediction.world.relation(table).indexes) {
        prediction.lock(index, strongest);
        prediction.rebuild(index);
    }
}

std::vector<Id> everyTable(const World& world) {
    std::vector<Id> all;
    for (const Relation& relation : world.relations.all())
        if (relation.hasStorage()) all.push_back(relation.id);
    return all;
}

/// A table to vacuum or analyze stands for its partitions, too.
std::vector<Id> leavesOf(const World& world, Id table, bool inheritors) {
    if (world.relation(table).kind != RelationKind::partitioned && !inheritors) return {table};
    return world.withDescendants(table);
}

}  // namespace

void playCreateIndex(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const bool concurrently = statement.flag("concurrent");
    const Node named = statement.node("relation");
    const Id table = findRelation(prediction, named);
    const LockMode mode = formOf(concurrently ? "IndexStmt CONCURRENTLY" : "IndexStmt").lock;
    IndexPlan plan;
    plan.name = statement.text("idxname");
    plan.only = !named.flag("inh");
    prediction.lock(table, mode);
    if (world.relation(table).kind == RelationKind::partitioned) {
        if (concurrently)
            throw CannotRun{"cannot-run", fmt::format("an index on the partitioned table {} cannot be created concurrently", world.shown(table)),
                            "create it with ON ONLY, then on each partition concurrently, and attach these (ALTER INDEX ... ATTACH PARTITION)", named.number("location")};
        if (!plan.only) prediction.lockWithDescendants(table, mode);
    }
    if (!plan.name.empty() && world.relationNamed(world.relation(table).schema, plan.name) && statement.flag("if_not_exists")) return;
    plan.method = statement.text("accessMethod");
    plan.keys = statement.list("indexParams");
    for (const Node& each : statement.list("indexIncludingParams")) plan.included.emplace_back(each.text("name"));
    plan.predicate = statement.node("whereClause");
    plan.unique = statement.flag("unique");
    plan.tablespace = statement.text("tableSpace");
    createIndex(prediction, table, plan);
}

void playReindex(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const bool concurrently = booleanIn(statement, "params", "concurrently", statement.flag("concurrent"));
    const std::string_view kind = statement.text("kind");
    const auto rebuild = [&](Id index) {
        const Id table = world.relation(index).index ? world.relation(index).index->table : 0;
        if (!table || !world.relation(table).hasStorage()) return;
        prediction.lock(table, concurrently ? LockMode::shareUpdateExclusive : LockMode::share);
        prediction.lock(index, concurrently ? LockMode::shareUpdateExclusive : strongest);
        prediction.scan(table);
        prediction.rebuild(index);
    };
    if (kind == "REINDEX_OBJECT_INDEX") {
        const Id index = findRelation(prediction, statement.node("relation"));
        if (world.relation(index).kind == RelationKind::partitionedIndex) {
            prediction.lock(world.relation(index).index->table, concurrently ? LockMode::shareUpdateExclusive : LockMode::share);
            for (std::vector<Id> all{index}; !all.empty();) {
                const Id each = all.back();
                all.pop_back();
                rebuild(each);
                all.insert(all.end(), world.relation(each).index->children.begin(), world.relation(each).index->children.end());
            }
            return;
        }
        return rebuild(index);
    }
    std::vector<Id> tables;
    if (kind == "REINDEX_OBJECT_TABLE") {
        const Id table = findRelation(prediction, statement.node("relation"));
        tables = leavesOf(world, table, false);
        prediction.lock(table, concurrently ? LockMode::shareUpdateExclusive : LockMode::share);
    } else if (kind == "REINDEX_OBJECT_SCHEMA") {
        const Id schema = world.schemaNamed(statement.text("name"));
        for (const Id each : everyTable(world))
            if (world.relation(each).schema == schema) tables.push_back(each);
    } else if (kind == "REINDEX_OBJECT_DATABASE") {
        tables = everyTable(world);
    }
    // 13 does nothing for a partitioned table but say so.
    if (world.serverVersion < 14 && kind == "REINDEX_OBJECT_TABLE" && world.relation(tables.front()).kind == RelationKind::partitioned) tables.resize(1);
    for (const Id table : tables) {
        // Partitions are found under SHARE before each is done for itself (ReindexPartitions() in commands/indexcmds.c).
        const bool part = kind == "REINDEX_OBJECT_TABLE" && tables.size() > 1 && table != tables.front();
        prediction.lock(table, concurrently && !part ? LockMode::shareUpdateExclusive : LockMode::share);
        for (const Id index : world.relation(table).indexes) rebuild(index);
    }
}

void playTruncate(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    std::vector<Id> tables;
    const auto add = [&](Id table) {
        if (std::ranges::find(tables, table) == tables.end()) tables.push_back(table);
    };
    for (const Node& each : statement.list("relations")) {
        const Id table = findRelation(prediction, each);
        for (const Id one : each.flag("inh") ? world.withDescendants(table) : std::vector<Id>{table}) add(one);
    }
    const bool cascade = statement.text("behavior") == "DROP_CASCADE";
    for (size_t i = 0; i < tables.size(); ++i)
        for (const Dependent& each : world.dependents(tables[i])) {
            if (kindOf(each.object) != ObjectKind::constraint) continue;
            const WorldConstraint& key = world.constraints.at(each.object);
            if (key.type != ConstraintType::foreignKey || key.relation == tables[i] || std::ranges::find(tables, key.relation) != tables.end()) continue;
            if (!cascade)
                throw CannotRun{"dependents", fmt::format("{} cannot be truncated alone: the foreign key {} of {} references it", world.shown(tables[i]), sqlName(key.name), world.shown(key.relation)),
                                "truncate both tables in one statement, or name CASCADE if the rows of the other table shall go, too", -1};
            for (const Id one : world.withDescendants(key.relation)) add(one);
        }
    for (const Id table : tables) {
        // 13 looks at the partition's bound for each of its parents.
        for (Id above = world.relation(table).partition->parent; above && world.serverVersion < 14; above = world.relation(above).partition->parent)
            prediction.lock(above, LockMode::accessShare);
        prediction.lock(table, strongest);
        if (world.relation(table).hasStorage()) rewriteWhole(prediction, table, false);
        if (!statement.flag("restart_seqs")) continue;
        for (const Dependent& each : world.dependents(table))
            if (kindOf(each.object) == ObjectKind::relation && world.relation(each.object).sequence) prediction.lock(each.object, strongest);
    }
}

void playLock(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const auto mode = static_cast<LockMode>(statement.number("mode"));  // LOCKMODE in storage/lockdefs.h has the same numbers
    const auto lockView = [&](auto&& self, Id view) -> void {
        std::set<Id> seen;
        for (const ColumnId& used : world.relation(view).reads->columns) {
            if (!seen.insert(used.relation).second || !world.exists(used.relation)) continue;
            const Relation& relation = world.relation(used.relation);
            if (relation.kind == RelationKind::view) {
                prediction.lock(used.relation, mode);
                self(self, used.relation);
            } else if (relation.isTable() && relation.kind != RelationKind::foreign) {
                prediction.lockWithDescendants(used.relation, mode);
            }
        }
    };
    for (const Node& each : statement.list("relations")) {
        const Id relation = findRelation(prediction, each);
        if (each.flag("inh")) prediction.lockWithDescendants(relation, mode);
        else prediction.lock(relation, mode);
        if (world.relation(relation).kind == RelationKind::view) lockView(lockView, relation);
    }
}

void playVacuum(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const bool vacuum = statement.flag("is_vacuumcmd");
    const bool full = vacuum && booleanIn(statement, "options", "full", false);
    const bool analyze = !vacuum || booleanIn(statement, "options", "analyze", false);
    if (booleanIn(statement, "options", "only_database_stats", false)) return;
    std::vector<Id> tables;
    for (const Node& each : statement.list("rels")) {
        const Id table = findRelation(prediction, each.node("relation"));
        // Since 18 what inherits from a table is vacuumed and analysed with it.
        for (const Id one : leavesOf(world, table, world.serverVersion >= 18)) tables.push_back(one);
        if (!vacuum && world.relation(table).kind == RelationKind::table)  // statistics of the whole inheritance tree
            for (const Id one : world.withDescendants(table)) prediction.lock(one, LockMode::accessShare);
    }
    if (statement.list("rels").empty())
        for (const Relation& relation : world.relations.all())
            if (relation.hasStorage() || relation.kind == RelationKind::partitioned) tables.push_back(relation.id);
    for (const Id table : tables) {
        if (full && world.relation(table).kind == RelationKind::partitioned) prediction.lock(table, strongest);
        if (full && world.relation(table).hasStorage()) {
            rewriteWhole(prediction, table, true);
            continue;
        }
        // Whether a foreign table can be analysed its wrapper says, which lets go of it where it cannot.
        if (world.relation(table).kind == RelationKind::foreign) prediction.uncertain("whether the foreign table can be analysed its wrapper decides");
        prediction.lock(table, formOf("VacuumStmt").lock);
        if (!world.relation(table).hasStorage()) continue;
        if (vacuum) lockIndexes(prediction, table, LockMode::rowExclusive);
        if (analyze) lockIndexes(prediction, table, LockMode::accessShare);
    }
}

void playCluster(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    if (!statement.node("relation")) {
        for (const Id table : everyTable(world))
            for (const Id index : world.relation(table).indexes)
                if (world.relation(index).index->clustered) rewriteWhole(prediction, table, true);
        return;
    }
    const Id table = findRelation(prediction, statement.node("relation"));
    if (world.relation(table).kind == RelationKind::partitioned) {
        for (const Id each : world.withDescendants(table))
            if (world.relation(each).hasStorage()) rewriteWhole(prediction, each, true);
        prediction.lock(table, strongest);
        return;
    }
    for (const Id index : world.relation(table).indexes)
        if (const std::string_view name = statement.text("indexname"); !name.empty()) world.relation(index).index->clustered = world.relation(index).name == name;
    rewriteWhole(prediction, table, true);
}

void playRefresh(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const Id view = findRelation(prediction, statement.node("relation"));
    const bool concurrently = statement.flag("concurrent");
    const auto identifies = [&](Id id) {
        const IndexPart& index = *world.relation(id).index;
        return index.unique && !index.partial && !index.expressions && index.valid;
    };
    if (concurrently && !world.relation(view).placeholder && std::ranges::none_of(world.relation(view).indexes, identifies))  // ExecRefreshMatView()
        throw CannotRun{"cannot-run", fmt::format("{} cannot be refreshed concurrently: no unique index on plain columns without a predicate identifies its rows", world.shown(view)),
                        "create such an index first", -1};
    const Uses reads = world.relation(view).reads;
    if (!statement.flag("skipData")) {
        playReads(prediction, reads);
        scanSources(prediction, reads);
    }
    world.relation(view).populated = !statement.flag("skipData");
    if (concurrently) {
        prediction.lock(view, formOf("RefreshMatViewStmt CONCURRENTLY").lock);
        lockIndexes(prediction, view, LockMode::rowExclusive);
        prediction.scan(view);  // to find what differs
        return;
    }
    rewriteWhole(prediction, view, false);
}

void playCopy(Prediction& prediction, const Node& statement, std::string_view) {
    if (const Node query = statement.node("query")) return playQuery(prediction, query);
    const Id table = findRelation(prediction, statement.node("relation"));
    if (!statement.flag("is_from")) return prediction.lock(table, LockMode::accessShare);
    std::vector<Attribute> columns;
    for (const std::string_view column : statement.names("attlist")) columns.push_back(findColumn(prediction, table, column));
    playCopyFrom(prediction, table, columns);
}

}  // namespace slipway::postgres
