// Functions, triggers, rules, policies and views.
#include <algorithm>

#include "base/text.h"
#include "engines/postgres/describe/describe.h"
#include "engines/postgres/lexer.h"
#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

void createFunction(Description& to, const Node& statement) {
    const auto [schema, name] = schemaAndName(statement.names("funcname"));
    change::CreateFunction change{.name = schema.empty() ? sqlName(name) : sqlName(schema, name), .language = "sql"};
    change.orReplace = statement.flag("replace");
    for (const Node& option : statement.list("options")) {
        const std::string_view what = option.text("defname");
        const Node value = option.node("arg");
        if (what == "language") change.language = lower(valueText(value));
        if (what == "security") change.securityDefiner = value.flag("boolval") || value.number("ival");
        if (what == "set" && value.text("name") == "search_path") change.fixesSearchPath = true;
    }
    const auto parameters = statement.list("parameters");
    std::string arguments;
    bool known = true;
    for (const Node& each : parameters) {
        if (each.text("mode") == "FUNC_PARAM_OUT" || each.text("mode") == "FUNC_PARAM_TABLE") continue;
        const TypeRef type = to.names.type(each.node("argType"));
        known = known && type.known();
        arguments += (arguments.empty() ? "" : ", ") + (type.known() ? formatType(to.world, type) : "");
    }
    if (known) change.signature = fmt::format("{} {}({})", statement.flag("is_procedure") ? "procedure" : "function", change.name, arguments);
    const auto inputs = std::ranges::count_if(parameters, [](const Node& each) { return each.text("mode") != "FUNC_PARAM_OUT" && each.text("mode") != "FUNC_PARAM_TABLE"; });
    for (const Id known : to.names.functions(statement.names("funcname"), static_cast<int>(inputs))) {
        if (!statement.flag("replace")) break;
        change.replaces = !to.world.functions.at(known).fresh;
        for (const Dependent& each : to.world.dependents(known))
            if (kindOf(each.object) == ObjectKind::trigger) change.usedBy.push_back(to.describeObject(each.object));
    }
    std::ranges::sort(change.usedBy);
    to.tell(std::move(change));
}

/// What the body of a trigger's function names of NEW and OLD and the table does not have. In PL/pgSQL that is found out
/// when the trigger fires, under somebody's INSERT.
std::vector<std::string> unresolvedIn(const Description& from, Id table, const std::vector<std::string_view>& function) {
    std::vector<std::string> found;
    const auto functions = from.names.functions(function, 0);
    if (!table || functions.empty() || from.world.relation(table).placeholder || from.world.functions.at(functions.front()).language != "plpgsql") return found;
    Lexer lexer(from.world.functions.at(functions.front()).body);
    std::string row;  // NEW or OLD, when the last token was one
    bool dotted = false;
    for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next()) {
        if (!row.empty() && !dotted && lexer.is(token, '.')) {
            dotted = true;
            continue;
        }
        const bool name = token.kind == Token::Kind::word || token.kind == Token::Kind::quotedName;
        if (name && dotted && !from.world.relation(table).attribute(lexer.name(token))) found.push_back(fmt::format("{}.{}", row, lexer.name(token)));
        row = name && !dotted && (lexer.is(token, "NEW") || lexer.is(token, "OLD")) ? upper(lexer.name(token)) : "";
        dotted = false;
    }
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

void createView(Description& to, const Node& statement) {
    const Node named = statement.node("view");
    change::CreateView change{.view = to.made(named, RelationKind::view), .replaces = statement.flag("replace") && to.find(named)};
    to.tell(std::move(change), named.number("location"));
}

}  // namespace

void describeCode(Description& to, const Node& statement) {
    if (statement.is("CreateFunctionStmt")) return createFunction(to, statement);
    if (statement.is("ViewStmt")) return createView(to, statement);
    if (statement.is("CreateTrigStmt")) {
        const auto functions = statement.names("funcname");
        return to.tell(change::TriggerChange{.verb = "create", .name = std::string(statement.text("trigname")), .table = to.ref(statement.node("relation")),
                                             .function = functions.empty() ? "" : std::string(functions.back()), .replaces = statement.flag("replace"),
                                             .unresolved = unresolvedIn(to, to.find(statement.node("relation")), functions)});
    }
    const bool rule = statement.is("RuleStmt");
    const RelationRef table = to.ref(statement.node(rule ? "relation" : "table"));
    to.tell(change::RuleChange{rule ? "rule" : "policy", statement.is("AlterPolicyStmt") ? "alter" : "create", std::string(statement.text(rule ? "rulename" : "policy_name")), table});
}

}  // namespace slipway::postgres
