// The locks of queries. What the server does was read in its source and seen in pg_locks of 13 to 18.

#include "engines/postgres/predict/query_effects.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "engines/postgres/predict/ddl.h"
#include "engines/postgres/predict/routing.h"

namespace slipway::postgres {

namespace {

/// Views are expanded, and what they read is locked, before anything is planned (AcquireRewriteLocks() in
/// rewriteHandler.c).
void readView(Prediction& prediction, Id view, const Look& look) {
    prediction.lock(view, look.mode);
    const Uses reads = prediction.world.relation(view).reads;
    if (prediction.world.relation(view).placeholder || reads.unread)
        prediction.uncertain(fmt::format("it is not known all that {} reads", prediction.world.shown(view)));
    Look below = look;
    below.only = false;
    below.conditions.clear();
    for (const ColumnId& used : reads.columns)
        if (used.column == 0) readRelation(prediction, used.relation, below);
    if (look.planned) evaluate(prediction, reads.functions);
}

void refuseUnknown(Prediction& prediction, const QueryUse& use) {
    for (const UnknownName& unknown : use.unknown) {
        // A function may make its own temporary tables.
        if (prediction.world.complete && prediction.depth == 0)
            throw unknownObject("relation", unknown.name, unknown.location);
        prediction.uncertain(fmt::format("nothing is known of {}", unknown.name));
    }
}

/// SELECT set_config('search_path', 'app', ...), as pg_dump writes it, and PERFORM.
void applySettings(Prediction& prediction, const Node& statement) {
    if (!statement.is("SelectStmt") || statement.has("fromClause")) return;
    for (const Node& target : statement.list("targetList")) {
        const Node call = target.node("val");
        if (!call.is("FuncCall") || call.names("funcname").back() != "set_config") continue;
        const auto arguments = call.list("args");
        if (arguments.size() != 3 || !equalsIgnoringCase(arguments[0].string(), "search_path")) continue;
        if (const auto value = constantOf(arguments[1])) prediction.session.searchPath = searchPathOf(*value);
    }
}

bool writes(const RelationUse& use) {
    return use.operation != 's' && use.operation != 'k';
}

void readUse(Prediction& prediction, const RelationUse& use, Stage stage) {
    const bool planned = use.planned && stage != Stage::analyse;
    Look look{.only = use.only, .planned = planned, .conditions = use.conditions};
    if (use.operation == 'k') look.mode = LockMode::rowShare;
    readRelation(prediction, use.relation, look);
    if (planned) applyPolicies(prediction, use.relation, "select");
}

}  // namespace

std::vector<Id> touchedBy(Prediction& prediction, Id relation, bool only, const std::vector<Conjunct>& conditions) {
    const World& world = prediction.world;
    if (only) return {relation};
    if (world.relation(relation).kind != RelationKind::partitioned) return world.withDescendants(relation);
    std::vector<Id> all{relation};
    const Partitions partitions = prune(world, relation, conditions);
    all.insert(all.end(), partitions.found.begin(), partitions.found.end());
    if (!partitions.certain)
        prediction.uncertain(fmt::format("which partitions of {} it touches depends on values", world.shown(relation)));
    return all;
}

void lockPlanned(Prediction& prediction, Id relation, LockMode mode, bool only) {
    prediction.lock(relation, mode);
    const Relation& table = prediction.world.relation(relation);
    if (table.placeholder)
        prediction.uncertain(fmt::format("nothing but the name of {} is known", prediction.world.shown(relation)));
    // get_relation_info() in plancat.c: since 16 it looks at the indexes of partitioned tables, too.
    if (table.kind == RelationKind::partitioned && !only && prediction.version < 16) return;
    for (const Id index : table.indexes) prediction.lock(index, mode);
}

void readRelation(Prediction& prediction, Id relation, const Look& look) {
    if (!prediction.world.exists(relation)) return;
    if (prediction.world.relation(relation).kind == RelationKind::view) return readView(prediction, relation, look);
    if (!look.planned) return prediction.lock(relation, look.mode);
    for (const Id each : touchedBy(prediction, relation, look.only, look.conditions))
        lockPlanned(prediction, each, look.mode, look.only);
}

void evaluate(Prediction& prediction, const std::vector<Id>& needed) {
    for (const Id each : needed) {
        if (kindOf(each) == ObjectKind::function) playFunction(prediction, each);
        if (kindOf(each) != ObjectKind::relation || !prediction.world.exists(each)) continue;
        if (prediction.world.relation(each).kind == RelationKind::sequence)
            prediction.lock(each, LockMode::rowExclusive);
    }
}

void applyPolicies(Prediction& prediction, Id relation, std::string_view event) {
    const World& world = prediction.world;
    const Relation& table = world.relation(relation);
    if (!table.rowSecurity) return;
    // Owners are exempt, and so are superusers, for whom migrations without a known role are taken to run.
    const std::string& role = prediction.session.role;
    if (role.empty() || (role == table.owner && !table.rowSecurityForced)) return;
    for (const Id policy : std::vector<Id>(table.policies)) {
        const std::string& on = world.policies.at(policy).event;
        if (!on.empty() && on != "all" && on != event) continue;
        const std::vector<Id> needed = world.needs(policy);
        for (const Id each : needed)
            if (kindOf(each) == ObjectKind::relation && each != relation) readRelation(prediction, each, {});
        evaluate(prediction, needed);
    }
}

std::vector<std::string> searchPathOf(std::string_view list) {
    std::vector<std::string> schemas;
    while (!list.empty()) {
        const size_t comma = list.find(',');
        const std::string_view schema = trim(list.substr(0, comma));
        const bool quoted = schema.size() > 1 && schema.front() == '"';
        if (!schema.empty()) schemas.emplace_back(quoted ? schema.substr(1, schema.size() - 2) : schema);
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    }
    return schemas;
}

QueryUse playUpTo(Prediction& prediction, Stage stage, const Node& statement, Id oldAndNew) {
    QueryUse use = usesOfQuery(prediction.world, prediction.session, statement, oldAndNew);
    refuseUnknown(prediction, use);
    for (const RelationUse& each : use.relations) {
        if (!each.relation) continue;
        if (writes(each))
            writeRelation(prediction, each, stage);
        else
            readUse(prediction, each, stage);
    }
    if (stage != Stage::run) return use;
    for (const Id sequence : use.sequences) prediction.lock(sequence, LockMode::rowExclusive);
    if (use.unknownSequence) prediction.uncertain("which sequence it advances is decided at run time");
    applySettings(prediction, statement);
    for (const Id function : use.uses.functions) playFunction(prediction, function);
    return use;
}

void playQuery(Prediction& prediction, const Node& statement) {
    playUpTo(prediction, Stage::run, statement);
}
void planQuery(Prediction& prediction, const Node& statement) {
    playUpTo(prediction, Stage::plan, statement);
}
void analyseQuery(Prediction& prediction, const Node& statement) {
    playUpTo(prediction, Stage::analyse, statement);
}

void playReads(Prediction& prediction, const Uses& uses) {
    for (const ColumnId& used : uses.columns)
        if (used.column == 0) readRelation(prediction, used.relation, {});
    for (const Id function : uses.functions) playFunction(prediction, function);
}

void playExpression(Prediction& prediction, const Uses& uses) {
    playReads(prediction, uses);
    evaluate(prediction, uses.sequences);
}

void playCopyFrom(Prediction& prediction, Id table, const std::vector<Attribute>& columns) {
    RelationUse use{.relation = table, .operation = 'i', .columns = columns};
    const Relation& into = prediction.world.relation(table);
    for (size_t i = 0; columns.empty() && i < into.columns.size(); ++i)
        if (!into.columns[i].dropped && !into.columns[i].generated)
            use.columns.push_back(static_cast<Attribute>(i + 1));
    writeRelation(prediction, use, Stage::run);
}

}  // namespace slipway::postgres
