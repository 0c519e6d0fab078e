#include <algorithm>
#include <array>

#include "base/text.h"
#include "engines/postgres/describe/describe.h"
#include "engines/postgres/predict/ddl.h"
#include "engines/postgres/predict/parsed.h"
#include "engines/postgres/predict/results.h"
#include "engines/postgres/predict/statements.h"

namespace slipway::postgres {

namespace {

/// Statements that touch no relation of the database's own, whatever they say.
void playNothing(Prediction&, const Node&, std::string_view) {}

struct Entry {
    std::string_view node;
    Player player;
};

// Sorted by node.
constexpr auto players = std::to_array<Entry>({
    {"AlterCollationStmt", playNothing},
    {"AlterDatabaseRefreshCollStmt", playNothing},
    {"AlterDatabaseSetStmt", playNothing},
    {"AlterDatabaseStmt", playNothing},
    {"AlterDefaultPrivilegesStmt", playNothing},
    {"AlterDomainStmt", playAlterDomain},
    {"AlterEnumStmt", playAlterEnum},
    {"AlterEventTrigStmt", playNothing},
    {"AlterExtensionContentsStmt", playExtensionContents},
    {"AlterExtensionStmt", playAlterExtension},
    {"AlterFdwStmt", playNothing},
    {"AlterForeignServerStmt", playNothing},
    {"AlterFunctionStmt", playAlterFunction},
    {"AlterObjectDependsStmt", playDepends},
    {"AlterObjectSchemaStmt", playAlterSchema},
    {"AlterOpFamilyStmt", playNothing},
    {"AlterOperatorStmt", playNothing},
    {"AlterOwnerStmt", playAlterOwner},
    {"AlterPolicyStmt", playAlterPolicy},
    {"AlterPublicationStmt", playAlterPublication},
    {"AlterRoleSetStmt", playNothing},
    {"AlterRoleStmt", playNothing},
    {"AlterSeqStmt", playAlterSequence},
    {"AlterStatsStmt", playAlterStatistics},
    {"AlterSubscriptionStmt", playNothing},
    {"AlterSystemStmt", playNothing},
    {"AlterTSConfigurationStmt", playNothing},
    {"AlterTSDictionaryStmt", playNothing},
    {"AlterTableMoveAllStmt", playMoveAll},
    {"AlterTableSpaceOptionsStmt", playNothing},
    {"AlterTableStmt", playAlterTable},
    {"AlterTypeStmt", playNothing},
    {"AlterUserMappingStmt", playNothing},
    {"CallStmt", playCall},
    {"CheckPointStmt", playNothing},
    {"ClosePortalStmt", playNothing},
    {"ClusterStmt", playCluster},
    {"CommentStmt", playComment},
    {"CompositeTypeStmt", playCompositeType},
    {"ConstraintsSetStmt", playNothing},
    {"CopyStmt", playCopy},
    {"CreateAmStmt", playNamedOther},
    {"CreateCastStmt", playNamedOther},
    {"CreateConversionStmt", playNamedOther},
    {"CreateDomainStmt", playCreateDomain},
    {"CreateEnumStmt", playCreateEnum},
    {"CreateEventTrigStmt", playNamedOther},
    {"CreateExtensionStmt", playCreateExtension},
    {"CreateFdwStmt", playNamedOther},
    {"CreateForeignServerStmt", playNamedOther},
    {"CreateForeignTableStmt", playCreateTable},
    {"CreateFunctionStmt", playCreateFunction},
    {"CreateOpClassStmt", playNamedOther},
    {"CreateOpFamilyStmt", playNamedOther},
    {"CreatePLangStmt", playNamedOther},
    {"CreatePolicyStmt", playCreatePolicy},
    {"CreatePublicationStmt", playCreatePublication},
    {"CreateRangeStmt", playCreateRange},
    {"CreateRoleStmt", playNothing},
    {"CreateSchemaStmt", playCreateSchema},
    {"CreateSeqStmt", playCreateSequence},
    {"CreateStatsStmt", playCreateStatistics},
    {"CreateStmt", playCreateTable},
    {"CreateSubscriptionStmt", playNamedOther},
    {"CreateTableAsStmt", playCreateTableAs},
    {"CreateTableSpaceStmt", playNothing},
    {"CreateTransformStmt", playNothing},
    {"CreateTrigStmt", playCreateTrigger},
    {"CreateUserMappingStmt", playNothing},
    {"CreatedbStmt", playNothing},
    {"DeallocateStmt", playNothing},
    {"DeclareCursorStmt", playExplain},
    {"DefineStmt", playDefine},
    {"DeleteStmt", playQueryStatement},
    {"DiscardStmt", playNothing},
    {"DoStmt", playDo},
    {"DropOwnedStmt", playDropOwned},
    {"DropRoleStmt", playNothing},
    {"DropStmt", playDrop},
    {"DropSubscriptionStmt", playNothing},
    {"DropTableSpaceStmt", playNothing},
    {"DropUserMappingStmt", playNothing},
    {"DropdbStmt", playNothing},
    {"ExecuteStmt", playExecute},
    {"ExplainStmt", playExplain},
    {"FetchStmt", playNothing},
    {"GrantRoleStmt", playNothing},
    {"GrantStmt", playGrant},
    {"IndexStmt", playCreateIndex},
    {"InsertStmt", playQueryStatement},
    {"ListenStmt", playNothing},
    {"LoadStmt", playNothing},
    {"LockStmt", playLock},
    {"MergeStmt", playQueryStatement},
    {"NotifyStmt", playNothing},
    {"PrepareStmt", playPrepare},
    {"ReassignOwnedStmt", playDropOwned},
    {"RefreshMatViewStmt", playRefresh},
    {"ReindexStmt", playReindex},
    {"RenameStmt", playRename},
    {"RuleStmt", playCreateRule},
    {"SelectStmt", playQueryStatement},
    {"TransactionStmt", playNothing},
    {"TruncateStmt", playTruncate},
    {"UnlistenStmt", playNothing},
    {"UpdateStmt", playQueryStatement},
    {"VacuumStmt", playVacuum},
    {"VariableSetStmt", playSet},
    {"VariableShowStmt", playNothing},
    {"ViewStmt", playView},
});
static_assert(std::ranges::is_sorted(players, {}, &Entry::node));

}  // namespace

void play(Prediction& prediction, const Node& statement, std::string_view text) {
    if (prediction.describer) prediction.describer->describe(prediction.world, prediction.session, statement, prediction.depth > 0);
    const auto entry = std::ranges::lower_bound(players, statement.type(), {}, &Entry::node);
    if (entry == players.end() || entry->node != statement.type())
        return prediction.uncertain(fmt::format("what {} does is not known here", statement.type()));
    entry->player(prediction, statement, text);
}

void playQueryStatement(Prediction& prediction, const Node& statement, std::string_view) {
    if (!statement.node("intoClause")) return playQuery(prediction, statement);
    // SELECT ... INTO is CREATE TABLE AS in other words.
    const Node into = statement.node("intoClause");
    const QueryUse use = usesOfQuery(prediction.world, prediction.session, statement);
    playQuery(prediction, statement);
    const Node named = into.node("rel");
    const Id schema = schemaFor(prediction, named.text("schemaname"));
    Relation& made = prediction.world.addRelation(schema, std::string(named.text("relname")), RelationKind::table);
    made.temporary = named.text("relpersistence") == "t";
    const Id id = made.id;
    for (const ResultColumn& each : use.output)
        prediction.world.relation(id).columns.push_back({.name = each.name.empty() ? "?column?" : each.name, .type = each.type});
}

void playExplain(Prediction& prediction, const Node& statement, std::string_view text) {
    const Node query = statement.node("query");
    if (statement.is("DeclareCursorStmt")) return playQuery(prediction, query);
    if (booleanIn(statement, "options", "analyze", false) || query.is("ExecuteStmt")) return play(prediction, query, text);
    planQuery(prediction, query.is("CreateTableAsStmt") ? query.node("query") : query);
}

void playPrepare(Prediction& prediction, const Node& statement, std::string_view text) {
    prediction.session.prepared[std::string(statement.text("name"))] = text;
    analyseQuery(prediction, statement.node("query"));
}

void playExecute(Prediction& prediction, const Node& statement, std::string_view) {
    const auto prepared = prediction.session.prepared.find(std::string(statement.text("name")));
    if (prepared == prediction.session.prepared.end()) return prediction.uncertain("nothing is known of the prepared statement");
    const std::string text = prepared->second;
    const Parsed parsed = Parsed::sql(text);
    for (const auto& each : parsed.statements()) play(prediction, each.node.node("query"), text);
}

void playDo(Prediction& prediction, const Node& statement, std::string_view) {
    std::string language = "plpgsql", body;
    for (const Node& option : statement.list("args")) (option.text("defname") == "language" ? language : body) = valueText(option.node("arg"));
    playBlock(prediction, language, body);
}

void playCall(Prediction& prediction, const Node& statement, std::string_view) {
    const Node call = statement.node("funccall");
    const auto found = Names(prediction.world, prediction.session).functions(call.names("funcname"), static_cast<int>(call.list("args").size()));
    if (!found.empty()) return playFunction(prediction, found.front());
    if (prediction.world.complete) throw unknownObject("procedure", join(std::vector<std::string>(1, std::string(schemaAndName(call.names("funcname")).second)), ""), call.number("location"));
    prediction.uncertain("nothing is known of the procedure that is called");
}

void playSet(Prediction& prediction, const Node& statement, std::string_view) {
    SessionState& session = prediction.session;
    const std::string name = lower(statement.text("name"));
    const std::string_view kind = statement.text("kind");
    std::vector<std::string> values;
    for (const Node& each : statement.list("args")) values.push_back(valueText(each));
    const SessionState usual;
    const bool resets = kind != "VAR_SET_VALUE";
    if (name == "search_path") {
        if (values.size() == 1 && values.front().contains(',')) {
            values = split(values.front(), ',');
            for (std::string& each : values) each = trim(each);
        }
        session.searchPath = resets ? usual.searchPath : values;
    } else if (name == "timezone") {
        session.timeZone = resets || values.empty() ? std::nullopt : std::optional<std::string>(upper(values.front()));
        if (session.timeZone == "ETC/UTC" || session.timeZone == "GMT") session.timeZone = "UTC";
    } else if (name == "role") {
        session.role = resets || values.empty() || values.front() == "none" ? "" : values.front();
    } else if (name == "check_function_bodies") {
        session.checkFunctionBodies = resets || (values.front() != "off" && values.front() != "false");
    }
}

}  // namespace slipway::postgres
