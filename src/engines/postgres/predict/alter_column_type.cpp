// ALTER TABLE ... ALTER COLUMN ... TYPE: when rows are rewritten, which indexes are built anew, which constraints are
// checked again.
#include <algorithm>

#include "engines/postgres/builtins.h"
#include "engines/postgres/predict/alter_table.h"

namespace slipway::postgres {

namespace {

enum class Conversion { none, rewrite, unlessUtc };

/// The smallest field that an interval keeps, from seconds up.
int leastField(const TypeRef& type) {
    constexpr std::string_view fields[] = {"second", "minute", "hour", "day", "month", "year"};
    for (int i = 0; i < 6; ++i)
        if (type.fields.ends_with(fields[i])) return i;
    return 0;
}

/// Whether a new length or precision lets every old value stand. The functions that coerce to it say so to the planner
/// by their support functions: varchar_support(), numeric_support(), varbit_support(), timestamp_support(),
/// time_support(), interval_support() in utils/adt; bpchar and bit have none.
bool widens(const TypeRef& from, const TypeRef& to) {
    if (from.modifiers == to.modifiers && from.fields == to.fields) return true;
    const auto precision = [](const TypeRef& type, int otherwise) { return type.modifiers.empty() ? otherwise : type.modifiers.front(); };
    const std::string_view name = to.builtin;
    if (to.modifiers.empty() && to.fields.empty()) return true;  // no length is asked for, so nothing is coerced
    if (name == "varchar" || name == "varbit") return !from.modifiers.empty() && precision(from, 0) <= precision(to, 0);
    if (name == "numeric")
        return from.modifiers.size() == 2 && to.modifiers.size() == 2 && from.modifiers[1] == to.modifiers[1] && from.modifiers[0] <= to.modifiers[0];
    constexpr int mostDigits = 6;
    if (name == "timestamp" || name == "timestamptz" || name == "time" || name == "timetz")
        return precision(to, mostDigits) >= mostDigits || (!from.modifiers.empty() && precision(from, 0) <= precision(to, 0));
    if (name == "interval") return leastField(to) <= leastField(from) && (precision(to, mostDigits) >= mostDigits || precision(from, mostDigits) <= precision(to, mostDigits));
    return false;
}

/// What turning the values of one type into the other costs, without USING.
Conversion conversion(const World& world, const TypeRef& from, const TypeRef& to) {
    if (from == to) return Conversion::none;
    if (hasDomainConstraints(world, to) && !(sameBaseType(from, to))) return Conversion::rewrite;
    const TypeRef a = baseTypeOf(world, from), b = baseTypeOf(world, to);
    if (sameBaseType(a, b)) {
        if (a.array && (a.modifiers != b.modifiers) && !b.modifiers.empty()) return Conversion::rewrite;
        return widens(a, b) ? Conversion::none : Conversion::rewrite;
    }
    if (a.array || b.array || a.own || b.own) return Conversion::rewrite;
    if ((a.builtin == "timestamp" && b.builtin == "timestamptz") || (a.builtin == "timestamptz" && b.builtin == "timestamp")) {
        TypeRef plain = a;
        plain.builtin = b.builtin;
        return widens(plain, b) ? Conversion::unlessUtc : Conversion::rewrite;
    }
    if (!binaryCoercible(a.builtin, b.builtin, world.serverVersion)) return Conversion::rewrite;
    return b.modifiers.empty() ? Conversion::none : Conversion::rewrite;
}

/// A USING that is the column itself, perhaps cast to the new type, changes nothing.
bool isPlain(const Prediction& prediction, const Node& expression, std::string_view column, const TypeRef& to) {
    if (expression.is("ColumnRef")) {
        const auto fields = expression.list("fields");
        return fields.size() == 1 && fields.front().string() == column;
    }
    return expression.is("TypeCast") && Names(prediction.world, prediction.session).type(expression.node("typeName")) == to &&
           isPlain(prediction, expression.node("arg"), column, to);
}

/// Whether an index on the column keeps its files (CheckIndexCompatible() in commands/indexcmds.c): plain columns only, and an
/// operator class that works on the new type's values as on the old one's.
bool keepsIndex(const World& world, const IndexPart& index, const TypeRef& from, const TypeRef& to, bool collationChanges) {
    // A part of a partitioned index is made again with it, from nothing.
    if (index.partial || index.expressions || index.exclusion || index.parent || collationChanges) return false;
    const TypeRef a = baseTypeOf(world, from), b = baseTypeOf(world, to);
    if (sameBaseType(a, b)) return true;
    const auto opclass = [&](const TypeRef& type) { return defaultOpclass(index.method, type.array ? "anyarray" : type.own ? "anyenum" : type.builtin, world.serverVersion); };
    const DefaultOpclass* before = opclass(a);
    const DefaultOpclass* after = opclass(b);
    return before && after && before->name == after->name && before->inputType == after->inputType && !before->inputType.starts_with("any");
}

class TypeChange {
  public:
    TypeChange(AlterTable& alter, Id table, Attribute column, bool rewrites) : alter_(alter), world_(alter.world), table_(table), column_(column), rewrites_(rewrites) {}

