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
                // Where no default is written, every value is null, which references nothing (transformColumnDefinition() in
                // parser/parse_utilcmd.c); DEFAULT NULL is one.
                const bool written = std::ranges::any_of(definition.list("constraints"), [](const Node& each) { return each.text("contype") == "CONSTR_DEFAULT"; });
                if (made.hasDefault || written) foreignKeys.push_back(key);
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
    if (!of.attribute(name) && command.flag("missing_ok") && !of.placeholder && !of.open) return;
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
        RareText& was = subtype == "AT_SetTableSpace" ? table.tablespace : table.accessMethod;
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
