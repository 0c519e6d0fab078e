// Making indexes, for themselves and for constraints.
#include <algorithm>

#include "base/text.h"
#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

/// The keys of a plan, resolved for one table.
struct Resolved {
    IndexPart part;
    std::vector<std::string> names;  ///< of the keys and included columns, as the server names an index after them
    Uses uses;
};

void addName(std::vector<std::string>& names, std::string name) {
    std::string unique = name;
    for (int i = 1; std::ranges::find(names, unique) != names.end(); ++i) unique = name + std::to_string(i);
    names.push_back(std::move(unique));
}

void readExpression(Prediction& prediction, Id table, const Node& expression, Resolved& resolved) {
    Uses uses = usesOfExpression(prediction.world, prediction.session, expression, table);
    for (const ColumnId& used : uses.columns)
        if (used.relation == table && used.column) resolved.part.expressionColumns.push_back(used.column);
    std::ranges::copy(uses.functions, std::back_inserter(resolved.uses.functions));
    std::ranges::copy(uses.types, std::back_inserter(resolved.uses.types));
}

Resolved resolve(Prediction& prediction, Id table, const IndexPlan& plan) {
    Resolved resolved;
    IndexPart& part = resolved.part;
    part.table = table;
    part.method = plan.method;
    part.unique = plan.unique;
    part.primary = plan.primary;
    part.exclusion = plan.exclusion;
    part.partial = static_cast<bool>(plan.predicate);
    for (const Node& key : plan.keys) {
        const std::string_view name = key.text("name");
        const auto [opclassSchema, opclass] = schemaAndName(key.names("opclass"));
        part.opclasses.emplace_back(opclass);
        if (!opclass.empty()) {
            const World& world = prediction.world;
            Id own = opclassSchema.empty() ? 0 : world.otherNamed("OPCLASS", world.schemaNamed(opclassSchema), opclass);
            for (const Id in : Names(world, prediction.session).path())
                if (opclassSchema.empty() && !own) own = world.otherNamed("OPCLASS", in, opclass);
            if (own) resolved.uses.types.push_back(own);
        }
        part.descending = part.descending || key.text("ordering") == "SORTBY_DESC" || key.text("nulls_ordering") == "SORTBY_NULLS_FIRST" || !opclass.empty();
        if (!name.empty()) {
            part.columns.push_back(findColumn(prediction, table, name));
            addName(resolved.names, std::string(name));
            continue;
        }
        part.columns.push_back(0);
        part.expressions = true;
        readExpression(prediction, table, key.node("expr"), resolved);
        const std::string figured = figuredName(key.node("expr"));
        addName(resolved.names, figured.empty() ? "expr" : figured);
    }
    for (const std::string& name : plan.keyColumns) {
        part.columns.push_back(findColumn(prediction, table, name));
        part.opclasses.emplace_back();
        addName(resolved.names, name);
    }
    part.keys = static_cast<int>(part.columns.size());
    for (const std::string& name : plan.included) {
        part.columns.push_back(findColumn(prediction, table, name));
        addName(resolved.names, name);
    }
    if (plan.predicate) readExpression(prediction, table, plan.predicate, resolved);
    return resolved;
}

std::string chooseName(const World& world, const Relation& table, const IndexPlan& plan, const std::vector<std::string>& columns) {
    if (plan.primary) return freeRelationName(world, table.schema, table.name, "", "pkey", true);
    const std::string addition = indexColumnsName(columns);
    if (plan.exclusion) return freeRelationName(world, table.schema, table.name, addition, "excl", true);
    if (plan.constraint) return freeRelationName(world, table.schema, table.name, addition, "key", true);
    return freeRelationName(world, table.schema, table.name, addition, "idx");
}

/// An index of a partition that can serve as its part of the partitioned index (CompareIndexInfo() in catalog/index.c).
Id attachable(const World& world, Id table, const Resolved& wanted, bool constraint) {
    for (const Id id : world.relation(table).indexes) {
        const IndexPart& known = *world.relation(id).index;
        if (known.parent || known.method != wanted.part.method || known.columns != wanted.part.columns || known.keys != wanted.part.keys ||
            known.unique != wanted.part.unique || known.partial != wanted.part.partial || known.expressions || known.opclasses != wanted.part.opclasses)
            continue;
        if (constraint && !known.constraint) continue;
        return id;
    }
    return 0;
}

}  // namespace