    void refuseDependents() const {
        const auto& keys = world_.relation(table_).partition->keyColumns;
        if (std::ranges::find(keys, column_) != keys.end())  // ATPrepAlterColumnType() in commands/tablecmds.c
            throw CannotRun{"dependents", fmt::format("the type of column {} of {} cannot change, because the table is partitioned by it", sqlName(world_.relation(table_).column(column_).name), world_.shown(table_)),
                            "make a new partitioned table and move the rows", -1};
        for (const Dependent& each : world_.dependents(table_, column_)) {
            const bool view = kindOf(each.object) == ObjectKind::relation && world_.relation(each.object).isView();
            const bool generated = each.object == table_ && each.column && !each.isDefault;
            const bool other = kindOf(each.object) == ObjectKind::rule || kindOf(each.object) == ObjectKind::policy || kindOf(each.object) == ObjectKind::trigger ||
                               kindOf(each.object) == ObjectKind::function;
            if (view || generated || other)
                throw CannotRun{"dependents",
                                fmt::format("the type of column {} of {} cannot change, because {} uses it", sqlName(world_.relation(table_).column(column_).name), world_.shown(table_),
                                            generated ? "a generated column" : world_.shown(each.object)),
                                "drop what uses the column first and make it again afterwards", -1};
        }
    }

    void indexes(const TypeRef& from, const TypeRef& to, bool collationChanges) {
        for (const Id id : world_.relation(table_).indexes) {
            const IndexPart& index = *world_.relation(id).index;
            const bool key = std::ranges::find(index.columns, column_) != index.columns.end();
            if (!key && std::ranges::find(index.expressionColumns, column_) == index.expressionColumns.end()) continue;
            alter_.prediction.lock(id, LockMode::accessExclusive);
            if (!keepsIndex(world_, index, from, to, collationChanges)) alter_.rows[table_].rebuild.insert(id);
        }
    }

    void constraints(const TypeRef& from, const TypeRef& to) {
        std::set<Id> seen;
        for (const Dependent& each : world_.dependents(table_, column_)) {
            if (kindOf(each.object) != ObjectKind::constraint || !seen.insert(each.object).second) continue;
            const WorldConstraint& constraint = world_.constraints.at(each.object);
            if (constraint.type == ConstraintType::check && constraint.validated) alter_.rows[constraint.relation].scan = true;
            if (constraint.type != ConstraintType::foreignKey) continue;
            alter_.prediction.lockWithDescendants(constraint.relation, LockMode::accessExclusive);
            for (const Id each : world_.withDescendants(constraint.referenced))
                alter_.prediction.lock(each, hasKeyTriggers(world_, each) ? LockMode::accessExclusive : LockMode::shareRowExclusive);
            // ATAddForeignKeyConstraint() trusts the old check when the same operators compare the same kinds of values.
            const bool same = sameBaseType(baseTypeOf(world_, from), baseTypeOf(world_, to)) || !rewrites_;
            if (constraint.validated && !same) alter_.foreignKeys.push_back(constraint.id);
        }
    }

  private:
    AlterTable& alter_;
    World& world_;
    Id table_;
    Attribute column_;
    bool rewrites_;
};

void changeOn(AlterTable& alter, Id table, Attribute column, const TypeRef& to, bool plain, const std::string& collation) {
    World& world = alter.world;
    WorldColumn& of = world.relation(table).column(column);
    const TypeRef from = of.type;
    if (!from.known() && (world.relation(table).placeholder || world.relation(table).open)) {
        of.type = to;  // nobody knows what that does to the rows
        return;
    }
    Conversion conversion = plain ? slipway::postgres::conversion(world, from, to) : Conversion::rewrite;
    if (of.generated == 'v') conversion = Conversion::none;  // it is nowhere stored
    if (conversion == Conversion::unlessUtc) {
        const auto& zone = alter.prediction.session.timeZone;
        if (!zone) alter.prediction.uncertain("whether the table is rewritten depends on the session's TimeZone: it is not when that is UTC");
        conversion = zone == "UTC" ? Conversion::none : Conversion::rewrite;
    }
    const bool rewrites = conversion == Conversion::rewrite;
    TypeChange change(alter, table, column, rewrites);
    change.refuseDependents();
    if (rewrites) alter.rows[table].rewrite = true;
    change.indexes(from, to, collation != of.collation);
    change.constraints(from, to);
    of.type = to;
    of.collation = collation;
    for (const Id old : usesOf(from).types) world.separate(table, old, column);
    world.dependOn(table, usesOf(to), Bond::normal, column);
    for (const Dependent& each : world.dependents(table, column))  // a serial column's sequence keeps its own type
        if (kindOf(each.object) == ObjectKind::relation && world.relation(each.object).sequence && world.relation(each.object).sequence->identity)
            alter.prediction.lock(each.object, LockMode::shareRowExclusive);
}

}  // namespace

void alterColumnType(AlterTable& alter, const Node& command) {
    World& world = alter.world;
    const std::string_view name = command.text("name");
    findColumn(alter.prediction, alter.target, name);
    alter.lock(LockMode::accessExclusive, true);
    const Node definition = command.node("def");
    const TypeRef to = findType(alter.prediction, definition.node("typeName"));
    const Node expression = definition.node("raw_default");
    const bool plain = !expression || isPlain(alter.prediction, expression, name, to);
    std::string collation;
    if (const Node clause = definition.node("collClause")) collation = schemaAndName(clause.names("collname")).second;
    for (const Id table : alter.tables())
        if (const Attribute column = world.relation(table).attribute(name)) changeOn(alter, table, column, to, plain, collation);
}

}  // namespace slipway::postgres
