#include "engines/postgres/predict/results.h"

#include <algorithm>
#include <set>

#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

void collectSources(const World& world, const Uses& uses, std::set<Id>& tables, std::set<Id>& seen) {
    for (const ColumnId& used : uses.columns) {
        if (!seen.insert(used.relation).second || !world.exists(used.relation)) continue;
        const Relation& relation = world.relation(used.relation);
        if (relation.kind == RelationKind::view) {
            collectSources(world, relation.reads, tables, seen);
        } else {
            for (const Id each : world.withDescendants(used.relation)) tables.insert(each);
        }
    }
}

}  // namespace

void lockNamed(Prediction& prediction, const QueryUse& use) {
    for (const UnknownName& unknown : use.unknown) {
        if (prediction.world.complete) throw unknownObject("relation", unknown.name, unknown.location);
        prediction.uncertain(fmt::format("nothing is known of {}", unknown.name));
    }
    for (const RelationUse& each : use.relations)
        prediction.lock(each.relation, each.operation == 's' ? LockMode::accessShare : each.operation == 'k' ? LockMode::rowShare : LockMode::rowExclusive);
}

void scanSources(Prediction& prediction, const Uses& uses) {
    std::set<Id> tables, seen;
    collectSources(prediction.world, uses, tables, seen);
    for (const Id table : tables)
        // What the planner leaves out, by the bounds of partitions, it did not lock either.
        if (prediction.world.relation(table).hasStorage() && prediction.locked(table)) prediction.scan(table);
}

}  // namespace slipway::postgres
