// Columns and their defaults.
#include <algorithm>

#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

/// A NULL is no default, unless a length or the checks of a domain are applied to it, which makes it an expression
/// (AddRelationNewConstraints() in catalog/heap.c). An interval's fields belong to the constant itself.
static bool isNoDefault(const Prediction& prediction, const Node& expression, const TypeRef& type) {
    const World& world = prediction.world;
    if (expression.is("TypeCast")) {
        const TypeRef cast = Names(world, prediction.session).type(expression.node("typeName"));
        return cast == type && isNoDefault(prediction, expression.node("arg"), cast);
    }
    const bool domain = kindOf(type.own) == ObjectKind::type && !type.array && world.types.at(type.own).kind == TypeKind::domain;
    const bool plain = type.modifiers.empty() || (type.builtin == "interval" && !type.array);
    return expression.is("A_Const") && expression.flag("isnull") && plain && !domain;
}

Uses setDefault(Prediction& prediction, Id relation, Attribute column, const Node& expression) {
    World& world = prediction.world;
    world.release(relation, column, true);
    WorldColumn& target = world.relation(relation).column(column);
    if (!expression || isNoDefault(prediction, expression, target.type)) {
        target.defaultValue.reset();
        return {};
    }
    const Uses uses = usesOfExpression(world, prediction.session, expression, relation);
    target.defaultValue.emplace() = "expression";
    // Of a generated column other columns are read: before 15 such a column went with them, since then it stands in the way.
    const Bond bond = target.generated && world.serverVersion < 15 ? Bond::automatic : Bond::normal;
    world.dependOn(relation, uses, bond, column, target.generated == 0);
    if (uses.unread) prediction.uncertain("the default calls what is not known here");
    return uses;
}

Id addOwnedSequence(Prediction& prediction, Id table, Attribute column, bool identity, const Node& options) {
    World& world = prediction.world;
    const Relation& owner = world.relation(table);
    const WorldColumn& of = owner.column(column);
    std::string name = freeRelationName(world, owner.schema, owner.name, of.name, "seq");
    const Id schema = owner.schema;
    const std::string type = formatType(world, baseTypeOf(world, of.type));
    const bool temporary = owner.temporary, unlogged = owner.unlogged;
    Relation& made = world.addRelation(schema, std::move(name), RelationKind::sequence);
    made.temporary = temporary;
    made.unlogged = unlogged && world.serverVersion >= 15;
    made.sequence.emplace();
    made.sequence->type = type;
    made.sequence->identity = identity;
    if (options) setSequenceOptions(prediction, made, options, "options");
    made.ownedBy = {table, column};
    const Id id = made.id;
    world.depend({id, 0, false, column, identity ? Bond::internal : Bond::automatic}, table);
    if (!identity) world.depend({table, column, true, 0, Bond::normal}, id);
    return id;
}

namespace {

/// The grammar writes DEFERRABLE and the like as constraints of their own behind the one they belong to; here they are only skipped,
/// since they change no lock.
bool isAttribute(std::string_view contype) { return contype.starts_with("CONSTR_ATTR_"); }

void readConstraint(Prediction& prediction, Id relation, const Node& constraint, NewColumn& made) {
    World& world = prediction.world;
    const std::string_view kind = constraint.text("contype");
    const auto column = [&]() -> WorldColumn& { return world.relation(relation).column(made.column); };
    if (kind == "CONSTR_NOTNULL") {
        column().notNull = true;
    } else if (kind == "CONSTR_DEFAULT") {
        const Node expression = constraint.node("raw_expr");
        made.defaultUses = setDefault(prediction, relation, made.column, expression);
        bool conditional = expression.is("CaseExpr");
        expression.walk([&](const Node& each) { return conditional = conditional || each.is("CaseExpr"), !conditional; });
        if (made.defaultUses.isVolatile && conditional) made.conditional = true;
        made.rewrites = made.defaultUses.isVolatile || made.rewrites;
        Node value = expression;
        while (value.is("TypeCast")) value = value.node("arg");
        made.hasDefault = !(value.is("A_Const") && value.flag("isnull"));
    } else if (kind == "CONSTR_IDENTITY") {
        column().identity = constraint.text("generated_when").starts_with('a') ? 'a' : 'd';
        column().notNull = true;
        addOwnedSequence(prediction, relation, made.column, true, constraint);
        made.rewrites = made.hasDefault = true;
    } else if (kind == "CONSTR_GENERATED") {
        const auto newer = newerArgument(constraint.node("raw_expr"), marker::isVirtual);
        const bool isVirtual = newer.has_value();
        column().generated = isVirtual ? 'v' : 's';
        made.defaultUses = setDefault(prediction, relation, made.column, isVirtual ? *newer : constraint.node("raw_expr"));
        made.defaultUses.columns.clear();  // of the row itself
        made.rewrites = made.rewrites || !isVirtual;
        made.hasDefault = true;
    } else if (kind == "CONSTR_PRIMARY") {
        column().notNull = true;
        made.constraints.push_back(constraint);
    } else if (kind == "CONSTR_CHECK" || kind == "CONSTR_UNIQUE" || kind == "CONSTR_FOREIGN") {
        made.constraints.push_back(constraint);
    } else if (!isAttribute(kind) && kind != "CONSTR_NULL") {
        prediction.uncertain(fmt::format("the constraint {} is not known here", kind));
    }
}

}  // namespace

