// ALTER ... RENAME, SET SCHEMA and OWNER TO.
#include <algorithm>

#include "base/text.h"
#include "engines/postgres/predict/ddl.h"
#include "engines/postgres/predict/statements.h"

namespace slipway::postgres {

namespace {

constexpr LockMode strongest = LockMode::accessExclusive;

void renameRelation(Prediction& prediction, Id relation, const std::string& name, bool asIndex) {
    World& world = prediction.world;
    // RenameRelation(): ALTER INDEX asks for less, if it is one.
    prediction.lock(relation, asIndex && world.relation(relation).isIndex() ? LockMode::shareUpdateExclusive : strongest);
    prediction.rename(relation, sqlName(world.schemaName(relation), name));
    if (world.relationNamed(world.relation(relation).schema, name)) throw duplicateObject("relation", sqlName(world.schemaName(relation), name), -1);
    world.rename(relation, name);
    if (world.relation(relation).index && world.relation(relation).index->constraint) world.rename(world.relation(relation).index->constraint, name);
}

void renameColumn(Prediction& prediction, const Node& statement, Id relation) {
    World& world = prediction.world;
    const std::string old(statement.text("subname")), name(statement.text("newname"));
    findColumn(prediction, relation, old);
    if (world.relation(relation).attribute(name)) throw duplicateObject("column", sqlName(name), -1);
    const bool cascades = world.relation(relation).kind == RelationKind::composite && statement.text("behavior") == "DROP_CASCADE";
    const bool recurse = cascades || (statement.node("relation").flag("inh") && !world.relation(relation).isView());
    for (const Id each : recurse ? world.withDescendants(relation) : std::vector<Id>{relation}) {
        prediction.lock(each, strongest);
        if (const Attribute column = world.relation(each).attribute(old)) world.relation(each).column(column).name = name;
    }
}

void renameConstraint(Prediction& prediction, const Node& statement, Id table) {
    World& world = prediction.world;
    const std::string old(statement.text("subname")), name(statement.text("newname"));
    const Id id = world.constraintNamed(world.relation(table), old);
    prediction.lock(table, strongest);
    if (!id && world.serverVersion >= 18)  // NOT NULL is a constraint with a name
        for (const WorldColumn& column : world.relation(table).columns)
            if (column.notNull && (column.notNullName.empty() ? objectName(world.relation(table).name, column.name, "not_null") : column.notNullName) == old) {
                const Attribute number = world.relation(table).attribute(column.name);
                prediction.lockWithDescendants(table, strongest);
                world.relation(table).column(number).notNullName = name;
                return;
            }
    if (!id) {
        if (world.relation(table).placeholder || world.relation(table).open) return;
        throw unknownObject("constraint", fmt::format("{} of {}", sqlName(old), world.shown(table)), -1);
    }
    if (const Id index = world.constraints.at(id).index) {
        prediction.lock(index, LockMode::shareUpdateExclusive);
        prediction.rename(index, sqlName(world.schemaName(index), name));
        world.rename(index, name);
    }
    const bool inherited = world.constraints.at(id).type == ConstraintType::check && !world.constraints.at(id).noInherit;
    for (const Id each : inherited ? world.withDescendants(table) : std::vector<Id>{table})
        if (const Id here = world.constraintNamed(world.relation(each), old)) {
            prediction.lock(each, strongest);
            world.rename(here, name);
        }
}

/// A named part of a table: trigger, rule, policy.
void renamePart(Prediction& prediction, const Node& statement, Id table) {
    World& world = prediction.world;
    const std::string old(statement.text("subname")), name(statement.text("newname"));
    const std::string_view kind = statement.text("renameType");
    prediction.lock(table, strongest);
    if (kind == "OBJECT_TRIGGER" && world.serverVersion >= 15 && world.relation(table).kind == RelationKind::partitioned) prediction.lockWithDescendants(table, strongest);
    for (const auto* parts : {&world.relation(table).triggers, &world.relation(table).rules, &world.relation(table).policies})
        for (const Id id : *parts)
            if (world.name(id) == old) return world.rename(id, name);
}

Id typeNamed(Prediction& prediction, const Node& object) {
    const auto [schema, name] = schemaAndName(object.is("TypeName") ? object.names("names") : object.names("items"));
    const Id found = Names(prediction.world, prediction.session).type(schema, name);
    return kindOf(found) == ObjectKind::type ? found : 0;
}

}  // namespace

void playRename(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const std::string_view kind = statement.text("renameType");
    const std::string name(statement.text("newname"));
    const Node object = statement.node("object");
    if (const Node relation = statement.node("relation")) {
        const Id target = findRelation(prediction, relation, statement.flag("missing_ok"));
        if (!target) return;
        if (isRelation(kind)) return renameRelation(prediction, target, name, kind == "OBJECT_INDEX");
        if (kind == "OBJECT_COLUMN" || kind == "OBJECT_ATTRIBUTE") return renameColumn(prediction, statement, target);
        if (kind == "OBJECT_TABCONSTRAINT") return renameConstraint(prediction, statement, target);
        return renamePart(prediction, statement, target);
    }
    if (kind == "OBJECT_SCHEMA") {
        const Id schema = world.schemaNamed(statement.text("subname"));
        if (!schema && world.complete) throw unknownObject("schema", sqlName(statement.text("subname")), -1);
        for (const Relation& relation : world.relations.all())
            if (schema && relation.schema == schema) prediction.rename(relation.id, sqlName(name, relation.name));
        if (schema) world.rename(schema, name);
    } else if (kind == "OBJECT_TYPE" || kind == "OBJECT_DOMAIN") {
        if (const Id type = typeNamed(prediction, object)) {
            if (const Id row = world.types.at(type).relation) world.rename(row, name);
            world.rename(type, name);
        }
    } else if (kind == "OBJECT_DOMCONSTRAINT") {
        if (const Id type = typeNamed(prediction, object))
            for (const Id id : world.types.at(type).constraints)
                if (world.constraints.at(id).name == statement.text("subname")) world.rename(id, name);
    } else if (object.is("ObjectWithArgs")) {
        if (const Id function = Names(world, prediction.session).function(object)) world.rename(function, name);
    }
}

void playAlterSchema(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const Id schema = schemaFor(prediction, statement.text("newschema"));
    const auto move = [&](Id id) { world.rename(id, world.name(id), schema); };
    if (const Node named = statement.node("relation")) {
        const Id target = findRelation(prediction, named, statement.flag("missing_ok"));
        if (!target) return;
        prediction.lock(target, strongest);
        if (world.relation(target).schema == schema) return;
        const std::string to = sqlName(statement.text("newschema"), world.name(target));
        prediction.rename(target, to);
        // Indexes move along without a lock of their own (AlterIndexNamespaces()), owned sequences with one.
        for (const Id index : world.relation(target).indexes) {
            prediction.rename(index, sqlName(statement.text("newschema"), world.name(index)));
            move(index);
        }
        for (const Dependent& each : world.dependents(target))
            if (kindOf(each.object) == ObjectKind::relation && world.relation(each.object).sequence) {
                prediction.lock(each.object, strongest);
                prediction.rename(each.object, sqlName(statement.text("newschema"), world.name(each.object)));
                move(each.object);
            }
        return move(target);
    }
    const Node object = statement.node("object");
    if (object.is("ObjectWithArgs")) {
        if (const Id function = Names(world, prediction.session).function(object)) move(function);
    } else if (const Id type = typeNamed(prediction, object)) {
        if (const Id row = world.types.at(type).relation) move(row);
        move(type);
    }
}

void playAlterOwner(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const Node object = statement.node("object");
    const std::string owner = roleOf(prediction, statement.node("newowner"));
    if (object.is("ObjectWithArgs")) {
        if (const Id function = Names(world, prediction.session).function(object)) world.functions.at(function).owner = owner;
    } else if (statement.text("objectType") == "OBJECT_SCHEMA") {
        if (const Id schema = world.schemaNamed(object.string())) world.schemas.at(schema).owner = owner;
    } else if (const Id type = typeNamed(prediction, object)) {
        world.types.at(type).owner = owner;
    }
}

}  // namespace slipway::postgres