Id createIndex(Prediction& prediction, Id table, const IndexPlan& plan, Id parent) {
    World& world = prediction.world;
    Resolved resolved = resolve(prediction, table, plan);
    if (parent) {
        if (const Id known = attachable(world, table, resolved, plan.constraint)) {
            world.relation(known).index->parent = parent;
            world.relation(parent).index->children.push_back(known);
            prediction.lock(known, LockMode::share);
            prediction.lock(parent, LockMode::shareUpdateExclusive);
            return known;
        }
    }
    const Relation& of = world.relation(table);
    const bool partitioned = of.kind == RelationKind::partitioned;
    if (partitioned && (resolved.part.unique || plan.primary))
        for (const Attribute key : of.partition->keyColumns)  // DefineIndex() in commands/indexcmds.c
            if (const auto end = resolved.part.columns.begin() + resolved.part.keys; std::find(resolved.part.columns.begin(), end, key) == end)
                throw CannotRun{"cannot-run", fmt::format("a unique key of the partitioned table {} must include {}, by which it is partitioned", world.shown(table), sqlName(of.column(key).name)),
                                "add the column to the key", -1};
    std::string name = plan.name.empty() || parent ? chooseName(world, of, plan, resolved.names) : plan.name;
    if (world.relationNamed(of.schema, name)) throw duplicateObject("relation", sqlName(world.schemas.at(of.schema).name, name), -1);
    const Id schema = of.schema;
    const bool temporary = of.temporary;
    Relation& made = world.addRelation(schema, std::move(name), partitioned ? RelationKind::partitionedIndex : RelationKind::index);
    const Id id = made.id;
    made.index = std::move(resolved.part);
    made.index->parent = parent;
    made.index->valid = !(partitioned && plan.only && !world.relation(table).children.empty());
    made.temporary = temporary;
    made.tablespace = plan.tablespace;
    world.relation(table).indexes.push_back(id);
    if (parent) world.relation(parent).index->children.push_back(id);
    if (world.relation(table).hasStorage()) prediction.scan(table);
    prediction.madeIndex(id);

    if (plan.constraint) {
        WorldConstraint& constraint = world.addConstraint(
            table, 0, world.relation(id).name, plan.primary ? ConstraintType::primaryKey : plan.exclusion ? ConstraintType::exclusion : ConstraintType::unique);
        constraint.index = id;
        constraint.columns.assign(world.relation(id).index->columns.begin(), world.relation(id).index->columns.begin() + world.relation(id).index->keys);
        constraint.deferrable = plan.deferrable;
        constraint.deferred = plan.deferred;
        constraint.inherited = parent ? 1 : 0;
        constraint.local = parent == 0;
        world.relation(id).index->constraint = constraint.id;
        world.depend({constraint.id, 0, false, 0, Bond::automatic}, table);
        for (const Attribute column : world.relation(id).index->columns)
            if (column) world.depend({constraint.id, 0, false, column, Bond::automatic}, table);
        world.depend({id, 0, false, 0, Bond::internal}, constraint.id);
        if (parent) {
            const Id above = world.relation(parent).index->constraint;
            constraint.parent = above;
            if (above) world.depend({constraint.id, 0, false, 0, Bond::internal}, above);
        }
    } else {
        world.depend({id, 0, false, 0, Bond::automatic}, table);
        for (const Attribute column : world.relation(id).index->columns)
            if (column) world.depend({id, 0, false, column, Bond::automatic}, table);
    }
    for (const Attribute column : world.relation(id).index->expressionColumns) world.depend({id, 0, false, column, Bond::automatic}, table);
    world.dependOn(id, resolved.uses);
    if (parent) {
        world.depend({id, 0, false, 0, Bond::internal}, parent);
        prediction.lock(parent, LockMode::shareUpdateExclusive);  // index_create() tells it that it has a child
    }
    if (partitioned && !plan.only)
        for (const Id child : std::vector<Id>(world.relation(table).children)) createIndex(prediction, child, plan, id);
    return id;
}

Id addKey(Prediction& prediction, Id relation, const Node& constraint, std::string_view column, bool only) {
    World& world = prediction.world;
    const std::string_view kind = constraint.text("contype");
    IndexPlan plan;
    plan.name = constraint.text("conname");
    plan.primary = kind == "CONSTR_PRIMARY";
    plan.exclusion = kind == "CONSTR_EXCLUSION";
    plan.unique = !plan.exclusion;
    plan.constraint = true;
    plan.only = only;
    plan.deferrable = constraint.flag("deferrable");
    plan.deferred = constraint.flag("initdeferred");
    plan.predicate = constraint.node("where_clause");
    plan.tablespace = constraint.text("indexspace");
    if (const std::string_view method = constraint.text("access_method"); !method.empty()) plan.method = method;
    for (const std::string_view key : constraint.names("keys")) plan.keyColumns.emplace_back(key);
    if (plan.keyColumns.empty() && !plan.exclusion && !column.empty()) plan.keyColumns.emplace_back(column);
    for (const std::string_view name : constraint.names("including")) plan.included.emplace_back(name);
    for (const Node& each : constraint.list("exclusions")) plan.keys.push_back(each.list("items").front());
    if (plan.primary)
        for (const Id each : only ? std::vector<Id>{relation} : world.withDescendants(relation))
            for (const std::string& name : plan.keyColumns)
                if (const Attribute key = world.relation(each).attribute(name)) world.relation(each).column(key).notNull = true;
    return createIndex(prediction, relation, plan);
}

}  // namespace slipway::postgres