/// A collation of the database's own; 0 for one of pg_catalog.
static Id collationNamed(const Prediction& prediction, const Node& clause) {
    const World& world = prediction.world;
    const auto [schema, name] = schemaAndName(clause.names("collname"));
    if (!schema.empty()) return world.otherNamed("COLLATION", world.schemaNamed(schema), name);
    for (const Id in : Names(world, prediction.session).path())
        if (const Id found = world.otherNamed("COLLATION", in, name)) return found;
    return 0;
}

NewColumn addColumn(Prediction& prediction, Id relation, const Node& columnDef) {
    World& world = prediction.world;
    const std::string_view name = columnDef.text("colname");
    if (world.relation(relation).attribute(name)) throw duplicateObject("column", sqlName(name), columnDef.number("location"));
    const Node typeName = columnDef.node("typeName");
    WorldColumn column;
    column.name = name;
    column.type = findType(prediction, typeName);
    column.storage = columnDef.text("storage_name");
    column.compression = columnDef.text("compression");
    if (const Node collation = columnDef.node("collClause")) {
        const auto [schema, collated] = schemaAndName(collation.names("collname"));
        column.collation = collated;
    }
    const std::string collation = column.collation;
    const bool constrained = hasDomainConstraints(world, column.type);
    const Uses types = usesOf(column.type);
    world.relation(relation).columns.push_back(std::move(column));

    NewColumn made;
    made.collation = collation;
    made.column = static_cast<Attribute>(world.relation(relation).columns.size());
    made.rewrites = constrained;
    world.dependOn(relation, types, Bond::normal, made.column);
    if (!serialType(typeName).empty()) {
        addOwnedSequence(prediction, relation, made.column, false, {});
        WorldColumn& serial = world.relation(relation).column(made.column);
        serial.notNull = true;
        serial.defaultValue.emplace() = "expression";
        made.rewrites = made.hasDefault = true;
    }
    if (!made.collation.empty())
        if (const Id collation = collationNamed(prediction, columnDef.node("collClause"))) world.depend({relation, made.column, false, 0, Bond::normal}, collation);
    for (const Node& constraint : columnDef.list("constraints")) readConstraint(prediction, relation, constraint, made);
    if (!made.hasDefault)
        for (TypeRef type = world.relation(relation).column(made.column).type; kindOf(type.own) == ObjectKind::type && !type.array; type = world.types.at(type.own).base)
            if (const WorldType& domain = world.types.at(type.own); domain.defaultValue) {
                made.hasDefault = true;
                made.defaultUses = domain.defaultUses;
                made.rewrites = made.rewrites || domain.defaultUses.isVolatile;
                break;
            }
    const WorldColumn& finished = world.relation(relation).column(made.column);
    made.checks = finished.notNull && (!made.hasDefault || finished.generated == 'v');
    return made;
}

}  // namespace slipway::postgres
