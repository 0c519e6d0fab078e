// CREATE TABLE, and ALTER TABLE but for constraints.
#include <algorithm>

#include "base/text.h"
#include "engines/postgres/describe/describe.h"
#include "engines/postgres/predict/ddl.h"
#include "engines/postgres/predict/partitions.h"

namespace slipway::postgres {

namespace {

bool hasDefaultPartition(const World& world, Id parent) {
    return parent && std::ranges::any_of(world.relation(parent).children, [&](Id each) { return world.relation(each).partition->isDefault; });
}

void createTableAs(Description& to, const Node& statement) {
    const Node into = statement.node("into");
    change::CreateTable made;
    const bool view = statement.text("objtype") == "OBJECT_MATVIEW";
    made.table = to.made(into.node("rel"), view ? RelationKind::materializedView : RelationKind::table);
    made.ifNotExists = statement.flag("if_not_exists");
    made.existed = to.find(into.node("rel")) != 0;
    made.asQuery = !into.flag("skipData");
    to.tell(std::move(made), into.node("rel").number("location"));
}

/// Whether values that the old type holds may not fit the new one. Both as format_type() writes them.
bool narrows(const TypeRef& from, const TypeRef& to) {
    const auto rank = [](std::string_view name) { return name == "int2" ? 1 : name == "int4" ? 2 : name == "int8" ? 3 : 0; };
    if (rank(from.builtin) && rank(to.builtin)) return rank(to.builtin) < rank(from.builtin);
    const bool texts = (from.builtin == "text" || from.builtin == "varchar") && (to.builtin == "varchar" || to.builtin == "bpchar");
    if (texts && !to.modifiers.empty()) return from.modifiers.empty() || to.modifiers.front() < from.modifiers.front();
    if (from.builtin == "numeric" && to.builtin == "numeric" && to.modifiers.size() == 2) {
        if (from.modifiers.size() != 2) return true;
        return to.modifiers[1] < from.modifiers[1] || to.modifiers[0] - to.modifiers[1] < from.modifiers[0] - from.modifiers[1];
    }
    if (from.builtin == "float8" && to.builtin == "float4") return true;
    return from.builtin == "numeric" && rank(to.builtin);
}

void alterColumnType(Description& to, const Node& command, Id table, const RelationRef& shown) {
    const Node definition = command.node("def");
    const TypeRef type = to.names.type(definition.node("typeName"));
    change::AlterColumnType change{.table = shown, .column = std::string(command.text("name")), .to = type.known() ? formatType(to.world, type) : ""};
    change.usingExpression = static_cast<bool>(definition.node("raw_default"));
    if (const Attribute column = table ? to.world.relation(table).attribute(change.column) : Attribute{0}) {
        const TypeRef& from = to.world.relation(table).column(column).type;
        change.from = formatType(to.world, from);
        change.narrows = narrows(from, type);
        change.collationOnly = from == type && definition.node("collClause");
    }
    to.tell(std::move(change));
}

void setNotNull(Description& to, const Node& command, Id table, const RelationRef& shown, const std::vector<Node>& commands) {
    change::SetNotNull change{.table = shown, .column = std::string(command.text("name"))};
    if (const Attribute number = table ? to.world.relation(table).attribute(change.column) : Attribute{0}) {
        const WorldColumn& column = to.world.relation(table).column(number);
        change.already = column.notNull && column.notNullValidated;
        change.notValidated = column.notNull && !column.notNullValidated;
        change.proven = provenNotNull(to.world, table, number);
        for (const Node& other : commands) {
            if (other.text("subtype") != "AT_DropConstraint") continue;
            const Id dropped = to.world.constraintNamed(to.world.relation(table), other.text("name"));
            if (dropped && change.proven && !provenNotNull(to.world, table, number, dropped)) change.proven = false, change.dropsProof = true;
        }
    }
    to.tell(std::move(change));
}

void dropColumn(Description& to, const Node& command, Id table, const RelationRef& shown) {
    change::DropColumn change{.table = shown, .column = std::string(command.text("name"))};
    change.ifExists = command.flag("missing_ok");
    change.cascade = command.text("behavior") == "DROP_CASCADE";
    const Attribute number = table ? to.world.relation(table).attribute(change.column) : Attribute{0};
    if (number) {
        change.dependents = to.dependents(table, number);
        change.readers = to.readers(table, change.column);
        for (const Id id : to.world.relation(table).indexes) {
            const IndexPart& index = *to.world.relation(id).index;
            const bool named = std::ranges::find(index.columns, number) != index.columns.end();
            const bool read = std::ranges::find(index.expressionColumns, number) != index.expressionColumns.end();
            if ((named && index.columns.size() > 1) || read) change.indexes.push_back(to.world.shown(id));
        }
    } else if (change.ifExists && shown.known) {
        return to.tell(change::Skipped{fmt::format("column {} of {}, which is not there", sqlName(change.column), shown.name)});
    }
    to.tell(std::move(change));
}

void triggerOption(Description& to, const Node& command, const RelationRef& table) {
    const std::string_view subtype = command.text("subtype");
    to.tell(change::TriggerChange{.verb = subtype.starts_with("AT_Disable") ? "disable" : "enable", .name = std::string(command.text("name")), .table = table, .keys = subtype.ends_with("TrigAll")});
}

void partitionCommand(Description& to, const Node& command, Id table, const RelationRef& shown) {
    const Node definition = command.node("def");
    const std::string_view subtype = command.text("subtype");
    const Id child = to.find(definition.node("name"));
    if (subtype == "AT_AttachPartition") {
        change::AttachPartition change{.parent = shown, .partition = to.ref(definition.node("name"))};
        change.besideDefault = hasDefaultPartition(to.world, table);
        const auto check = [&](Id id) {
            const WorldConstraint& constraint = to.world.constraints.at(id);
            return constraint.type == ConstraintType::check && constraint.validated && !constraint.conjuncts.empty();
        };
        // Nobody knows the key of a parent that is known by name only: a check that the release proves is believed to fit.
        if (child && !shown.known) change.proven = std::ranges::any_of(to.world.relation(child).constraints, check);
        else if (table && child) std::tie(change.proven, change.defaultProven) = partitionProofs(to.world, child, table, definition.node("bound"));
        return to.tell(std::move(change));
    }
    to.tell(change::DetachPartition{.parent = shown, .partition = to.ref(definition.node("name")), .concurrently = definition.flag("concurrent"),
                                    .hasDefault = hasDefaultPartition(to.world, table), .finalize = subtype == "AT_DetachPartitionFinalize"});
}

void options(Description& to, const Node& command, const RelationRef& table) {
    const bool set = command.text("subtype") == "AT_SetRelOptions";
    for (const Node& option : command.node("def").list("items"))
        to.tell(change::SetTableOption{table, std::string(option.text("defname")), set ? valueText(option.node("arg")) : ""});
}

void command(Description& to, const Node& command, Id table, const RelationRef& shown, const std::vector<Node>& all) {
    const std::string_view subtype = command.text("subtype");
    const std::string name(command.text("name"));
    const auto option = [&](const char* what, std::string value) { to.tell(change::SetTableOption{shown, what, std::move(value)}); };
    if (subtype == "AT_AddColumn") {
        const Node definition = command.node("def");
        change::AddColumn change{.table = shown, .column = to.columnChange(definition, table), .ifNotExists = command.flag("missing_ok")};
        change.existed = table && to.world.relation(table).attribute(change.column.name);
        if (change.existed && change.ifNotExists) to.tell(change::Skipped{fmt::format("column {} of {}, which is there already, perhaps of another type", change.column.name, shown.name)});
        to.tell(change, definition.number("location"));
        for (const Node& constraint : definition.list("constraints")) describeConstraint(to, constraint, table, shown, change.column.name, true);
    } else if (subtype == "AT_DropColumn") {
        dropColumn(to, command, table, shown);
    } else if (subtype == "AT_AlterColumnType") {
        if (command.node("def").node("typeName").names("names").back() == marker::setExpression) option("expression", name);
        else alterColumnType(to, command, table, shown);
    } else if (subtype == "AT_SetNotNull") {
        setNotNull(to, command, table, shown, all);
    } else if (subtype == "AT_DropNotNull") {
        to.tell(change::DropNotNull{shown, name});
    } else if (subtype == "AT_ColumnDefault") {
        const Node value = command.node("def");
        const Attribute number = table ? to.world.relation(table).attribute(name) : Attribute{0};
        const bool required = number && to.world.relation(table).column(number).notNull && to.world.relation(table).column(number).defaultValue;
        to.tell(change::SetDefault{shown, name, !value, value && to.isVolatile(value, table), required});
    } else if (subtype == "AT_AddConstraint") {
        describeConstraint(to, command.node("def"), table, shown, "", false);
    } else if (subtype == "AT_DropConstraint") {
        change::DropConstraint change{.table = shown, .name = name, .cascade = command.text("behavior") == "DROP_CASCADE"};
        if (const Id known = table ? to.world.constraintNamed(to.world.relation(table), name) : 0) {
            const WorldConstraint& constraint = to.world.constraints.at(known);
            change.type = constraint.type;
            if (constraint.referenced) change.referenced = to.ref(constraint.referenced);
            change.dependents = to.dependents(constraint.index ? constraint.index : known);
        }
        to.tell(std::move(change));
    } else if (subtype == "AT_ValidateConstraint") {
        const Id known = table ? to.world.constraintNamed(to.world.relation(table), name) : 0;
        to.tell(change::ValidateConstraint{shown, name, known && to.world.constraints.at(known).validated});
    } else if (subtype == "AT_AttachPartition" || subtype.starts_with("AT_DetachPartition")) {
        partitionCommand(to, command, table, shown);
    } else if (subtype.contains("Trig")) {
        triggerOption(to, command, shown);
    } else if (subtype == "AT_SetRelOptions" || subtype == "AT_ResetRelOptions") {
        options(to, command, shown);
    } else if (subtype.contains("RowSecurity")) {
        const bool force = subtype.contains("Force"), on = subtype == "AT_EnableRowSecurity" || subtype == "AT_ForceRowSecurity";
        to.tell(change::RowSecurity{.table = shown, .enabled = !force && on, .forced = force && on, .policies = table && !to.world.relation(table).policies.empty()});
    } else if (subtype == "AT_SetLogged") {
        option("unlogged", "off");
    } else if (subtype == "AT_SetUnLogged") {
        option("unlogged", "on");
    } else if (subtype == "AT_SetTableSpace") {
        option("tablespace", name);
    } else if (subtype == "AT_SetAccessMethod") {
        option("access method", name);
    } else if (subtype == "AT_ReplicaIdentity") {
        const std::string_view type = command.node("def").text("identity_type");
        option("replica identity", type == "f" ? "full" : type == "n" ? "nothing" : type == "i" ? "index" : "default");
    } else if (subtype == "AT_ChangeOwner") {
        option("owner", std::string(command.node("newowner").text("rolename")));
    } else if (subtype == "AT_AddIdentity" || subtype == "AT_DropIdentity" || subtype == "AT_SetIdentity") {
        option(subtype == "AT_DropIdentity" ? "drop identity" : "identity", name);
        if (std::ranges::any_of(command.node("def").list("items"), [](const Node& each) { return each.text("defname") == "restart"; })) to.tell(change::SetSequence{});
    } else if (subtype == "AT_AddInherit" || subtype == "AT_DropInherit") {
        option(subtype == "AT_AddInherit" ? "inherit" : "no inherit", to.ref(command.node("def")).name);
    }
}

}  // namespace

void describeCreateTable(Description& to, const Node& statement) {
    if (statement.is("CreateTableAsStmt")) return createTableAs(to, statement);
    change::CreateTable made;
    const Node relation = statement.node("relation");
    made.table = to.made(relation, statement.node("partspec") ? RelationKind::partitioned : RelationKind::table);
    made.ifNotExists = statement.flag("if_not_exists");
    made.existed = to.find(relation) != 0;
    if (statement.node("partbound")) {
        const Node parent = statement.list("inhRelations").front();
        made.partitionOf = to.ref(parent);
        made.besideDefault = hasDefaultPartition(to.world, to.find(parent)) && !statement.node("partbound").flag("is_default");
    }
    std::vector<std::pair<Node, std::string>> constraints;
    for (const Node& element : statement.list("tableElts")) {
        if (element.is("ColumnDef")) {
            made.columns.push_back(to.columnChange(element, 0));
            made.primaryKey = made.primaryKey || made.columns.back().primaryKey;
            for (const Node& constraint : element.list("constraints")) constraints.emplace_back(constraint, made.columns.back().name);
        } else if (element.is("Constraint")) {
            made.primaryKey = made.primaryKey || element.text("contype") == "CONSTR_PRIMARY";
            constraints.emplace_back(element, "");
        } else if (element.is("TableLikeClause")) {
            made.primaryKey = true;  // it may have taken over one: nobody shall be told to add another
        }
    }
    const RelationRef table = made.table;
    const bool existed = made.existed;
    if (existed && made.ifNotExists) to.tell(change::Skipped{fmt::format("table {}, which is there already, perhaps in another shape", table.name)});
    to.tell(std::move(made), relation.number("location"));
    if (existed) return;
    for (const auto& [constraint, column] : constraints) describeConstraint(to, constraint, 0, table, column, true);
}

void describeAlterTable(Description& to, const Node& statement) {
    const Id table = to.find(statement.node("relation"));
    const RelationRef shown = to.ref(statement.node("relation"));
    if (!table && statement.flag("missing_ok") && to.world.complete) return to.tell(change::Skipped{fmt::format("table {}, which is not there", shown.name)});
    const auto commands = statement.list("cmds");
    for (const Node& each : commands) command(to, each, table, shown, commands);
}

}  // namespace slipway::postgres
