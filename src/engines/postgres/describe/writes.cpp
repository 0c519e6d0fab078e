// INSERT, UPDATE, DELETE, MERGE and COPY, wherever they stand in a statement.
#include <algorithm>

#include "base/text.h"
#include "engines/postgres/describe/describe.h"
#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

std::string_view verbOf(const Node& node) {
    if (node.is("InsertStmt")) return "insert";
    if (node.is("UpdateStmt")) return "update";
    if (node.is("DeleteStmt")) return "delete";
    return node.is("MergeStmt") ? "merge" : "";
}

bool sameConstant(const Node& a, const Node& b) {
    if (!a.is("A_Const") || !b.is("A_Const")) return false;
    for (const char* field : {"sval", "ival", "boolval", "fval"})
        if (a.has(field) != b.has(field) || valueText(a) != valueText(b)) return false;
    return true;
}

/// WHERE true, WHERE 1 = 1, WHERE id = id OR true: what no row fails.
bool alwaysTrue(const Node& condition) {
    if (condition.is("A_Const")) return condition.has("boolval") && condition.node("boolval").flag("boolval");
    if (condition.is("TypeCast")) return valueText(condition.node("arg")) == "t" || valueText(condition.node("arg")) == "true";
    if (condition.is("BoolExpr")) {
        const auto arguments = condition.list("args");
        if (condition.text("boolop") == "OR_EXPR") return std::ranges::any_of(arguments, alwaysTrue);
        return condition.text("boolop") == "AND_EXPR" && std::ranges::all_of(arguments, alwaysTrue);
    }
    if (!condition.is("A_Expr") || condition.text("kind") != "AEXPR_OP") return false;
    const auto operation = condition.names("name");
    return operation.size() == 1 && operation.front() == "=" && sameConstant(condition.node("lexpr"), condition.node("rexpr"));
}

/// A serial or identity key for which the rows bring numbers: its sequence does not know of them.
std::string serialKeyWritten(const Description& from, const Node& insert, Id table) {
    const auto rows = insert.node("selectStmt").list("valuesLists");
    if (!table || rows.empty()) return "";
    const auto values = rows.front().list("items");
    const auto targets = insert.list("cols");
    for (size_t i = 0; i < values.size(); ++i) {
        if (!values[i].is("A_Const") || values[i].flag("isnull")) continue;
        const Relation& of = from.world.relation(table);
        const auto number = targets.empty() ? static_cast<Attribute>(i < of.columns.size() ? i + 1 : 0) : i < targets.size() ? of.attribute(targets[i].text("name")) : Attribute{0};
        if (!number) continue;
        const WorldColumn& column = from.world.relation(table).column(number);
        bool owns = column.identity != 0;
        for (const Dependent& each : from.world.dependents(table, number))
            owns = owns || (kindOf(each.object) == ObjectKind::relation && from.world.relation(each.object).sequence);
        if (owns) return column.name;
    }
    return "";
}

/// Columns that a statement on one table names and the table does not have. Where others could be meant (FROM, a subquery, a
/// function's variables) nothing is said.
std::vector<std::string> unknownColumns(const Description& from, const Node& statement, Id table, std::string_view verb) {
    std::vector<std::string> found;
    if (!table || from.world.relation(table).placeholder || !from.world.relation(table).isTable()) return found;
    const auto look = [&](std::string_view name) {
        constexpr std::string_view system[] = {"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"};
        const bool known = from.world.relation(table).attribute(name) || std::ranges::find(system, name) != std::end(system) || name == from.world.relation(table).name;
        if (!known && std::ranges::find(found, name) == found.end()) found.emplace_back(name);
    };
    for (const Node& target : statement.list(verb == "insert" ? "cols" : "targetList")) look(target.text("name"));
    if (verb == "insert" || statement.node("withClause") || !statement.list("fromClause").empty() || !statement.list("usingClause").empty()) return found;
    const std::string_view alias = statement.node("relation").node("alias").text("aliasname");
    statement.walk([&](const Node& each) {
        if (each.is("SubLink")) return false;
        if (!each.is("ColumnRef")) return true;
        const auto fields = each.list("fields");
        if (fields.size() == 1 && fields.front().is("String") && fields.front().string() != alias) look(fields.front().string());
        return true;
    });
    return found;
}

void write(Description& to, const Node& node) {
    const Node relation = node.node("relation");
    const Id table = to.find(relation);
    change::Write change{.verb = std::string(verbOf(node)), .table = to.ref(relation)};
    if (change.verb == "update" || change.verb == "delete") {
        const Node condition = node.node("whereClause");
        change.tautology = condition && alwaysTrue(condition);
        const bool joined = !node.list(change.verb == "update" ? "fromClause" : "usingClause").empty();
        change.whole = change.tautology || (!condition && !joined);
    } else if (change.verb == "insert") {
        const Node source = node.node("selectStmt");
        change.constantRows = !source || !source.list("valuesLists").empty();
        if (node.text("override") != "OVERRIDING_USER_VALUE") change.serialKey = serialKeyWritten(to, node, table);
    } else if (change.verb == "merge") {
        const Node condition = node.node("joinCondition");
        change.tautology = change.whole = condition && alwaysTrue(condition);
    }
    if (change.verb != "merge" && !to.nested()) change.unknownColumns = unknownColumns(to, node, table, change.verb);
    to.tell(std::move(change), relation.number("location"));
}

}  // namespace

void describeWrites(Description& to, const Node& statement) {
    if (statement.is("CopyStmt")) {
        if (!statement.flag("is_from") || !statement.node("relation")) return;
        return to.tell(change::Write{.verb = "copy", .table = to.ref(statement.node("relation"))});
    }
    if (statement.is("SelectStmt") && statement.node("intoClause")) {
        change::CreateTable made{.table = to.made(statement.node("intoClause").node("rel"), RelationKind::table)};
        made.asQuery = true;
        to.tell(std::move(made));
    }
    if (!verbOf(statement).empty()) write(to, statement);
    statement.walk([&](const Node& each) {
        if (!verbOf(each).empty()) write(to, each);
        // set_config('lock_timeout', '5s', false) is a SET in other words.
        if (each.is("FuncCall") && !each.names("funcname").empty() && each.names("funcname").back() == "set_config") {
            const auto arguments = each.list("args");
            if (arguments.size() == 3 && arguments[0].is("A_Const") && arguments[1].is("A_Const"))
                to.tell(change::SetVariable{lower(valueText(arguments[0])), valueText(arguments[1]), alwaysTrue(arguments[2]), false}, each.number("location"));
        }
        if (each.is("FuncCall") && !each.names("funcname").empty() && each.names("funcname").back() == "setval") to.tell(change::SetSequence{}, each.number("location"));
        return true;
    });
}

}  // namespace slipway::postgres
