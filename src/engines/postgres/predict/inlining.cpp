// Whether a SQL function vanishes in the query that calls it.

#include <algorithm>
#include <set>

#include "base/text.h"
#include "engines/postgres/builtins.h"
#include "engines/postgres/predict/parsed.h"
#include "engines/postgres/predict/query_reader.h"

namespace slipway::postgres {

namespace {

/// As deep as functions may stand for each other before that is taken for a circle.
constexpr int deepest = 16;

/// Its only part is one expression.
bool isBareSelect(const Node& select) {
    if (!select.is("SelectStmt") || select.list("targetList").size() != 1) return false;
    for (const char* clause :
         {"distinctClause", "intoClause", "fromClause", "whereClause", "groupClause", "havingClause", "windowClause",
          "valuesLists", "sortClause", "limitOffset", "limitCount", "lockingClause", "withClause", "larg"})
        if (select.has(clause)) return false;
    return true;
}

bool isAggregate(const World& world, const Names& names, const Node& call) {
    const auto parts = call.names("funcname");
    const int count = static_cast<int>(call.list("args").size());
    if (call.has("over") || call.flag("agg_star") || call.flag("agg_within_group")) return true;
    for (const Id own : names.functions(parts, count))
        if (world.functions.at(own).aggregate || world.functions.at(own).returnsSet) return true;
    return std::ranges::any_of(builtinFunctions(parts.back()),
                               [](const BuiltinFunction& each) { return each.kind == 'a'; });
}

/// The argument that a name or number in the body stands for; -1: none.
int argumentOf(const WorldFunction& function, const Node& node) {
    if (node.is("ParamRef")) return static_cast<int>(node.number("number")) - 1;
    if (!node.is("ColumnRef")) return -1;
    const auto fields = node.list("fields");
    const auto& names = function.argumentNames;
    const size_t given = std::min(names.size(), function.arguments.size());
    const auto found =
        std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(given), fields.back().string());
    return found == names.begin() + static_cast<std::ptrdiff_t>(given) ? -1 : static_cast<int>(found - names.begin());
}

/// A strict function vanishes only when its body, too, is null for any null argument: calls and operators of the
/// built-in kind are taken to be strict, anything else not to be.
bool mayVanish(const World& world, const Names& names, const WorldFunction& function, const Node& expression) {
    bool simple = true, strict = true;
    std::set<int> used;
    const auto visit = [&](const Node& node) {
        if (node.is("SubLink") || (node.is("FuncCall") && isAggregate(world, names, node))) simple = false;
        if (const int argument = argumentOf(function, node); argument >= 0) used.insert(argument);
        for (const char* type : {"CaseExpr", "CoalesceExpr", "BoolExpr", "NullTest", "BooleanTest", "MinMaxExpr",
                                 "RowExpr", "FuncCall", "A_ArrayExpr"})
            if (node.is(type)) strict = false;
        return simple;
    };
    if (visit(expression)) expression.walk(visit);
    return simple && (!function.strict || (strict && used.size() == function.arguments.size()));
}

}  // namespace

bool callIsVolatile(const World& world, const SessionState& session, const WorldFunction& function, int depth) {
    if (function.volatility != 'v') return false;
    if (function.language != "sql" || function.returnsSet || function.securityDefiner || !function.settings.empty() ||
        depth > deepest)
        return true;
    if (function.kind != FunctionKind::function || function.aggregate) return true;
    if (function.returns.builtin == "record" || function.returns.builtin == "void") return true;
    std::string body(trim(function.body));
    if (const std::string_view keyword = "RETURN"; equalsIgnoringCase(body.substr(0, keyword.size()), keyword))
        body.replace(0, keyword.size(), "SELECT");
    const Parsed parsed = Parsed::sql(body);
    if (parsed.statements().size() != 1 || !isBareSelect(parsed.statements()[0].node)) return true;
    const Node target = parsed.statements()[0].node.list("targetList")[0];
    const Node expression = target.node("val");
    if (!mayVanish(world, Names(world, session), function, expression)) return true;
    QueryReader reader(world, session, depth + 1);
    reader.expression(expression, Scope());
    const Uses uses = reader.take().uses;
    return uses.isVolatile || uses.unread;
}

}  // namespace slipway::postgres
