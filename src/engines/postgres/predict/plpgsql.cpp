#include "engines/postgres/predict/plpgsql.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "engines/postgres/predict/parsed.h"
#include "engines/postgres/predict/queries.h"

namespace slipway::postgres {

namespace {

/// RAISE with a level of ERROR (elog.h): it ends the statement, unless somebody catches it.
constexpr int64_t errorLevel = 21;

bool fails(const Node& statement) {
    return statement.is("PLpgSQL_stmt_raise") && statement.number("elog_level") >= errorLevel;
}

bool mayReturn(const std::vector<Node>& list) {
    bool found = false;
    const auto visit = [&](const Node& node) {
        found = found || node.is("PLpgSQL_stmt_return") || node.is("PLpgSQL_stmt_exit");
        return !found;
    };
    for (const Node& each : list)
        if (visit(each)) each.walk(visit);
    return found;
}

std::string_view textOf(const Node& expression) {
    return expression.text("query");
}

/// "x := 1" and "x.y[1] = 1": target and value.
std::pair<std::string_view, std::string_view> assignment(std::string_view text) {
    size_t at = text.find(":=");
    const size_t length = at == std::string_view::npos ? 1 : 2;
    if (length == 1) at = text.find('=');
    if (at == std::string_view::npos) return {{}, text};
    return {trim(text.substr(0, at)), text.substr(at + length)};
}

Node expressionOf(const Parsed& parsed) {
    if (parsed.statements().size() != 1) return {};
    const auto targets = parsed.statements()[0].node.list("targetList");
    return targets.size() == 1 ? targets[0].node("val") : Node();
}

Parsed parsedExpression(std::string_view text) {
    return Parsed::sql("SELECT " + std::string(text));
}

}  // namespace

std::string PlpgsqlPlayer::place(int64_t line) const {
    return fmt::format("line {} of {}", line, name_);
}

void PlpgsqlPlayer::play(const Node& function) {
    readConstants(function);
    const Node action = function.node("action");
    statements({action});
    if (left_ && prediction_.told() != *left_)
        prediction_.uncertain(fmt::format("whether it goes on behind {} is decided at run time", place(leftLine_)));
}

/// Variables that have a constant from the beginning and are never assigned.
void PlpgsqlPlayer::readConstants(const Node& function) {
    std::set<std::string, std::less<>> changed;
    for (const Node& each : function.list("datums")) {
        const std::string name(each.text("refname"));
        if (each.is("PLpgSQL_var") && std::ranges::find(variables_, name) != variables_.end()) changed.insert(name);
        variables_.push_back(name);
    }
    function.walk([&](const Node& node) {
        if (node.is("PLpgSQL_stmt_assign")) changed.insert(std::string(assignment(textOf(node.node("expr"))).first));
        if (node.is("PLpgSQL_row"))
            for (const Node& field : node.list("fields")) changed.insert(std::string(field.text("name")));
        if (node.is("PLpgSQL_stmt_fori")) changed.insert(std::string(node.node("var").text("refname")));
        if (node.is("PLpgSQL_stmt_foreach_a")) {
            const auto number = static_cast<size_t>(node.number("varno"));
            if (number < variables_.size()) changed.insert(variables_[number]);
        }
        return true;
    });
    for (const Node& each : function.list("datums")) {
        const Node value = each.node("default_val");
        if (!each.is("PLpgSQL_var") || !value) continue;
        expression(value, each.number("lineno"));
        if (changed.contains(each.text("refname"))) continue;
        const Parsed parsed = parsedExpression(textOf(value));
        if (const auto constant = constantText(expressionOf(parsed), constants_))
            constants_.emplace(each.text("refname"), *constant);
    }
}

void PlpgsqlPlayer::statements(const std::vector<Node>& list) {
    for (const Node& each : list) {
        if (returned_) return;
        statement(each);
        if (!each.is("PLpgSQL_stmt_return") && !fails(each)) continue;
        if (branches_ == 0 && (handlers_ == 0 || !fails(each))) returned_ = true;
        return;
    }
}

void PlpgsqlPlayer::statement(const Node& statement) {
    const int64_t line = statement.number("lineno");
    if (statement.is("PLpgSQL_stmt_block")) return block(statement);
    if (statement.is("PLpgSQL_stmt_if")) return conditional(statement);
    if (statement.is("PLpgSQL_stmt_case")) return choice(statement);
    if (statement.is("PLpgSQL_stmt_foreach_a")) return forEach(statement);
    if (statement.is("PLpgSQL_stmt_execsql")) return sql(textOf(statement.node("sqlstmt")), line);
    if (statement.is("PLpgSQL_stmt_perform") || statement.is("PLpgSQL_stmt_call"))
        return sql(textOf(statement.node("expr")), line);
    if (statement.is("PLpgSQL_stmt_forc")) {
        const auto number = static_cast<size_t>(statement.number("curvar"));
        prediction_.uncertain(fmt::format("the cursor {} of {} is not followed",
                                          number < variables_.size() ? variables_[number] : "", place(line)));
    }
    // The rest is made of expressions, of queries, of EXECUTE and of bodies, each under its own name.
    for (const char* field : {"expr", "cond", "lower", "upper", "step", "argquery"})
        if (const Node value = statement.node(field)) expression(value, line);
    for (const Node& parameter : statement.list("params")) expression(parameter, line);
    const bool executes = statement.is("PLpgSQL_stmt_dynexecute") || statement.is("PLpgSQL_stmt_dynfors");
    if (const Node query = statement.node("query")) executes ? dynamic(query, line) : sql(textOf(query), line);
    if (const Node query = statement.node("dynquery")) dynamic(query, line);
    // A loop is taken to be run through at least once.
    statements(statement.list("body"));
}

/// What a body with handlers could not do, the handlers are there for.
void PlpgsqlPlayer::block(const Node& block) {
    const Node handlers = block.node("exceptions");
    if (!handlers) return statements(block.list("body"));
    const auto body = block.list("body");
    ++handlers_;
    try {
        statements(body);
    } catch (const CannotRun&) {
    }
    --handlers_;
    if (std::ranges::any_of(body, fails))
        prediction_.uncertain(
            fmt::format("{} undoes what it did, and so gives up locks", place(block.number("lineno"))));
    for (const Node& handler : handlers.list("exc_list")) branch(handler.list("action"), handler.number("lineno"));
}

/// Statements that may be executed or not. That they could not be executed says that they are not.
void PlpgsqlPlayer::branch(const std::vector<Node>& list, int64_t line) {
    if (list.empty() || std::ranges::any_of(list, fails)) return;
    const size_t before = prediction_.told();
    ++branches_;
    try {
        statements(list);
    } catch (const CannotRun&) {
    }
    --branches_;
    const size_t after = prediction_.told();
    if (line == 0) line = list.front().number("lineno");
    if (after != before)
        prediction_.uncertain(fmt::format("whether {} is executed is decided at run time", place(line)));
    if (!left_ && mayReturn(list)) {
        left_ = after;
        leftLine_ = line;
    }
}

void PlpgsqlPlayer::conditional(const Node& statement) {
    struct Arm {
        Node condition;
        std::vector<Node> body;
    };
    std::vector<Arm> arms{{statement.node("cond"), statement.list("then_body")}};
    for (const Node& each : statement.list("elsif_list")) arms.push_back({each.node("cond"), each.list("stmts")});
    bool sure = true;
    for (const Arm& arm : arms) {
        expression(arm.condition, statement.number("lineno"));
        const auto known = decide(arm.condition);
        if (known == false) continue;
        if (known == true && sure) return statements(arm.body);
        branch(arm.body, 0);
        if (known == true) return;
        sure = false;
    }
    if (sure) return statements(statement.list("else_body"));
    branch(statement.list("else_body"), 0);
}

void PlpgsqlPlayer::choice(const Node& statement) {
    const int64_t line = statement.number("lineno");
    if (const Node value = statement.node("t_expr")) expression(value, line);
    for (const Node& when : statement.list("case_when_list")) {
        expression(when.node("expr"), line);
        branch(when.list("stmts"), 0);
    }
    branch(statement.list("else_stmts"), 0);
}

/// FOREACH over an array of constants is as many statements.
void PlpgsqlPlayer::forEach(const Node& statement) {
    expression(statement.node("expr"), statement.number("lineno"));
    const Parsed parsed = parsedExpression(textOf(statement.node("expr")));
    Node array = expressionOf(parsed);
    if (array.is("TypeCast")) array = array.node("arg");
    std::vector<std::string> values;
    for (const Node& each : array.list("elements"))
        if (const auto value = constantText(each, constants_)) values.push_back(*value);
    const auto number = static_cast<size_t>(statement.number("varno"));
    if (!array.is("A_ArrayExpr") || values.empty() || values.size() != array.list("elements").size() ||
        number >= variables_.size())
        return statements(statement.list("body"));
    for (const std::string& value : values) {
        constants_[variables_[number]] = value;
        statements(statement.list("body"));
    }
    constants_.erase(variables_[number]);
}

/// The condition of a trigger's function on what fires it, and constants.
std::optional<bool> PlpgsqlPlayer::decide(const Node& condition) const {
    const Parsed parsed = parsedExpression(textOf(condition));
    Constants known = constants_;
    if (!prediction_.triggerEvent.empty()) known["tg_op"] = prediction_.triggerEvent;
    const std::function<std::optional<bool>(const Node&)> truth = [&](const Node& node) -> std::optional<bool> {
        if (node.is("A_Const") && node.has("boolval")) return node.node("boolval").flag("boolval");
        if (node.is("BoolExpr")) {
            const std::string_view kind = node.text("boolop");
            const auto parts = node.list("args");
            if (kind == "NOT_EXPR") {
                const auto inner = truth(parts[0]);
                return inner ? std::optional(!*inner) : std::nullopt;
            }
            const bool decisive = kind == "OR_EXPR";
            bool unknown = false;
            for (const Node& each : parts) {
                const auto part = truth(each);
                if (part == decisive) return decisive;
                unknown = unknown || !part;
            }
            return unknown ? std::nullopt : std::optional(!decisive);
        }
        if (!node.is("A_Expr")) return std::nullopt;
        const std::string_view kind = node.text("kind"), name = node.names("name").back();
        const auto left = constantText(node.node("lexpr"), known);
        if (!left || (name != "=" && name != "<>")) return std::nullopt;
        bool equal = false;
        if (kind == "AEXPR_IN") {
            for (const Node& each : node.node("rexpr").list("items")) {
                const auto right = constantText(each, known);
                if (!right) return std::nullopt;
                equal = equal || *left == *right;
            }
        } else {
            const auto right = constantText(node.node("rexpr"), known);
            if (kind != "AEXPR_OP" || !right) return std::nullopt;
            equal = *left == *right;
        }
        return equal == (name == "=");
    };
    return truth(expressionOf(parsed));
}

void PlpgsqlPlayer::expression(const Node& expression, int64_t line) {
    const std::string_view text = textOf(expression);
    // Without a parenthesis nothing is called and nothing is looked up.
    if (text.find('(') == std::string_view::npos) return;
    Parsed parsed = parsedExpression(text);
    // An assignment is no expression, its right side is.
    if (!parsed.error().empty()) parsed = parsedExpression(assignment(text).second);
    if (!parsed.error().empty())
        return prediction_.uncertain(fmt::format("{} cannot be read: {}", place(line), parsed.error()));
    for (const Parsed::Statement& each : parsed.statements()) playQuery(prediction_, each.node);
}

void PlpgsqlPlayer::sql(std::string_view text, int64_t line) {
    const Parsed parsed = Parsed::sql(text);
    if (!parsed.error().empty())
        return prediction_.uncertain(fmt::format("{} cannot be read: {}", place(line), parsed.error()));
    for (const Parsed::Statement& each : parsed.statements())
        postgres::play(prediction_, each.node, text.substr(each.begin, each.length));
}

void PlpgsqlPlayer::dynamic(const Node& query, int64_t line) {
    expression(query, line);
    const Parsed parsed = parsedExpression(textOf(query));
    if (const auto text = constantText(expressionOf(parsed), constants_)) return sql(*text, line);
    prediction_.uncertain(fmt::format("EXECUTE builds its statement at run time ({})", place(line)));
}

}  // namespace slipway::postgres
