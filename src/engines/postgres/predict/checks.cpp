// CHECK constraints, and what they prove.
#include <algorithm>

#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

/// The column that an expression is, under casts; 0 for anything else.
Attribute columnOf(const Relation& relation, const Node& expression) {
    if (expression.is("ColumnRef")) {
        const auto fields = expression.list("fields");
        return fields.empty() || !fields.back().is("String") ? Attribute{0} : relation.attribute(fields.back().string());
    }
    return expression.is("TypeCast") ? columnOf(relation, expression.node("arg")) : Attribute{0};
}

/// The text of a constant under casts; nullopt for anything else.
std::optional<std::string> constantOf(const Node& expression) {
    if (expression.is("TypeCast")) return constantOf(expression.node("arg"));
    if (!expression.is("A_Const") || expression.flag("isnull")) return std::nullopt;
    return valueText(expression);
}

std::string mirrored(std::string_view comparison) {
    if (comparison == "<") return ">";
    if (comparison == "<=") return ">=";
    if (comparison == ">") return "<";
    if (comparison == ">=") return "<=";
    return std::string(comparison);
}

void readComparison(const Relation& relation, const Node& expression, std::vector<Conjunct>& found) {
    const auto name = expression.names("name");
    if (name.empty()) return;
    const Node left = expression.node("lexpr"), right = expression.node("rexpr");
    const std::string_view kind = expression.text("kind");
    if (kind == "AEXPR_IN" || kind == "AEXPR_OP_ANY") {
        const Attribute column = columnOf(relation, left);
        if (!column || name.back() != "=") return;
        Conjunct conjunct{column, "in", {}};
        for (const Node& each : right.is("List") ? right.list("items") : right.list("elements")) {
            const auto value = constantOf(each);
            if (!value) return;
            conjunct.values.push_back(*value);
        }
        found.push_back(std::move(conjunct));
        return;
    }
    if (kind != "AEXPR_OP") return;
    const std::string_view comparison = name.back();
    if (comparison != "=" && comparison != "<" && comparison != "<=" && comparison != ">" && comparison != ">=") return;
    if (const Attribute column = columnOf(relation, left)) {
        if (const auto value = constantOf(right)) found.push_back({column, std::string(comparison), {*value}});
    } else if (const Attribute other = columnOf(relation, right)) {
        if (const auto value = constantOf(left)) found.push_back({other, mirrored(comparison), {*value}});
    }
}

void readConjuncts(const Relation& relation, const Node& expression, std::vector<Conjunct>& found) {
    if (expression.is("BoolExpr") && expression.text("boolop") == "AND_EXPR") {
        for (const Node& each : expression.list("args")) readConjuncts(relation, each, found);
    } else if (expression.is("BoolExpr") && expression.text("boolop") == "OR_EXPR" && expression.list("args").size() == 2) {
        std::vector<Conjunct> sides;
        for (const Node& each : expression.list("args")) readConjuncts(relation, each, sides);
        if (sides.size() != 2 || sides[0].column != sides[1].column) return;
        if (sides[0].comparison != "<") std::swap(sides[0], sides[1]);
        if (sides[0].comparison == "<" && sides[1].comparison == ">=") found.push_back({sides[0].column, "outside", {sides[0].values[0], sides[1].values[0]}});
    } else if (expression.is("BoolExpr") && expression.text("boolop") == "NOT_EXPR") {
        const Node inner = expression.list("args").front();
        if (inner.is("NullTest") && inner.text("nulltesttype") == "IS_NULL")
            if (const Attribute column = columnOf(relation, inner.node("arg"))) found.push_back({column, "not null", {}});
    } else if (expression.is("A_Expr") && expression.text("kind") == "AEXPR_DISTINCT") {
        const Node right = expression.node("rexpr");
        if (right.is("A_Const") && right.flag("isnull"))
            if (const Attribute column = columnOf(relation, expression.node("lexpr"))) found.push_back({column, "not null", {}});
    } else if (expression.is("NullTest") && expression.text("nulltesttype") == "IS_NOT_NULL") {
        if (const Attribute column = columnOf(relation, expression.node("arg"))) found.push_back({column, "not null", {}});
    } else if (expression.is("A_Expr")) {
        readComparison(relation, expression, found);
    }
}

}  // namespace

std::vector<Conjunct> conjunctsOf(const Relation& relation, const Node& expression) {
    std::vector<Conjunct> found;
    readConjuncts(relation, expression, found);
    return found;
}

