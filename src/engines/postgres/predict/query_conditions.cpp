// Comparisons with constants, by which the planner leaves out partitions.

#include <algorithm>

#include "engines/postgres/predict/query_reader.h"
#include "engines/postgres/predict/routing.h"

namespace slipway::postgres {

void QueryReader::conditions(const Node& expression, const Scope& scope) {
    if (expression.is("BoolExpr") && expression.text("boolop") == "AND_EXPR") {
        for (const Node& each : expression.list("args")) conditions(each, scope);
        return;
    }
    if (expression.is("BoolExpr") && expression.text("boolop") == "OR_EXPR")
        return alternatives(expression.list("args"), scope);
    if (expression.is("NullTest")) {
        const bool isNull = expression.text("nulltesttype") != "IS_NOT_NULL";
        return condition(expression.node("arg"), isNull ? "null" : "not null", {}, scope);
    }
    if (!expression.is("A_Expr")) return;
    const std::string_view kind = expression.text("kind");
    const auto name = expression.names("name");
    const Node left = expression.node("lexpr"), right = expression.node("rexpr");
    if (kind == "AEXPR_IN" && name[0] == "=") return condition(left, "in", right.list("items"), scope);
    if (kind == "AEXPR_BETWEEN" && right.list("items").size() == 2) {
        condition(left, ">=", {right.list("items")[0]}, scope);
        return condition(left, "<=", {right.list("items")[1]}, scope);
    }
    if (kind != "AEXPR_OP" || name.size() != 1) return;
    constexpr std::pair<std::string_view, std::string_view> mirrored[] = {
        {"=", "="}, {"<", ">"}, {"<=", ">="}, {">", "<"}, {">=", "<="}};
    if (name[0] == "=" && left.is("ColumnRef") && right.is("ColumnRef")) equal(left, right, scope);
    for (const auto& [comparison, otherWay] : mirrored) {
        if (name[0] != comparison) continue;
        condition(left, comparison, {right}, scope);
        condition(right, otherWay, {left}, scope);
    }
}

/// a = 1 OR a = 2 is a IN (1, 2).
void QueryReader::alternatives(const std::vector<Node>& list, const Scope& scope) {
    const Node column = list.front().node("lexpr");
    std::vector<Node> values;
    for (const Node& each : list) {
        const bool isEqual = each.is("A_Expr") && each.text("kind") == "AEXPR_OP" &&
                             each.names("name") == std::vector<std::string_view>{"="};
        if (!isEqual || each.node("lexpr").names("fields") != column.names("fields")) return;
        values.push_back(each.node("rexpr"));
    }
    condition(column, "in", values, scope);
}

void QueryReader::equal(const Node& left, const Node& right, const Scope& scope) {
    const auto placeOf = [&](const Node& name) -> std::optional<Place> {
        const RangeItem* item = scope.itemOf(name);
        if (!item || !item->isRelation) return std::nullopt;
        return Place{item->firstUse, item->rows.column(name.names("fields").back())->source.column};
    };
    const auto a = placeOf(left), b = placeOf(right);
    if (a && b) equalities_.emplace_back(*a, *b);
}

/// What a column is equal to, those that are equal to it are equal to (equivclass.c).
void QueryReader::spreadConditions() {
    bool spread = true;
    while (spread) {
        spread = false;
        for (const auto& [a, b] : equalities_)
            for (const auto& [from, to] : {std::pair(a, b), std::pair(b, a)}) {
                const std::vector<Conjunct> known = found_.relations[from.first].conditions;
                std::vector<Conjunct>& others = found_.relations[to.first].conditions;
                for (Conjunct each : known) {
                    if (each.column != from.second || each.comparison != "=") continue;
                    each.column = to.second;
                    if (std::ranges::find(others, each) != others.end()) continue;
                    others.push_back(std::move(each));
                    spread = true;
                }
            }
    }
}

void QueryReader::condition(const Node& column, std::string_view comparison, const std::vector<Node>& values,
                            const Scope& scope) {
    const RangeItem* item = scope.itemOf(column);
    if (!item || !item->isRelation || item->firstUse >= found_.relations.size()) return;
    const OutputColumn* of = item->rows.column(column.names("fields").back());
    if (!of || !of->source.relation) return;
    Conjunct condition{of->source.column, std::string(comparison), {}};
    for (const Node& each : values) {
        if (const auto constant = constantOf(each)) {
            condition.values.push_back(*constant);
            continue;
        }
        // A variable or an argument of a function, whose value the planner will know and we do not.
        const auto name = each.names("fields");
        const bool variable =
            each.is("ParamRef") ||
            (each.is("ColumnRef") && (name.size() == 1 ? !scope.column(name[0]) : !scope.item(name[name.size() - 2])));
        if (!variable) return;
        condition = {of->source.column, "=", {}};
        break;
    }
    found_.relations[item->firstUse].conditions.push_back(std::move(condition));
}

}  // namespace slipway::postgres
