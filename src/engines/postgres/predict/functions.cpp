// CREATE FUNCTION, ALTER FUNCTION; triggers, rules and policies.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "engines/postgres/predict/ddl.h"
#include "engines/postgres/predict/results.h"
#include "engines/postgres/predict/statements.h"

namespace slipway::postgres {

namespace {

void readOption(WorldFunction& function, const Node& option) {
    const std::string_view name = option.text("defname");
    const Node value = option.node("arg");
    if (name == "language") function.language = lower(valueText(value));
    if (name == "volatility") function.volatility = valueText(value).empty() ? 'v' : valueText(value)[0];
    if (name == "strict") function.strict = value.flag("boolval") || value.number("ival");
    if (name == "security") function.securityDefiner = value.flag("boolval") || value.number("ival");
    if (name == "as") {
        const auto parts = value.names("items");
        function.body = parts.empty() ? value.string() : parts.front();
    }
    if (name == "set" && value.is("VariableSetStmt")) {
        std::string setting = fmt::format("{}=", value.text("name"));
        for (const Node& each : value.list("args")) setting += (setting.back() == '=' ? "" : ", ") + valueText(each);
        function.settings.push_back(std::move(setting));
    }
}

void readParameters(Prediction& prediction, WorldFunction& function, const Node& statement) {
    function.arguments.clear();
    function.argumentNames.clear();
    function.defaults = 0;
    std::vector<std::string> results;
    for (const Node& parameter : statement.list("parameters")) {
        const std::string_view mode = parameter.text("mode");
        if (mode == "FUNC_PARAM_OUT" || mode == "FUNC_PARAM_TABLE") {
            results.emplace_back(parameter.text("name"));
            function.returnsTable = function.returnsTable || mode == "FUNC_PARAM_TABLE";
            continue;
        }
        function.arguments.push_back(findType(prediction, parameter.node("argType")));
        function.argumentNames.emplace_back(parameter.text("name"));
        function.variadic = function.variadic || mode == "FUNC_PARAM_VARIADIC";
        if (parameter.has("defexpr")) function.defaults++;
    }
    function.argumentNames.insert(function.argumentNames.end(), results.begin(), results.end());
}

/// The statements of a BEGIN ATOMIC body or a RETURN, which the server analyses when the function is made.
std::vector<Node> atomicBody(const Node& body) {
    std::vector<Node> statements;
    if (body.is("List"))
        for (const Node& list : body.list("items"))
            for (const Node& each : list.list("items")) statements.push_back(each);
    return statements;
}

}  // namespace

void playCreateFunction(Prediction& prediction, const Node& statement, std::string_view text) {
    World& world = prediction.world;
    const auto [schemaName, name] = schemaAndName(statement.names("funcname"));
    const Id schema = schemaFor(prediction, schemaName);
    WorldFunction described;
    readParameters(prediction, described, statement);
    Id id = 0;
    for (const Id known : world.functionsNamed(schema, name))
        if (std::ranges::equal(world.functions.at(known).arguments, described.arguments, sameBaseType)) id = known;
    if (id && !statement.flag("replace")) throw duplicateObject("function", world.shown(id), -1);
    if (!id) id = world.addFunction(schema, std::string(name)).id;
    else world.release(id);

    WorldFunction& function = world.functions.at(id);
    const bool replaced = function.returns.known();
    const TypeRef formerly = function.returns;
    const bool formerlySet = function.returnsSet;
    readParameters(prediction, function, statement);
    function.kind = statement.flag("is_procedure") ? FunctionKind::procedure : FunctionKind::function;
    function.language = "sql";
    function.volatility = 'v';
    function.strict = false;
    function.securityDefiner = false;
    function.owner = prediction.session.role;
    function.settings.clear();
    function.body.clear();
    for (const Node& option : statement.list("options")) readOption(function, option);
    if (const Node returns = statement.node("returnType")) {
        function.returnsSet = returns.flag("setof");
        function.returnsTrigger = !returns.names("names").empty() && returns.names("names").back() == "trigger";
        function.returns = findType(prediction, returns);
        if (replaced && function.returns.known() && (!sameBaseType(formerly, function.returns) || formerlySet != function.returnsSet))  // ProcedureCreate() in catalog/pg_proc.c
            throw CannotRun{"cannot-run", fmt::format("CREATE OR REPLACE cannot change what function {} returns", world.shown(id)), "drop it first, in the same transaction", -1};
    }
    for (const TypeRef& argument : function.arguments) world.dependOn(id, usesOf(argument));
    world.dependOn(id, usesOf(function.returns));

    if (const Node body = statement.node("sql_body")) {
        for (const Node& each : atomicBody(body)) {
            const QueryUse use = usesOfQuery(world, prediction.session, each);
            analyseQuery(prediction, each);
            world.dependOn(id, use.uses);
        }
        if (body.is("ReturnStmt")) {
            const Uses uses = usesOfExpression(world, prediction.session, body.node("returnval"), 0);
            for (const ColumnId& used : uses.columns) prediction.lock(used.relation, LockMode::accessShare);
            world.dependOn(id, uses);
        }
        // Its statements are found again in the whole of it.
        function.language = "sql atomic";
        function.body = text;
    } else if (function.language == "sql" && prediction.session.checkFunctionBodies) {
        lockFunctionBody(prediction, id);
    }
}

void playAlterFunction(Prediction& prediction, const Node& statement, std::string_view) {
    const Id id = Names(prediction.world, prediction.session).function(statement.node("func"));
    if (!id) return;
    for (const Node& option : statement.list("actions")) readOption(prediction.world.functions.at(id), option);
}

void playCreateTrigger(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const Id table = findRelation(prediction, statement.node("relation"));
    const bool row = statement.flag("row");
    const bool recurse = row && world.relation(table).kind == RelationKind::partitioned;
    if (recurse) prediction.lockWithDescendants(table, formOf("CreateTrigStmt").lock);
    prediction.lock(table, formOf("CreateTrigStmt").lock);
    const Id referenced = statement.node("constrrel") ? findRelation(prediction, statement.node("constrrel")) : 0;
    if (referenced) prediction.lock(referenced, LockMode::accessShare);
    const auto functions = Names(world, prediction.session).functions(statement.names("funcname"), 0);
    const std::string name(statement.text("trigname"));
    std::vector<Id> tables = recurse ? world.withDescendants(table) : std::vector<Id>{table};
    std::map<Id, Id> made;
    for (const Id each : tables) {
        for (const Id known : std::vector<Id>(world.relation(each).triggers))
            if (world.triggers.at(known).name == name) {
                if (!statement.flag("replace")) throw duplicateObject("trigger", fmt::format("{} on {}", sqlName(name), world.shown(each)), -1);
                world.erase(known);
            }
        WorldTrigger& trigger = world.addTrigger(each, name);
        trigger.function = functions.empty() ? 0 : functions.front();
        trigger.row = row;
        trigger.constraint = statement.flag("isconstraint");
        trigger.referenced = referenced;
        trigger.deferred = statement.flag("initdeferred");
        trigger.conditional = statement.has("whenClause");
        trigger.timing = statement.number("timing") == 2 ? "before" : statement.number("timing") == 64 ? "instead" : "after";  // TRIGGER_TYPE_* in pg_trigger.h
        constexpr std::pair<int64_t, const char*> events[] = {{4, "insert"}, {8, "delete"}, {16, "update"}, {32, "truncate"}};
        for (const auto& [bit, event] : events)
            if (statement.number("events") & bit) trigger.events += (trigger.events.empty() ? "" : " ") + std::string(event);
        const Id id = trigger.id;
        made[each] = id;
        if (each != table) {
            trigger.parent = made[world.relation(each).partition->parent];
            world.depend({id, 0, false, 0, Bond::internal}, trigger.parent);
        }
        world.depend({id, 0, false, 0, Bond::automatic}, each);
        if (trigger.function) world.depend({id, 0, false, 0, Bond::normal}, trigger.function);
        if (referenced) world.depend({id, 0, false, 0, Bond::automatic}, referenced);
        for (const std::string_view column : statement.names("columns"))
            if (const Attribute on = world.relation(each).attribute(column)) {
                world.triggers.at(id).columns.push_back(on);
                world.depend({id, 0, false, on, Bond::normal}, each);
            }
        if (const Node when = statement.node("whenClause")) {
            Uses uses = usesOfExpression(world, prediction.session, when, each, true);
            world.dependOn(id, uses);
        }
    }
}

void playCreateRule(Prediction& prediction, const Node& statement, std::string_view text) {
    World& world = prediction.world;
    const Id table = findRelation(prediction, statement.node("relation"));
    prediction.lock(table, formOf("RuleStmt").lock);
    const std::string name(statement.text("rulename"));
    for (const Id known : std::vector<Id>(world.relation(table).rules))
        if (world.rules.at(known).name == name) {
            if (!statement.flag("replace")) throw duplicateObject("rule", fmt::format("{} on {}", sqlName(name), world.shown(table)), -1);
            world.erase(known);
        }
    WorldPart& rule = world.addRule(table, name);
    rule.event = lower(statement.text("event").substr(4));  // CMD_INSERT
    rule.instead = statement.flag("instead");
    const Id id = rule.id;
    world.depend({id, 0, false, 0, Bond::automatic}, table);
    for (const Node& action : statement.list("actions")) {
        if (!action) continue;
        const QueryUse use = usesOfQuery(world, prediction.session, action);
        lockNamed(prediction, use);
        world.dependOn(id, use.uses);
    }
    // The rule's actions are read again when a query fires it: the whole CREATE RULE is kept as its text.
    world.rules.at(id).actions = {std::string(text)};
}

namespace {

Id policyNamed(const World& world, Id table, std::string_view name) {
    for (const Id id : world.relation(table).policies)
        if (world.policies.at(id).name == name) return id;
    return 0;
}

void readPolicy(Prediction& prediction, Id table, Id policy, const Node& statement) {
    World& world = prediction.world;
    for (const std::string_view field : {"qual", "with_check"}) {
        const Node expression = statement.node(field);
        if (!expression) continue;
        const Uses uses = usesOfExpression(world, prediction.session, expression, table);
        for (const ColumnId& used : uses.columns)
            if (used.relation != table) prediction.lock(used.relation, LockMode::accessShare);
        world.dependOn(policy, uses);
    }
    world.depend({policy, 0, false, 0, Bond::automatic}, table);
}

}  // namespace

void playCreatePolicy(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const Id table = findRelation(prediction, statement.node("table"));
    prediction.lock(table, formOf("CreatePolicyStmt").lock);
    const std::string_view name = statement.text("policy_name");
    if (policyNamed(world, table, name)) throw duplicateObject("policy", fmt::format("{} on {}", sqlName(name), world.shown(table)), -1);
    WorldPart& policy = world.addPolicy(table, std::string(name));
    policy.event = statement.text("cmd_name");
    readPolicy(prediction, table, policy.id, statement);
}

void playAlterPolicy(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const Id table = findRelation(prediction, statement.node("table"));
    prediction.lock(table, formOf("CreatePolicyStmt").lock);
    const Id policy = policyNamed(world, table, statement.text("policy_name"));
    if (!policy) {
        if (world.relation(table).placeholder) return;
        throw unknownObject("policy", fmt::format("{} on {}", sqlName(statement.text("policy_name")), world.shown(table)), -1);
    }
    readPolicy(prediction, table, policy, statement);
}

}  // namespace slipway::postgres
