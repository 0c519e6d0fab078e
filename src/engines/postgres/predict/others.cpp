// Schemas, extensions, publications, statistics, comments, privileges, and objects that are only names here.
#include <algorithm>

#include "base/text.h"
#include "engines/postgres/predict/ddl.h"
#include "engines/postgres/predict/statements.h"

namespace slipway::postgres {

void playCreateSchema(Prediction& prediction, const Node& statement, std::string_view text) {
    World& world = prediction.world;
    std::string name(statement.text("schemaname"));
    const Node role = statement.node("authrole");
    if (name.empty() && role) name = roleOf(prediction, role);
    if (world.schemaNamed(name)) {
        if (statement.flag("if_not_exists")) return;
        throw duplicateObject("schema", sqlName(name), -1);
    }
    WorldSchema& made = world.addSchema(name);
    made.owner = role ? roleOf(prediction, role) : prediction.session.role;
    // Its elements are created with the new schema in front of the search path (CreateSchemaCommand()).
    const auto path = prediction.session.searchPath;
    prediction.session.searchPath.insert(prediction.session.searchPath.begin(), name);
    for (const Node& element : statement.list("schemaElts")) play(prediction, element, text);
    prediction.session.searchPath = path;
}

void playCreateExtension(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const std::string_view name = statement.text("extname");
    if (world.otherNamed("extension", 0, name)) {
        if (!statement.flag("if_not_exists")) throw duplicateObject("extension", sqlName(name), -1);
        return;
    }
    world.addOther("extension", 0, std::string(name));
}

/// ALTER EXTENSION ... ADD and DROP: get_object_address() locks a relation as ALTER TABLE's weakest form does.
void playExtensionContents(Prediction& prediction, const Node& statement, std::string_view) {
    const Node object = statement.node("object");
    const std::string_view kind = statement.text("objtype");
    if (kind == "OBJECT_TABLE" || kind == "OBJECT_VIEW" || kind == "OBJECT_MATVIEW" || kind == "OBJECT_SEQUENCE" || kind == "OBJECT_FOREIGN_TABLE")
        prediction.lock(findRelation(prediction, object.names("items"), -1), LockMode::shareUpdateExclusive);
}

/// ALTER ... DEPENDS ON EXTENSION.
void playDepends(Prediction& prediction, const Node& statement, std::string_view) {
    if (const Node relation = statement.node("relation")) {
        const bool part = statement.text("objectType") == "OBJECT_TRIGGER";
        prediction.lock(findRelation(prediction, relation), part ? LockMode::accessShare : LockMode::accessExclusive);
    }
}

void playAlterExtension(Prediction& prediction, const Node& statement, std::string_view) {
    prediction.uncertain(fmt::format("what the scripts of the extension {} do is not known here", sqlName(statement.text("extname"))));
}

namespace {

std::vector<Id> tablesOf(Prediction& prediction, const Node& statement) {
    std::vector<Id> tables;
    const World& world = prediction.world;
    for (const Node& each : statement.list("pubobjects")) {
        const Node table = each.node("pubtable");
        if (!table) continue;
        const Id named = findRelation(prediction, table.node("relation"));
        // Inheritors are published with it; partitions need not be named (OpenTableList() in commands/publicationcmds.c).
        const bool alone = !table.node("relation").flag("inh") || world.relation(named).kind == RelationKind::partitioned;
        for (const Id one : alone ? std::vector<Id>{named} : world.withDescendants(named)) tables.push_back(one);
    }
    return tables;
}

}  // namespace

void playCreatePublication(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const auto tables = tablesOf(prediction, statement);
    for (const Id table : tables) prediction.lock(table, LockMode::shareUpdateExclusive);
    WorldOther& made = world.addOther("PUBLICATION", 0, std::string(statement.text("pubname")));
    made.relations = tables;
}

void playAlterPublication(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const auto tables = tablesOf(prediction, statement);
    for (const Id table : tables) prediction.lock(table, LockMode::shareUpdateExclusive);
    const Id publication = world.otherNamed("PUBLICATION", 0, statement.text("pubname"));
    if (!publication) return;
    auto& known = world.others.at(publication).relations;
    const std::string_view action = statement.text("action");
    if (action == "AP_SetObjects") {
        for (const Id table : known) prediction.lock(table, LockMode::shareUpdateExclusive);
        known = tables;
    } else if (action == "AP_DropObjects") {
        for (const Id table : tables) std::erase(known, table);
    } else {
        known.insert(known.end(), tables.begin(), tables.end());
    }
}

void playCreateStatistics(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const Id table = findRelation(prediction, statement.list("relations").front());
    prediction.lock(table, formOf("CreateStatsStmt").lock);
    auto [schemaName, given] = schemaAndName(statement.names("defnames"));
    if (given == marker::unnamed) given = "";
    std::vector<Attribute> columns;
    std::vector<std::string> names;
    for (const Node& each : statement.list("exprs")) {
        const std::string_view column = each.text("name");
        names.emplace_back(column.empty() ? "expr" : column);
        if (!column.empty()) columns.push_back(findColumn(prediction, table, column));
    }
    const Id schema = given.empty() ? world.relation(table).schema : schemaFor(prediction, schemaName);
    std::string name(given);
    for (int pass = 0; name.empty() || (given.empty() && world.statisticsNamed(schema, name)); ++pass)
        name = objectName(world.relation(table).name, indexColumnsName(names), pass ? fmt::format("stat{}", pass) : "stat");
    if (world.statisticsNamed(schema, name)) {
        if (statement.flag("if_not_exists")) return;
        throw duplicateObject("statistics object", sqlName(name), -1);
    }
    WorldStatistics& made = world.addStatistics(schema, std::move(name), table);
    made.columns = columns;
    world.depend({made.id, 0, false, 0, Bond::automatic}, table);
    for (const Attribute column : columns) world.depend({made.id, 0, false, column, Bond::automatic}, table);
}

void playAlterStatistics(Prediction&, const Node&, std::string_view) {}

void playComment(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const std::string_view kind = statement.text("objtype");
    const std::string comment(statement.text("comment"));
    auto parts = statement.node("object").names("items");
    const LockMode mode = formOf("CommentStmt").lock;
    if (isRelation(kind)) {
        const Id relation = findRelation(prediction, parts, -1);
        prediction.lock(relation, mode);
        world.relation(relation).comment = comment;
    } else if (kind == "OBJECT_COLUMN") {
        const std::string_view column = parts.back();
        parts.pop_back();
        const Id relation = findRelation(prediction, parts, -1);
        prediction.lock(relation, mode);
        if (const Attribute number = findColumn(prediction, relation, column)) world.relation(relation).column(number).comment = comment;
    } else if (kind == "OBJECT_TABCONSTRAINT" || kind == "OBJECT_TRIGGER" || kind == "OBJECT_RULE" || kind == "OBJECT_POLICY") {
        parts.pop_back();
        // get_object_address_relobject() opens the table only to find the part.
        prediction.lock(findRelation(prediction, parts, -1), LockMode::accessShare);
    }
}

void playGrant(Prediction& prediction, const Node& statement, std::string_view) {
    // Before 18 no relation is locked; since then the tables that are named are (ExecGrant_Relation()).
    if (prediction.version < 18 || statement.text("targtype") != "ACL_TARGET_OBJECT") return;
    const std::string_view kind = statement.text("objtype");
    if (kind != "OBJECT_TABLE" && kind != "OBJECT_SEQUENCE") return;
    for (const Node& each : statement.list("objects"))
        if (each.is("RangeVar")) prediction.lock(findRelation(prediction, each), LockMode::accessShare);
}

/// Objects of which only the name matters here.
void playNamedOther(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    struct Kind {
        std::string_view node, field, kind;
    };
    static constexpr Kind kinds[] = {{"CreateAmStmt", "amname", "ACCESS_METHOD"},          {"CreateEventTrigStmt", "trigname", "EVENT_TRIGGER"},
                                     {"CreateFdwStmt", "fdwname", "FDW"},                  {"CreateForeignServerStmt", "servername", "FOREIGN_SERVER"},
                                     {"CreatePLangStmt", "plname", "LANGUAGE"},            {"CreateSubscriptionStmt", "subname", "SUBSCRIPTION"},
                                     {"CreateConversionStmt", "conversion_name", "CONVERSION"}, {"CreateOpClassStmt", "opclassname", "OPCLASS"},
                                     {"CreateOpFamilyStmt", "opfamilyname", "OPFAMILY"}};
    for (const Kind& each : kinds) {
        if (each.node != statement.type()) continue;
        const auto parts = statement.names(each.field);
        const std::string name(parts.empty() ? statement.text(each.field) : parts.back());
        const bool inSchema = each.kind == "CONVERSION" || each.kind == "OPCLASS" || each.kind == "OPFAMILY";
        const Id schema = inSchema ? schemaFor(prediction, parts.size() > 1 ? parts[parts.size() - 2] : std::string_view()) : 0;
        const Id id = world.addOther(std::string(each.kind), schema, name).id;
        if (each.kind == "FOREIGN_SERVER") {
            const std::string_view wrapper = statement.text("fdwname");
            Id on = world.otherNamed("FDW", 0, wrapper);
            if (!on) on = world.otherNamed("extension", 0, wrapper);  // such as file_fdw and postgres_fdw, which bring one of their name
            if (on) world.depend({id, 0, false, 0, Bond::normal}, on);
        }
        if (const auto functions = Names(world, prediction.session).functions(statement.names("funcname")); !functions.empty()) {
            world.others.at(id).function = functions.front();
            world.depend({id, 0, false, 0, Bond::normal}, functions.front());
        }
    }
}

}  // namespace slipway::postgres
