#include "engines/postgres/predict/alter_table.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "engines/postgres/predict/statements.h"

namespace slipway::postgres {

void AlterTable::lock(LockMode mode, bool recurse) {
    if (recurse && !only)
        prediction.lockWithDescendants(target, mode);
    else
        prediction.lock(target, mode);
}

void AlterTable::addColumnTo(const Node& command) {
    const Node definition = command.node("def");
    const std::string_view name = definition.text("colname");
    prediction.lock(target, LockMode::accessExclusive);
    if (world.relation(target).attribute(name)) {
        if (command.flag("missing_ok")) return;
        throw duplicateObject("column", fmt::format("{} of {}", sqlName(name), world.shown(target)), definition.number("location"));
    }
    std::vector<Id> tables{target};
    for (size_t i = 0; i < tables.size(); ++i) {
        const Id table = tables[i];
        prediction.lock(table, LockMode::accessExclusive);
        if (const Attribute known = world.relation(table).attribute(name)) {  // merged, and those below have it already
            world.relation(table).column(known).inherited++;
            continue;
        }
        if (!only)
            for (const Id child : world.relation(table).children)
                if (std::ranges::find(tables, child) == tables.end()) tables.push_back(child);
        const NewColumn made = addColumn(prediction, table, definition);
        if (made.conditional) prediction.uncertain("whether the volatile function in the CASE is ever called is decided by the planner");
        if (made.rewrites && world.relation(table).hasStorage()) playExpression(prediction, made.defaultUses);
        WorldColumn& column = world.relation(table).column(made.column);
        column.inherited = table == target ? 0 : 1;
        column.local = table == target;
        if (made.rewrites) rows[table].rewrite = true;
        if (made.checks) rows[table].scan = true;
        if (!made.hasDefault) allNull.insert({table, made.column});
        if (table != target) continue;
        for (const Node& constraint : made.constraints) {
            const std::string_view kind = constraint.text("contype");
            std::vector<Id> touched;
            if (kind == "CONSTR_CHECK") {
                addCheck(prediction, table, constraint, name, touched);
                for (const Id each : touched) rows[each].scan = true;
            } else if (kind == "CONSTR_FOREIGN") {
                const Id key = addForeignKey(prediction, table, constraint, name, touched);
                if (made.hasDefault) foreignKeys.push_back(key);  // else every value is null, which references nothing
            } else {
                addKey(prediction, table, constraint, name);
            }
        }
    }
}

void AlterTable::dropColumn(const Node& command) {
    const std::string_view name = command.text("name");
    const Relation& of = world.relation(target);
    lock(LockMode::accessExclusive, true);
    if (!of.attribute(name) && command.flag("missing_ok") && !of.placeholder) return;
    const Attribute column = findColumn(prediction, target, name);
    if (!column) return;
    if (only)
        for (const Id child : of.children) prediction.lock(child, LockMode::accessExclusive);  // their columns become their own
    std::vector<Droppable> gone;
    for (const Id table : tables()) {
        const Attribute here = world.relation(table).attribute(name);
        if (!here) continue;
        WorldColumn& inherited = world.relation(table).column(here);
        if (table == target || (!inherited.local && inherited.inherited <= 1)) gone.push_back({table, here});
        else inherited.inherited--;
    }
    drop(prediction, gone, command.text("behavior") == "DROP_CASCADE");
}

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
    for (const Attribute column : part.columns) world.depend({made.id, 0, false, column, Bond::automatic}, target);
    world.depend({index, 0, false, 0, Bond::internal}, made.id);
    if (!primary) return;
    for (const Attribute column : made.columns) {
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
    if (kind == "CONSTR_FOREIGN") {
        lock(LockMode::shareRowExclusive, false);
        const Id key = addForeignKey(prediction, target, constraint, "", touched);
        if (world.constraints.at(key).validated)
            for (const Id table : touched)
                for (const Id each : world.relation(table).constraints)
                    if (world.constraints.at(each).type == ConstraintType::foreignKey && (each == key || world.constraints.at(each).parent == key) && !world.relation(table).partition.strategy.size())
                        foreignKeys.push_back(each);
        return;
    }
    bool inherits = kind == "CONSTR_CHECK" && !constraint.flag("is_no_inherit");
    if (kind == "CONSTR_PRIMARY")
        for (const std::string_view key : constraint.names("keys"))
            if (const Attribute column = world.relation(target).attribute(key)) inherits = inherits || !world.relation(target).column(column).notNull;
    lock(LockMode::accessExclusive, inherits);
    if (kind != "CONSTR_CHECK" && world.relation(target).kind == RelationKind::partitioned) lock(LockMode::share, true);
    if (kind == "CONSTR_CHECK") {
        const Id made = addCheck(prediction, target, constraint, "", touched);
        if (made && world.constraints.at(made).validated)
            for (const Id table : touched) rows[table].scan = true;
    } else if (!constraint.text("indexname").empty()) {
        useIndex(constraint);
    } else {
        addKey(prediction, target, constraint, "");
    }
}

/// ADD NOT NULL as a constraint with a name, since 18. NOT VALID spares the look at the rows that are there.
void AlterTable::addNotNull(const Node& constraint, const Node& column) {
    const auto fields = column.list("fields");
    const std::string_view name = fields.empty() ? "" : fields.back().string();
    findColumn(prediction, target, name);
    const bool validated = !constraint.flag("skip_validation");
    lock(LockMode::accessExclusive, !constraint.flag("is_no_inherit"));
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

/// SET EXPRESSION of a generated column, since 17: its values are computed anew.
void AlterTable::setExpression(const Node& command) {
    const std::string_view name = command.text("name");
    findColumn(prediction, target, name);
    lock(LockMode::accessExclusive, true);
    for (const Id table : tables()) {
        const Attribute column = world.relation(table).attribute(name);
        if (!column) continue;
        setDefault(prediction, table, column, command.node("def").node("raw_default"));
        if (world.relation(table).column(column).generated == 's') rows[table].rewrite = true;
    }
}

/// ALTER CONSTRAINT ... [NOT] ENFORCED, since 18: what becomes enforced is checked.
void AlterTable::setEnforced(const Node& command, bool enforced) {
    lock(LockMode::accessExclusive, false);
    const Id id = world.constraintNamed(world.relation(target), command.text("name"));
    if (!id) return;
    WorldConstraint& constraint = world.constraints.at(id);
    if (constraint.referenced) prediction.lock(constraint.referenced, LockMode::shareRowExclusive);
    if (enforced && !constraint.validated) foreignKeys.push_back(id);
    constraint.enforced = constraint.validated = enforced;
}

void AlterTable::dropConstraint(const Node& command) {
    const std::string_view name = command.text("name");
    const Id id = world.constraintNamed(world.relation(target), name);
    lock(LockMode::accessExclusive, false);
    if (!id && dropNotNullNamed(name)) return;
    if (!id) {
        if (command.flag("missing_ok") || world.relation(target).placeholder) return;
        throw unknownObject("constraint", fmt::format("{} of {}", sqlName(name), world.shown(target)), -1);
    }
    const WorldConstraint constraint = world.constraints.at(id);
    std::vector<Droppable> gone{{id}};
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
        if (world.relation(target).placeholder) return;
        if (validateNotNull(name)) return;
        throw unknownObject("constraint", fmt::format("{} of {}", sqlName(name), world.shown(target)), -1);
    }
    if (world.constraints.at(id).validated) return;
    if (world.constraints.at(id).type == ConstraintType::foreignKey) {
        world.constraints.at(id).validated = true;
        prediction.lock(world.constraints.at(id).referenced, LockMode::rowShare);
        foreignKeys.push_back(id);
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

void AlterTable::identity(const Node& command) {
    lock(LockMode::accessExclusive, false);
    const Attribute column = findColumn(prediction, target, command.text("name"));
    if (!column) return;
    const std::string_view subtype = command.text("subtype");
    Id sequence = 0;
    for (const Dependent& each : world.dependents(target, column))
        if (kindOf(each.object) == ObjectKind::relation && world.relation(each.object).sequence && world.relation(each.object).sequence->identity) sequence = each.object;
    if (subtype == "AT_AddIdentity") {
        const Node constraint = command.node("def");
        world.relation(target).column(column).identity = constraint.text("generated_when").starts_with('a') ? 'a' : 'd';
        addOwnedSequence(prediction, target, column, true, constraint);
    } else if (subtype == "AT_DropIdentity") {
        world.relation(target).column(column).identity = 0;
        if (sequence) drop(prediction, {{sequence}}, false);
    } else {
        if (sequence) prediction.lock(sequence, LockMode::shareRowExclusive);
        for (const Node& option : command.node("def").list("items"))
            if (option.text("defname") == "generated") world.relation(target).column(column).identity = static_cast<char>(option.node("arg").number("ival"));
    }
}

namespace {

/// Storage parameters whose change asks for more than SHARE UPDATE EXCLUSIVE (access/common/reloptions.c).
constexpr std::array exclusiveOptions = {"user_catalog_table", "security_barrier", "security_invoker", "check_option", "buffering", "fastupdate",
                                         "gin_pending_list_limit", "pages_per_range", "autosummarize"};

}  // namespace

void AlterTable::setOptions(const Node& command) {
    LockMode mode = LockMode::shareUpdateExclusive;
    const bool set = command.text("subtype") == "AT_SetRelOptions";
    for (const Node& option : command.node("def").list("items")) {
        const std::string_view name = option.text("defname");
        if (std::ranges::find(exclusiveOptions, name) != exclusiveOptions.end()) mode = LockMode::accessExclusive;
        const std::string_view space = option.text("defnamespace");
        const std::string key = (space.empty() ? "" : std::string(space) + ".") + std::string(name) + "=";
        auto& options = world.relation(target).options;
        std::erase_if(options, [&](const std::string& known) { return known.starts_with(key); });
        if (set) options.push_back(key + valueText(option.node("arg")));
    }
    lock(mode, false);
}

void AlterTable::changePersistence(bool unlogged) {
    lock(LockMode::accessExclusive, false);
    Relation& table = world.relation(target);
    if (table.unlogged == unlogged || table.kind != RelationKind::table) return;
    table.unlogged = unlogged;
    rows[target].rewrite = true;
    if (world.serverVersion < 15) return;
    for (const Dependent& each : world.dependents(target))
        if (kindOf(each.object) == ObjectKind::relation && world.relation(each.object).sequence) {
            world.relation(each.object).unlogged = unlogged;
            prediction.lock(each.object, LockMode::accessExclusive);
        }
}

void AlterTable::replicaIdentity(const Node& command) {
    lock(LockMode::accessExclusive, false);
    const Node identity = command.node("def");
    const std::string_view type = identity.text("identity_type");
    Relation& table = world.relation(target);
    table.replicaIdentity = type == "f" ? "FULL" : type == "n" ? "NOTHING" : type == "i" ? "INDEX" : "";
    for (const Id index : table.indexes) {
        const bool chosen = type == "i" && world.relation(index).name == identity.text("name");
        world.relation(index).index->replicaIdentity = chosen;
        if (chosen) prediction.lock(index, LockMode::share);
    }
}

void AlterTable::clusterOn(const Node& command) {
    lock(LockMode::shareUpdateExclusive, false);
    for (const Id index : world.relation(target).indexes) {
        const bool chosen = world.relation(index).name == command.text("name");
        world.relation(index).index->clustered = chosen;
        if (chosen) prediction.lock(index, LockMode::shareUpdateExclusive);
    }
}

void AlterTable::changeOwner(const Node& command) {
    lock(LockMode::accessExclusive, false);
    const std::string owner = roleOf(prediction, command.node("newowner"));
    if (world.relation(target).owner == owner) return;
    world.relation(target).owner = owner;
    for (const Id index : world.relation(target).indexes) prediction.lock(index, LockMode::accessExclusive);
    for (const Dependent& each : world.dependents(target))
        if (kindOf(each.object) == ObjectKind::relation && world.relation(each.object).sequence) {
            world.relation(each.object).owner = owner;
            prediction.lock(each.object, LockMode::accessExclusive);
        }
}

void AlterTable::inheritance(const Node& command) {
    lock(LockMode::accessExclusive, false);
    const Id parent = findRelation(prediction, command.node("def"));
    if (command.text("subtype") == "AT_AddInherit") {
        prediction.lock(parent, LockMode::shareUpdateExclusive);
        addParent(prediction, target, parent);
    } else {
        prediction.lock(parent, LockMode::accessShare);
        removeParent(prediction, target, parent);
    }
}

/// What changes an attribute of the table or of a column and nothing else that a lock depends on.
void AlterTable::simple(const Node& command) {
    const std::string_view subtype = command.text("subtype");
    constexpr std::array recursing = {"AT_ColumnDefault", "AT_SetStatistics", "AT_SetStorage", "AT_DropExpression"};
    const bool recurse = std::ranges::find(recursing, subtype) != recursing.end();
    lock(formOf(subtype).lock, recurse);
    Relation& table = world.relation(target);
    const std::string_view name = command.text("name");
    const auto onColumns = [&](const auto& change) {
        findColumn(prediction, target, name);
        for (const Id each : recurse ? tables() : std::vector<Id>{target})
            if (const Attribute column = world.relation(each).attribute(name)) change(each, column);
    };
    if (subtype == "AT_ColumnDefault") {
        onColumns([&](Id each, Attribute column) { setDefault(prediction, each, column, command.node("def")); });
    } else if (subtype == "AT_SetStorage") {
        onColumns([&](Id each, Attribute column) { world.relation(each).column(column).storage = upper(command.node("def").string()); });
    } else if (subtype == "AT_SetCompression") {
        onColumns([&](Id each, Attribute column) { world.relation(each).column(column).compression = command.node("def").string(); });
    } else if (subtype == "AT_SetStatistics" && !table.isIndex() && !name.empty()) {
        onColumns([&](Id each, Attribute column) { world.relation(each).column(column).statisticsTarget = static_cast<int>(command.node("def").number("ival")); });
    } else if (subtype == "AT_DropExpression") {
        onColumns([&](Id each, Attribute column) {
            world.release(each, column, false);
            world.relation(each).column(column).generated = 0;
            world.relation(each).column(column).defaultValue.reset();
            world.dependOn(each, usesOf(world.relation(each).column(column).type), Bond::normal, column);
        });
    } else if (subtype == "AT_EnableRowSecurity" || subtype == "AT_DisableRowSecurity") {
        table.rowSecurity = subtype == "AT_EnableRowSecurity";
    } else if (subtype == "AT_ForceRowSecurity" || subtype == "AT_NoForceRowSecurity") {
        table.rowSecurityForced = subtype == "AT_ForceRowSecurity";
    } else if (subtype == "AT_DropCluster") {
        for (const Id index : table.indexes) world.relation(index).index->clustered = false;
    } else if (subtype.contains("Trig")) {
        const bool off = subtype.starts_with("AT_Disable");
        for (const Id id : table.triggers)
            if (name.empty() || world.triggers.at(id).name == name)
                world.triggers.at(id).firing = off ? "DISABLED" : subtype.contains("Always") ? "ALWAYS" : subtype.contains("Replica") ? "REPLICA" : "";
        if (table.kind == RelationKind::partitioned) lock(LockMode::shareRowExclusive, true);
    }
}

void AlterTable::run(const Node& command) {
    using Handler = void (AlterTable::*)(const Node&);
    static constexpr std::pair<std::string_view, Handler> handlers[] = {
        {"AT_AddColumn", &AlterTable::addColumnTo},       {"AT_DropColumn", &AlterTable::dropColumn},
        {"AT_AddConstraint", &AlterTable::addConstraint}, {"AT_DropConstraint", &AlterTable::dropConstraint},
        {"AT_ValidateConstraint", &AlterTable::validate}, {"AT_AlterConstraint", &AlterTable::alterConstraint},
        {"AT_SetNotNull", &AlterTable::setNotNull},       {"AT_DropNotNull", &AlterTable::dropNotNull},
        {"AT_AddIdentity", &AlterTable::identity},        {"AT_SetIdentity", &AlterTable::identity},
        {"AT_DropIdentity", &AlterTable::identity},       {"AT_SetRelOptions", &AlterTable::setOptions},
        {"AT_ResetRelOptions", &AlterTable::setOptions},  {"AT_ReplicaIdentity", &AlterTable::replicaIdentity},
        {"AT_ClusterOn", &AlterTable::clusterOn},         {"AT_ChangeOwner", &AlterTable::changeOwner},
        {"AT_AddInherit", &AlterTable::inheritance},      {"AT_DropInherit", &AlterTable::inheritance},
    };
    const std::string_view subtype = command.text("subtype");
    if (subtype == "AT_AlterColumnType" && command.node("def").node("typeName").names("names").back() == marker::setExpression) return setExpression(command);
    if (subtype == "AT_SetOptions")
        for (const Node& option : command.node("def").list("items"))
            if (option.text("defname") == marker::enforced) return setEnforced(command, valueText(option.node("arg")) == "on");
    for (const auto& [name, handler] : handlers)
        if (name == subtype) return (this->*handler)(command);
    if (subtype == "AT_AlterColumnType") return alterColumnType(*this, command);
    if (subtype == "AT_AttachPartition") return attachPartition(*this, command);
    if (subtype.starts_with("AT_DetachPartition")) return detachPartition(*this, command);
    if (subtype == "AT_SetLogged" || subtype == "AT_SetUnLogged") return changePersistence(subtype == "AT_SetUnLogged");
    if (subtype == "AT_SetTableSpace" || subtype == "AT_SetAccessMethod") {
        lock(LockMode::accessExclusive, false);
        Relation& table = world.relation(target);
        std::string& was = subtype == "AT_SetTableSpace" ? table.tablespace : table.accessMethod;
        const std::string wanted(command.text("name") == "heap" || command.text("name") == "pg_default" ? "" : command.text("name"));
        if (was == wanted) return;
        was = wanted;
        if (table.kind == RelationKind::index) {
            prediction.rebuild(target);
            return;
        }
        if (!table.hasStorage()) return;
        if (subtype == "AT_SetTableSpace") prediction.rewrite(target);
        else rows[target].rewrite = true;
        return;
    }
    if (findForm(subtype)) return simple(command);
    lock(LockMode::accessExclusive, true);
    prediction.uncertain(fmt::format("{} is not known here", subtype));
}

void AlterTable::finish() {
    for (auto& [table, work] : rows) {
        const Relation& relation = world.relation(table);
        if (!relation.hasStorage()) continue;
        if (work.rewrite) {
            prediction.rewrite(table);
            work.rebuild.insert(relation.indexes.begin(), relation.indexes.end());
        }
        if (work.rewrite || work.scan || !work.rebuild.empty()) prediction.scan(table);
        for (const Id index : work.rebuild) {
            prediction.lock(index, LockMode::accessExclusive);
            prediction.rebuild(index);
        }
    }
    for (const Id id : foreignKeys) {
        const WorldConstraint& key = world.constraints.at(id);
        const bool empty = std::ranges::any_of(key.columns, [&](Attribute column) { return allNull.contains({key.relation, column}); });
        validateForeignKey(prediction, key, empty);
    }
}

namespace {

/// The server sorts subcommands into passes (AT_PASS_* in tablecmds.c): a CHECK that goes proves nothing to a SET NOT NULL
/// that was written before it.
int passOf(std::string_view subtype) {
    if (subtype == "AT_DropColumn" || subtype == "AT_DropConstraint" || subtype == "AT_DropNotNull" || subtype == "AT_DropExpression") return 0;
    if (subtype == "AT_AlterColumnType") return 1;
    if (subtype == "AT_AddColumn") return 2;
    if (subtype == "AT_SetNotNull" || subtype == "AT_AddIdentity") return 3;
    return 4;
}

}  // namespace

void playAlterTable(Prediction& prediction, const Node& statement, std::string_view) {
    const Node relation = statement.node("relation");
    const Id target = findRelation(prediction, relation, statement.flag("missing_ok"));
    if (!target) return;
    std::vector<Node> commands = statement.list("cmds");
    // A composite type has no ONLY; the tables of the type follow where CASCADE is said.
    const bool cascades = prediction.world.relation(target).kind == RelationKind::composite && !commands.empty() && commands.front().text("behavior") == "DROP_CASCADE";
    AlterTable alter(prediction, target, !relation.flag("inh") && !cascades);
    std::ranges::stable_sort(commands, {}, [](const Node& command) { return passOf(command.text("subtype")); });
    for (const Node& command : commands) alter.run(command);
    alter.finish();
}

void playMoveAll(Prediction& prediction, const Node& statement, std::string_view) {
    if (statement.text("orig_tablespacename") != statement.text("new_tablespacename"))
        prediction.uncertain("which tables lie in the tablespace is known only where it runs");
}

}  // namespace slipway::postgres
