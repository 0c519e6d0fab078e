// The subcommands of ALTER TABLE that are about constraints, NOT NULL among them.
#include <algorithm>

#include "engines/postgres/predict/alter_table.h"

namespace slipway::postgres {

void AlterTable::useIndex(const Node& constraint) {
    const std::string_view name = constraint.text("indexname");
    const Id index = world.relationNamed(world.relation(target).schema, name);
    if (!index || !world.relation(index).index) throw unknownObject("index", sqlName(name), constraint.number("location"));
    const bool primary = constraint.text("contype") == "CONSTR_PRIMARY";
    IndexPart& part = *world.relation(index).index;
    if (part.partial || part.expressions || !part.unique || part.descending || !part.valid)
        throw CannotRun{"unusable-index", fmt::format("index {} cannot become a constraint: it must be valid, unique, without expressions or a predicate, in the default order", world.shown(index)),
                        "build another index (CREATE UNIQUE INDEX CONCURRENTLY) on plain columns", constraint.number("location")};
    const std::string wanted(constraint.text("conname"));
    prediction.lock(index, LockMode::accessShare);
    if (!wanted.empty() && wanted != name) {
        prediction.lock(index, LockMode::shareUpdateExclusive);
        prediction.rename(index, sqlName(world.schemaName(index), wanted));
        world.rename(index, wanted);
    }
    WorldConstraint& made = world.addConstraint(target, 0, world.relation(index).name, primary ? ConstraintType::primaryKey : ConstraintType::unique);
    made.index = index;
    made.columns.assign(part.columns.begin(), part.columns.begin() + part.keys);
    part.constraint = made.id;
    part.primary = primary;
    world.release(index);
    world.depend({made.id, 0, false, 0, Bond::automatic}, target);
    for (const Attribute column : part.columns)
        if (column) world.depend({made.id, 0, false, column, Bond::automatic}, target);
    world.depend({index, 0, false, 0, Bond::internal}, made.id);
    if (!primary) return;
    for (const Attribute column : made.columns) {
        if (!column) continue;  // of a table that is known by name only
        WorldColumn& key = world.relation(target).column(column);
        if (!key.notNull && !provenNotNull(world, target, column)) rows[target].scan = true;
        key.notNull = true;
    }
}

void AlterTable::addConstraint(const Node& command) {
    const Node constraint = command.node("def");
    const std::string_view kind = constraint.text("contype");
    std::vector<Id> touched;
    if (const auto column = newerArgument(constraint.node("raw_expr"), marker::notNull)) return addNotNull(constraint, *column);
    // Since 18 whatever inherits is locked before anybody knows whether it gets the constraint (ATPrepCmd()).
    const bool all = world.serverVersion >= 18;
    if (kind == "CONSTR_FOREIGN") {
        lock(LockMode::shareRowExclusive, all);
        const Id key = addForeignKey(prediction, target, constraint, "", touched);
        if (world.constraints.at(key).validated)
            for (const Id table : touched)
                for (const Id each : world.relation(table).constraints)
                    if (world.constraints.at(each).type == ConstraintType::foreignKey && (each == key || world.constraints.at(each).parent == key) && !world.relation(table).partition->strategy.size())
                        foreignKeys.push_back(each);
        return;
    }
    bool inherits = kind == "CONSTR_CHECK" && !constraint.flag("is_no_inherit");
    if (kind == "CONSTR_PRIMARY")
        for (const std::string_view key : constraint.names("keys"))
            if (const Attribute column = world.relation(target).attribute(key)) inherits = inherits || !world.relation(target).column(column).notNull;
    lock(LockMode::accessExclusive, inherits || all);
    if (kind != "CONSTR_CHECK" && world.relation(target).kind == RelationKind::partitioned) lock(LockMode::share, true);
    if (kind == "CONSTR_CHECK") {
        const Id made = addCheck(prediction, target, constraint, "", touched);
        if (made && world.constraints.at(made).validated)
            for (const Id table : touched) rows[table].scan = true;
    } else if (!constraint.text("indexname").empty()) {
        useIndex(constraint);
    } else {
        addKey(prediction, target, constraint, "", only);
    }
}

/// ADD NOT NULL as a constraint with a name, since 18. NOT VALID spares the look at the rows that are there.
void AlterTable::addNotNull(const Node& constraint, const Node& column) {
    const auto fields = column.list("fields");
    const std::string_view name = fields.empty() ? "" : fields.back().string();
    findColumn(prediction, target, name);
    const bool validated = !constraint.flag("skip_validation");
    lock(LockMode::accessExclusive, true);
    for (const Id table : constraint.flag("is_no_inherit") ? std::vector<Id>{target} : tables()) {
        const Attribute here = world.relation(table).attribute(name);
        if (!here || world.relation(table).column(here).notNull) continue;
        WorldColumn& of = world.relation(table).column(here);
        if (validated && !provenNotNull(world, table, here)) rows[table].scan = true;
        of.notNull = true;
        of.notNullValidated = validated;
        of.notNullName = constraint.text("conname").empty() ? objectName(world.relation(table).name, name, "not_null") : constraint.text("conname");
    }
}

/// ALTER CONSTRAINT ... [NOT] ENFORCED, since 18: what becomes enforced is checked.
void AlterTable::setEnforced(const Node& command, bool enforced) {
    lock(LockMode::accessExclusive, false);
    const Id id = world.constraintNamed(world.relation(target), command.text("name"));
    if (!id) return;
    WorldConstraint& constraint = world.constraints.at(id);
    // The triggers on the referenced side come, or go.
    if (constraint.referenced) prediction.lock(constraint.referenced, enforced ? LockMode::shareRowExclusive : LockMode::accessExclusive);
    if (enforced && !constraint.validated) foreignKeys.push_back(id);
    constraint.enforced = constraint.validated = enforced;
}

void AlterTable::dropConstraint(const Node& command) {
    const std::string_view name = command.text("name");
    const Id id = world.constraintNamed(world.relation(target), name);
    lock(LockMode::accessExclusive, false);
    if (!id && dropNotNullNamed(name)) return;
    if (!id) {
        if (command.flag("missing_ok") || world.relation(target).placeholder || world.relation(target).open) return;
        throw unknownObject("constraint", fmt::format("{} of {}", sqlName(name), world.shown(target)), -1);
    }
    const WorldConstraint constraint = world.constraints.at(id);
    std::vector<Droppable> gone{{id}};
    if (constraint.referenced && constraint.referenced != target) prediction.lock(constraint.referenced, LockMode::accessExclusive);
    if (constraint.type == ConstraintType::check && !constraint.noInherit && only)
        for (const Id child : world.relation(target).children) prediction.lock(child, LockMode::accessExclusive);  // their copies become their own
    if (constraint.type == ConstraintType::check && !constraint.noInherit && !only) {
        lock(LockMode::accessExclusive, true);
        for (const Id table : world.withDescendants(target)) {
            const Id here = table == target ? 0 : world.constraintNamed(world.relation(table), name);
            if (here && !world.constraints.at(here).local) gone.push_back({here});
        }
    }
    drop(prediction, gone, command.text("behavior") == "DROP_CASCADE");
}

/// Since 18 a NOT NULL is a constraint with a name.
bool AlterTable::validateNotNull(std::string_view name) {
    const Relation& of = world.relation(target);
    for (const WorldColumn& each : of.columns) {
        if (world.serverVersion < 18 || !each.notNull) continue;
        if ((each.notNullName.empty() ? objectName(of.name, each.name, "not_null") : each.notNullName) != name) continue;
        if (each.notNullValidated) return true;
        const std::string column = each.name;
        lock(LockMode::shareUpdateExclusive, true);
        for (const Id table : tables())
            if (const Attribute here = world.relation(table).attribute(column); here && !world.relation(table).column(here).notNullValidated) {
                world.relation(table).column(here).notNullValidated = true;
                rows[table].scan = true;
            }
        return true;
    }
    return false;
}

void AlterTable::validate(const Node& command) {
    const std::string_view name = command.text("name");
    lock(LockMode::shareUpdateExclusive, false);
    const Id id = world.constraintNamed(world.relation(target), name);
    if (!id) {
        if (world.relation(target).placeholder || world.relation(target).open) return;
        if (validateNotNull(name)) return;
        throw unknownObject("constraint", fmt::format("{} of {}", sqlName(name), world.shown(target)), -1);
    }
    if (world.constraints.at(id).validated) return;
    if (world.constraints.at(id).type == ConstraintType::foreignKey) {
        world.constraints.at(id).validated = true;
        prediction.lock(world.constraints.at(id).referenced, LockMode::rowShare);
        foreignKeys.push_back(id);
        if (world.serverVersion < 18 || world.relation(target).kind != RelationKind::partitioned) return;
        foreignKeys.pop_back();  // its copies in the partitions are validated one by one
        lock(LockMode::shareUpdateExclusive, true);
        for (const Id table : tables())
            for (const Id copy : world.relation(table).constraints)
                if (world.constraints.at(copy).parent == id && world.relation(table).hasStorage()) {
                    world.constraints.at(copy).validated = true;
                    foreignKeys.push_back(copy);
                }
        return;
    }
    lock(LockMode::shareUpdateExclusive, !world.constraints.at(id).noInherit);
    for (const Id table : tables())
        if (const Id here = world.constraintNamed(world.relation(table), name); here && !world.constraints.at(here).validated) {
            world.constraints.at(here).validated = true;
            rows[table].scan = true;
        }
}

void AlterTable::alterConstraint(const Node& command) {
    lock(LockMode::accessExclusive, world.relation(target).kind == RelationKind::partitioned);
    const Node wanted = command.node("def");
    if (const Id id = world.constraintNamed(world.relation(target), wanted.text("conname"))) {
        world.constraints.at(id).deferrable = wanted.flag("deferrable");
        world.constraints.at(id).deferred = wanted.flag("initdeferred");
    }
}

void AlterTable::setNotNull(const Node& command) {
    const std::string_view name = command.text("name");
    findColumn(prediction, target, name);
    lock(LockMode::accessExclusive, true);
    for (const Id table : tables()) {
        const Attribute column = world.relation(table).attribute(name);
        if (!column) continue;
        WorldColumn& of = world.relation(table).column(column);
        if (of.notNull && of.notNullValidated) continue;
        if (!provenNotNull(world, table, column)) rows[table].scan = true;
        of.notNull = of.notNullValidated = true;
    }
}

bool AlterTable::dropNotNullNamed(std::string_view name) {
    if (world.serverVersion < 18) return false;
    const Relation& of = world.relation(target);
    for (const WorldColumn& each : of.columns) {
        if (!each.notNull || (each.notNullName.empty() ? objectName(of.name, each.name, "not_null") : each.notNullName) != name) continue;
        const std::string column = each.name;
        lock(LockMode::accessExclusive, true);
        for (const Id table : tables())
            if (const Attribute here = world.relation(table).attribute(column)) world.relation(table).column(here).notNull = false;
        return true;
    }
    return false;
}

void AlterTable::dropNotNull(const Node& command) {
    const std::string_view name = command.text("name");
    findColumn(prediction, target, name);
    lock(LockMode::accessExclusive, true);
    for (const Id table : tables())
        if (const Attribute column = world.relation(table).attribute(name)) world.relation(table).column(column).notNull = false;
}

}  // namespace slipway::postgres