bool provenNotNull(const World& world, Id relation, Attribute column, Id except) {
    const Relation& of = world.relation(relation);
    return std::ranges::any_of(of.constraints, [&](Id id) {
        const WorldConstraint& constraint = world.constraints.at(id);
        return id != except && constraint.type == ConstraintType::check && constraint.validated && constraint.enforced &&
               std::ranges::any_of(constraint.conjuncts, [&](const Conjunct& each) { return each.column == column && each.comparison == "not null"; });
    });
}

namespace {

/// The copy of a check in an inheritor: merged with one of that name, or new.
void inherit(Prediction& prediction, Id child, const WorldConstraint& from, std::vector<Id>& touched) {
    World& world = prediction.world;
    const Id known = world.constraintNamed(world.relation(child), from.name);
    if (known) {
        world.constraints.at(known).inherited++;
    } else {
        const Relation& parent = world.relation(from.relation);
        const Relation& relation = world.relation(child);
        const auto mapped = [&](Attribute column) { return column ? relation.attribute(parent.column(column).name) : Attribute{0}; };
        WorldConstraint copy = from;
        WorldConstraint& made = world.addConstraint(child, 0, from.name, ConstraintType::check);
        copy.id = made.id;
        copy.relation = child;
        copy.inherited = 1;
        copy.local = false;
        for (Attribute& column : copy.columns) column = mapped(column);
        for (ColumnId& used : copy.uses.edit().columns)
            if (used.relation == from.relation) used = {child, mapped(used.column)};
        for (Conjunct& conjunct : copy.conjuncts) conjunct.column = mapped(conjunct.column);
        made = copy;
        world.depend({made.id, 0, false, 0, Bond::automatic}, child);
        world.dependOn(made.id, made.uses);
        touched.push_back(child);
    }
    for (const Id below : std::vector<Id>(world.relation(child).children)) inherit(prediction, below, world.constraints.at(known ? known : world.constraintNamed(world.relation(child), from.name)), touched);
}

}  // namespace

/// A table that is known by name only has the columns that a check names: what the check proves of them counts later on.
static void learnColumns(Relation& of, const Node& expression) {
    const auto learn = [&](const Node& node) {
        const auto fields = node.list("fields");
        if (!node.is("ColumnRef") || fields.size() != 1 || !fields.front().is("String") || of.attribute(fields.front().string())) return true;
        WorldColumn& column = of.columns.emplace_back();
        column.name = fields.front().string();
        return true;
    };
    learn(expression);
    expression.walk(learn);
}

Id addCheck(Prediction& prediction, Id relation, const Node& constraint, std::string_view column, std::vector<Id>& touched) {
    World& world = prediction.world;
    if (world.relation(relation).placeholder) learnColumns(world.relation(relation), constraint.node("raw_expr"));
    const Relation& of = world.relation(relation);
    const auto notEnforced = newerArgument(constraint.node("raw_expr"), marker::notEnforced);
    const Node expression = notEnforced ? *notEnforced : constraint.node("raw_expr");
    Uses uses = usesOfExpression(world, prediction.session, expression, relation);
    std::vector<Attribute> columns;
    for (const ColumnId& used : uses.columns)
        if (used.relation == relation && used.column && std::ranges::find(columns, used.column) == columns.end()) columns.push_back(used.column);
    std::string name(constraint.text("conname"));
    if (name.empty())
        name = freeConstraintName(world, of, columns.size() == 1 ? of.column(columns.front()).name : std::string(columns.empty() ? column : ""), "check");
    if (const Id known = world.constraintNamed(of, name)) {
        WorldConstraint& merged = world.constraints.at(known);
        if (merged.type != ConstraintType::check || merged.local) throw duplicateObject("constraint", sqlName(name), constraint.number("location"));
        merged.local = true;
        return 0;
    }
    WorldConstraint& made = world.addConstraint(relation, 0, std::move(name), ConstraintType::check);
    made.columns = columns;
    made.uses = std::move(uses);
    made.conjuncts = conjunctsOf(world.relation(relation), expression);
    made.enforced = !notEnforced;
    made.validated = !constraint.flag("skip_validation") && made.enforced;
    made.noInherit = constraint.flag("is_no_inherit");
    const Id id = made.id;
    world.depend({id, 0, false, 0, Bond::automatic}, relation);
    for (const Attribute each : columns) world.depend({id, 0, false, each, Bond::automatic}, relation);
    Uses others = made.uses;
    std::erase_if(others.columns, [&](const ColumnId& used) { return used.relation == relation; });
    world.dependOn(id, others);
    touched.push_back(relation);
    if (!made.noInherit)
        for (const Id child : std::vector<Id>(world.relation(relation).children)) inherit(prediction, child, world.constraints.at(id), touched);
    return id;
}

}  // namespace slipway::postgres
