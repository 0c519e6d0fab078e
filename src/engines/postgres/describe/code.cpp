// Functions, triggers, rules, policies and views.
#include <algorithm>

#include "base/text.h"
#include "engines/postgres/describe/describe.h"
#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

void createFunction(Description& to, const Node& statement) {
    const auto [schema, name] = schemaAndName(statement.names("funcname"));
    change::CreateFunction change{.name = schema.empty() ? sqlName(name) : sqlName(schema, name), .language = "sql"};
    for (const Node& option : statement.list("options")) {
        const std::string_view what = option.text("defname");
        const Node value = option.node("arg");
        if (what == "language") change.language = lower(valueText(value));
        if (what == "security") change.securityDefiner = value.flag("boolval") || value.number("ival");
        if (what == "set" && value.text("name") == "search_path") change.fixesSearchPath = true;
    }
    const auto parameters = statement.list("parameters");
    const auto inputs = std::ranges::count_if(parameters, [](const Node& each) { return each.text("mode") != "FUNC_PARAM_OUT" && each.text("mode") != "FUNC_PARAM_TABLE"; });
    for (const Id known : to.names.functions(statement.names("funcname"), static_cast<int>(inputs))) {
        if (!statement.flag("replace")) break;
        change.replaces = !to.world.functions.at(known).fresh;
        for (const auto& [id, trigger] : to.world.triggers)
            if (trigger.function == known) change.usedBy.push_back(to.describeObject(id));
    }
    std::ranges::sort(change.usedBy);
    to.tell(std::move(change));
}

void createView(Description& to, const Node& statement) {
    const Node named = statement.node("view");
    change::CreateView change{.view = to.made(named, RelationKind::view), .replaces = statement.flag("replace") && to.find(named)};
    for (const RelationUse& use : usesOfQuery(to.world, to.session, statement.node("query")).relations) change.reads.push_back(to.world.shown(use.relation));
    to.tell(std::move(change), named.number("location"));
}

}  // namespace

void describeCode(Description& to, const Node& statement) {
    if (statement.is("CreateFunctionStmt")) return createFunction(to, statement);
    if (statement.is("ViewStmt")) return createView(to, statement);
    if (statement.is("CreateTrigStmt")) {
        const auto functions = statement.names("funcname");
        return to.tell(change::TriggerChange{.verb = "create", .name = std::string(statement.text("trigname")), .table = to.ref(statement.node("relation")),
                                             .function = functions.empty() ? "" : std::string(functions.back()), .replaces = statement.flag("replace")});
    }
    const bool rule = statement.is("RuleStmt");
    const RelationRef table = to.ref(statement.node(rule ? "relation" : "table"));
    to.tell(change::RuleChange{rule ? "rule" : "policy", statement.is("AlterPolicyStmt") ? "alter" : "create", std::string(statement.text(rule ? "rulename" : "policy_name")), table});
}

}  // namespace slipway::postgres
