// What an expression refers to, and of which type it is.

#include <algorithm>

#include "base/text.h"
#include "engines/postgres/builtins.h"
#include "engines/postgres/predict/query_reader.h"

namespace slipway::postgres {

namespace {

TypeRef builtin(std::string_view name) {
    if (name.starts_with('_')) return {.builtin = name.substr(1), .array = true};
    // Of a polymorphic type, only the arguments tell what it is.
    if (name.starts_with("any")) return {};
    return {.builtin = name};
}

/// Whether pg_type calls the type so: "_int4" is an array of int4.
bool isCalled(const TypeRef& type, std::string_view name) {
    if (!type.array) return name == type.builtin;
    return name.starts_with('_') && name.substr(1) == type.builtin;
}

/// "SVFOP_CURRENT_TIMESTAMP_N" is current_timestamp.
std::string valueFunction(const Node& function) {
    std::string name = lower(function.text("op"));
    name.erase(0, std::string_view("svfop_").size());
    if (name.ends_with("_n")) name.resize(name.size() - 2);
    return name;
}

TypeRef valueFunctionType(const std::string& name) {
    if (name == "current_date") return {.builtin = "date"};
    if (name == "current_time") return {.builtin = "timetz"};
    if (name == "current_timestamp") return {.builtin = "timestamptz"};
    if (name == "localtime") return {.builtin = "time"};
    if (name == "localtimestamp") return {.builtin = "timestamp"};
    return {.builtin = "name"};
}

TypeRef constantType(const Node& constant) {
    if (constant.has("ival")) return {.builtin = "int4"};
    if (constant.has("boolval")) return {.builtin = "bool"};
    if (constant.has("bsval")) return {.builtin = "bit"};
    if (!constant.has("fval")) return {};
    const std::string_view digits = constant.node("fval").text("fval");
    const bool whole = digits.find_first_of(".eE") == std::string_view::npos;
    // Up to 18 digits surely fit into 8 bytes.
    return {.builtin = whole && digits.size() <= 18 ? "int8" : "numeric"};
}

bool isString(const Node& node) {
    return node.is("A_Const") && node.has("sval");
}

/// Takes the first of "text, int4" off; "" when there is none.
std::string_view takeType(std::string_view& arguments) {
    const size_t comma = arguments.find(", ");
    const std::string_view type = arguments.substr(0, comma);
    arguments.remove_prefix(comma == std::string_view::npos ? arguments.size() : comma + 2);
    return type;
}

bool fits(std::string_view arguments, const std::vector<TypeRef>& given) {
    for (size_t i = 0; i < given.size() && !arguments.empty(); ++i)
        if (!given[i].known() || !isCalled(given[i], takeType(arguments))) return false;
    return true;
}

/// Whether the argument at that place is taken for the name of a relation.
bool takesRelation(std::string_view arguments, size_t place) {
    for (size_t i = 0; i < place; ++i) takeType(arguments);
    return takeType(arguments) == "regclass";
}

/// The type that all overloads which take the known types have in common.
TypeRef builtinResult(std::string_view function, const std::vector<TypeRef>& given, int version) {
    std::string_view result, fitting;
    bool same = true, sameFitting = true;
    for (const BuiltinFunction& each : builtinFunctions(function)) {
        if (!each.takes(static_cast<int>(given.size())) || !each.versions.contains(version)) continue;
        same = same && (result.empty() || result == each.result);
        result = each.result;
        if (!fits(each.arguments, given)) continue;
        sameFitting = sameFitting && (fitting.empty() || fitting == each.result);
        fitting = each.result;
    }
    if (!fitting.empty() && sameFitting) return builtin(fitting);
    return same ? builtin(result) : TypeRef{};
}

TypeRef operatorResult(std::string_view name, const TypeRef& left, const TypeRef& right, int version) {
    std::string_view result, fitting;
    bool same = true;
    for (const BuiltinOperator& each : builtinOperators(name)) {
        if (!each.versions.contains(version)) continue;
        same = same && (result.empty() || result == each.result);
        result = each.result;
        if (isCalled(left, each.left) && isCalled(right, each.right)) fitting = each.result;
        // A constant in quotes takes the other side's type.
        if (fitting.empty() && left.known() != right.known()) {
            const TypeRef& known = left.known() ? left : right;
            if (isCalled(known, each.left) && isCalled(known, each.right)) fitting = each.result;
        }
    }
    if (!fitting.empty()) return builtin(fitting);
    return same ? builtin(result) : TypeRef{};
}

/// FigureColnameInternal() in parse_target.c: how good the name is, 0 none, 1 a stopgap, 2 good.
int figureName(const Node& node, std::string& name) {
    const auto call = [&](std::string_view better) {
        name = better;
        return 2;
    };
    if (node.is("ColumnRef") || node.is("A_Indirection")) {
        std::string_view last;
        for (const Node& each : node.list(node.is("ColumnRef") ? "fields" : "indirection"))
            if (each.is("String")) last = each.string();
        if (!last.empty()) return call(last);
        return node.is("ColumnRef") ? 0 : figureName(node.node("arg"), name);
    }
    if (node.is("FuncCall")) return call(node.names("funcname").back());
    if (node.is("A_Expr")) return node.text("kind") == "AEXPR_NULLIF" ? call("nullif") : 0;
    if (node.is("CollateClause")) return figureName(node.node("arg"), name);
    if (node.is("TypeCast") || node.is("CaseExpr")) {
        const bool isCast = node.is("TypeCast");
        const int strength = figureName(node.node(isCast ? "arg" : "defresult"), name);
        if (strength > 1) return strength;
        name = isCast ? std::string(node.node("typeName").names("names").back()) : "case";
        return 1;
    }
    if (node.is("SubLink")) {
        const std::string_view kind = node.text("subLinkType");
        if (kind == "EXISTS_SUBLINK") return call("exists");
        if (kind == "ARRAY_SUBLINK") return call("array");
        const auto targets = node.node("subselect").list("targetList");
        if (kind != "EXPR_SUBLINK" || targets.empty()) return 0;
        if (targets[0].has("name")) return call(targets[0].text("name"));
        return figureName(targets[0].node("val"), name);
    }
    if (node.is("MinMaxExpr")) return call(node.text("op") == "IS_GREATEST" ? "greatest" : "least");
    if (node.is("SQLValueFunction")) return call(valueFunction(node));
    if (node.is("A_ArrayExpr")) return call("array");
    if (node.is("RowExpr")) return call("row");
    if (node.is("CoalesceExpr")) return call("coalesce");
    if (node.is("GroupingFunc")) return call("grouping");
    if (node.is("XmlSerialize")) return call("xmlserialize");
    if (node.is("XmlExpr")) {
        std::string function = lower(node.text("op"));  // "IS_XMLELEMENT"
        return call(function.erase(0, 3));
    }
    return 0;
}

}  // namespace

std::string columnName(const Node& target) {
    std::string name = "?column?";
    figureName(target, name);
    return name;
}

void QueryReader::use(const OutputColumn& column) {
    if (column.source.relation) found_.uses.columns.push_back(column.source);
}

void QueryReader::useType(const TypeRef& type) {
    if (type.own) found_.uses.types.push_back(type.own);
}

TypeRef QueryReader::expression(const Node& expression, const Scope& scope) {
    return expression ? read(expression, scope) : TypeRef{};
}

void QueryReader::children(const Node& node, const Scope& scope) {
    node.walk([&](const Node& below) {
        read(below, scope);
        return false;
    });
}

TypeRef QueryReader::firstKnown(const std::vector<Node>& alternatives, const Scope& scope) {
    TypeRef type;
    for (const Node& each : alternatives) {
        const TypeRef one = read(each, scope);
        if (!type.known()) type = one;
    }
    return type;
}

TypeRef QueryReader::read(const Node& node, const Scope& scope) {
    if (node.is("ColumnRef")) return columnRef(node, scope);
    if (node.is("A_Const")) return constantType(node);
    if (node.is("FuncCall")) return call(node, scope);
    if (node.is("A_Expr")) return operation(node, scope);
    if (node.is("TypeCast")) return cast(node, scope);
    if (node.is("SubLink")) return subquery(node, scope);
    if (node.is("SQLValueFunction")) return valueFunctionType(valueFunction(node));
    if (node.is("CoalesceExpr") || node.is("MinMaxExpr")) return firstKnown(node.list("args"), scope);
    if (node.is("SelectStmt") || node.is("InsertStmt") || node.is("UpdateStmt") || node.is("DeleteStmt")) {
        statement(node, &scope);
        return {};
    }
    if (node.is("CaseExpr")) {
        expression(node.node("arg"), scope);
        std::vector<Node> results;
        for (const Node& each : node.list("args")) {
            expression(each.node("expr"), scope);
            results.push_back(each.node("result"));
        }
        if (node.has("defresult")) results.push_back(node.node("defresult"));
        return firstKnown(results, scope);
    }
    if (node.is("A_ArrayExpr")) {
        TypeRef type = firstKnown(node.list("elements"), scope);
        type.array = type.known();
        return type;
    }
    if (node.is("CollateClause")) return expression(node.node("arg"), scope);
    children(node, scope);
    if (node.is("BoolExpr") || node.is("NullTest") || node.is("BooleanTest")) return {.builtin = "bool"};
    if (node.is("RowExpr")) return {.builtin = "record"};
    if (node.is("GroupingFunc")) return {.builtin = "int4"};
    if (node.is("XmlExpr")) return {.builtin = node.text("op") == "IS_DOCUMENT" ? "bool" : "xml"};
    return {};
}

TypeRef QueryReader::columnRef(const Node& ref, const Scope& scope) {
    const auto fields = ref.list("fields");
    const std::string_view last = fields.back().string();
    if (fields.size() == 1) {
        if (const auto column = scope.column(last)) {
            use(*column);
            return column->type;
        }
        // A whole row depends on its relation, which FROM has told, and on no column: each may be dropped.
        return {};
    }
    const std::string_view schema = fields.size() > 2 ? fields[fields.size() - 3].string() : std::string_view();
    const RangeItem* item = scope.item(fields[fields.size() - 2].string(), schema);
    if (!item) return {};
    if (fields.back().is("A_Star")) {
        for (const OutputColumn& column : item->rows.columns) use(column);
        return {};
    }
    const OutputColumn* column = item->rows.column(last);
    if (!column) return {};
    use(*column);
    return column->type;
}

TypeRef QueryReader::call(const Node& call, const Scope& scope) {
    const auto parts = call.names("funcname");
    std::vector<Node> arguments = call.list("args");
    if (call.flag("agg_within_group"))
        for (const Node& each : call.list("agg_order")) arguments.push_back(each.node("node"));
    else
        for (const Node& each : call.list("agg_order")) expression(each, scope);
    std::vector<TypeRef> given;
    for (const Node& each : arguments) given.push_back(read(each.is("NamedArgExpr") ? each.node("arg") : each, scope));
    expression(call.node("agg_filter"), scope);
    if (const Node window = call.node("over")) children(window, scope);

    const int count = static_cast<int>(given.size());
    if (const auto own = names_.functions(parts, count); !own.empty()) return ownCall(own, given);
    const std::string_view name = parts.back();
    const char volatility =
        parts.size() == 1 || parts[0] == "pg_catalog" ? volatilityOf(name, count, world_.serverVersion) : '\0';
    if (volatility == '\0') {
        found_.uses.unread = true;
        return {};
    }
    if (volatility == 'v') found_.uses.isVolatile = true;
    if ((name == "nextval" || name == "currval" || name == "setval") && !arguments.empty()) sequenceCall(arguments[0]);
    for (size_t i = 0; i < arguments.size(); ++i) {
        if (!isString(arguments[i])) continue;
        for (const BuiltinFunction& each : builtinFunctions(name)) {
            if (!takesRelation(each.arguments, i)) continue;
            regclass(arguments[i].string());
            break;
        }
    }
    return builtinResult(name, given, world_.serverVersion);
}

TypeRef QueryReader::ownCall(const std::vector<Id>& candidates, const std::vector<TypeRef>& given) {
    // The server takes the one that needs the fewest conversions (func_select_candidate() in parse_func.c).
    int best = -1;
    std::vector<Id> chosen;
    for (const Id id : candidates) {
        const WorldFunction& function = world_.functions.at(id);
        int same = 0;
        for (size_t i = 0; i < std::min(given.size(), function.arguments.size()); ++i)
            if (given[i].known() && sameBaseType(given[i], function.arguments[i])) ++same;
        if (same > best) chosen.clear();
        if (same >= best) chosen.push_back(id);
        best = std::max(best, same);
    }
    for (const Id id : chosen) {
        const WorldFunction& function = world_.functions.at(id);
        found_.uses.functions.push_back(id);
        if (function.volatility == 'v' && !found_.uses.isVolatile)
            found_.uses.isVolatile = callIsVolatile(world_, session_, function, depth_);
    }
    return world_.functions.at(chosen.front()).returns;
}

TypeRef QueryReader::operation(const Node& operation, const Scope& scope) {
    const std::string_view kind = operation.text("kind");
    const auto name = operation.names("name");
    const auto side = [&](const char* field) {
        const Node expression = operation.node(field);
        if (!expression.is("List")) return this->expression(expression, scope);
        return firstKnown(expression.list("items"), scope);
    };
    const TypeRef left = side("lexpr"), right = side("rexpr");
    if (kind == "AEXPR_NULLIF") return left;
    if (kind != "AEXPR_OP") return {.builtin = "bool"};
    if (!world_.others.empty())
        for (const Id schema : name.size() > 1 ? std::vector<Id>{world_.schemaNamed(name[0])} : names_.path())
            if (const Id own = world_.otherNamed("operator", schema, name.back());
                own && world_.others.at(own).function)
                return ownCall({world_.others.at(own).function},
                               operation.has("lexpr") ? std::vector{left, right} : std::vector{right});
    return operatorResult(name.back(), left, right, world_.serverVersion);
}

TypeRef QueryReader::cast(const Node& cast, const Scope& scope) {
    TypeRef type = names_.type(cast.node("typeName"));
    const Node argument = cast.node("arg");
    read(argument, scope);
    useType(type);
    if (type.builtin == "regclass" && !type.array && isString(argument)) regclass(argument.string());
    return type;
}

void QueryReader::regclass(std::string_view name) {
    const Id relation = names_.relationWritten(name);
    if (!relation) return;
    if (world_.relation(relation).kind == RelationKind::sequence)
        found_.uses.sequences.push_back(relation);
    else
        found_.uses.columns.push_back({relation, 0});
}

/// The sequence of nextval('s'), nextval('s'::regclass) or nextval(pg_get_serial_sequence('t', 'c')).
void QueryReader::sequenceCall(const Node& argument) {
    const Node name = argument.is("TypeCast") ? argument.node("arg") : argument;
    Id sequence = 0;
    if (isString(name)) sequence = names_.relationWritten(name.string());
    if (name.is("FuncCall") && name.names("funcname").back() == "pg_get_serial_sequence") {
        const auto given = name.list("args");
        const Id table = given.size() == 2 && isString(given[0]) && isString(given[1])
                             ? names_.relationWritten(given[0].string())
                             : 0;
        const Attribute column = table ? world_.relation(table).attribute(given[1].string()) : Attribute{0};
        if (column)
            for (const Dependent& each : world_.dependents(table, column))
                if (kindOf(each.object) == ObjectKind::relation &&
                    world_.relation(each.object).kind == RelationKind::sequence)
                    sequence = each.object;
    }
    if (sequence)
        found_.sequences.push_back(sequence);
    else
        found_.unknownSequence = true;
}

TypeRef QueryReader::subquery(const Node& link, const Scope& scope) {
    expression(link.node("testexpr"), scope);
    const Rows rows = statement(link.node("subselect"), &scope);
    const std::string_view kind = link.text("subLinkType");
    if (kind != "EXPR_SUBLINK" && kind != "ARRAY_SUBLINK") return {.builtin = "bool"};
    TypeRef type = rows.columns.empty() ? TypeRef{} : rows.columns.front().type;
    if (kind == "ARRAY_SUBLINK" && type.known()) type.array = true;
    return type;
}

}  // namespace slipway::postgres
