#include "engines/postgres/parse_kinds.h"

#include <algorithm>

namespace slipway::postgres {

namespace {

constexpr std::string_view view(const char* kind) { return kind; }

/// Every command tag that a migration can meet (PostgreSQL 18, src/include/tcop/cmdtaglist.h), sorted.
constexpr const char* kinds[] = {
    "alter_access_method", "alter_aggregate", "alter_cast", "alter_collation", "alter_conversion", "alter_database",
    "alter_default_privileges", "alter_domain", "alter_event_trigger", "alter_extension", "alter_foreign_data_wrapper",
    "alter_foreign_table", "alter_function", "alter_index", "alter_language", "alter_large_object",
    "alter_materialized_view", "alter_operator", "alter_operator_class", "alter_operator_family", "alter_policy",
    "alter_procedure", "alter_publication", "alter_role", "alter_routine", "alter_rule", "alter_schema",
    "alter_sequence", "alter_server", "alter_statistics", "alter_subscription", "alter_system", "alter_table",
    "alter_tablespace", "alter_text_search_configuration", "alter_text_search_dictionary", "alter_text_search_parser",
    "alter_text_search_template", "alter_transform", "alter_trigger", "alter_type", "alter_user_mapping", "alter_view",
    "analyze", "begin", "call", "checkpoint", "close_cursor", "cluster", "comment", "commit", "commit_prepared", "copy",
    "create_access_method", "create_aggregate", "create_cast", "create_collation", "create_conversion",
    "create_database", "create_domain", "create_event_trigger", "create_extension", "create_foreign_data_wrapper",
    "create_foreign_table", "create_function", "create_index", "create_language", "create_materialized_view",
    "create_operator", "create_operator_class", "create_operator_family", "create_policy", "create_procedure",
    "create_publication", "create_role", "create_rule", "create_schema", "create_sequence", "create_server",
    "create_statistics", "create_subscription", "create_table", "create_table_as", "create_tablespace",
    "create_text_search_configuration", "create_text_search_dictionary", "create_text_search_parser",
    "create_text_search_template", "create_transform", "create_trigger", "create_type", "create_user_mapping",
    "create_view", "deallocate", "declare_cursor", "delete", "discard", "do", "drop_access_method", "drop_aggregate",
    "drop_cast", "drop_collation", "drop_conversion", "drop_database", "drop_domain", "drop_event_trigger",
    "drop_extension", "drop_foreign_data_wrapper", "drop_foreign_table", "drop_function", "drop_index",
    "drop_language", "drop_materialized_view", "drop_operator", "drop_operator_class", "drop_operator_family",
    "drop_owned", "drop_policy", "drop_procedure", "drop_publication", "drop_role", "drop_routine", "drop_rule",
    "drop_schema", "drop_sequence", "drop_server", "drop_statistics", "drop_subscription", "drop_table",
    "drop_tablespace", "drop_text_search_configuration", "drop_text_search_dictionary", "drop_text_search_parser",
    "drop_text_search_template", "drop_transform", "drop_trigger", "drop_type", "drop_user_mapping", "drop_view",
    "execute", "explain", "fetch", "grant", "grant_role", "import_foreign_schema", "insert", "listen", "load",
    "lock_table", "merge", "move", "notify", "prepare", "prepare_transaction", "reassign_owned",
    "refresh_materialized_view", "reindex", "release", "reset", "revoke", "revoke_role", "rollback",
    "rollback_prepared", "savepoint", "security_label", "select", "set", "set_constraints", "show",
    "start_transaction", "truncate_table", "unlisten", "update", "vacuum",
};
static_assert(std::ranges::is_sorted(kinds, {}, view));

/// The statements of PostgreSQL 15 as libpg_query names their nodes, sorted; the tags are those of
/// CreateCommandTag() in src/backend/tcop/utility.c.
constexpr NodeKind nodes[] = {
    {"AlterCollationStmt", "alter_collation"},
    {"AlterDatabaseRefreshCollStmt", "alter_database"},
    {"AlterDatabaseSetStmt", "alter_database"},
    {"AlterDatabaseStmt", "alter_database"},
    {"AlterDefaultPrivilegesStmt", "alter_default_privileges"},
    {"AlterDomainStmt", "alter_domain"},
    {"AlterEnumStmt", "alter_type"},
    {"AlterEventTrigStmt", "alter_event_trigger"},
    {"AlterExtensionContentsStmt", "alter_extension"},
    {"AlterExtensionStmt", "alter_extension"},
    {"AlterFdwStmt", "alter_foreign_data_wrapper"},
    {"AlterForeignServerStmt", "alter_server"},
    {"AlterFunctionStmt", "alter", "objtype"},
    {"AlterObjectDependsStmt", "alter", "objectType"},
    {"AlterObjectSchemaStmt", "alter", "objectType"},
    {"AlterOpFamilyStmt", "alter_operator_family"},
    {"AlterOperatorStmt", "alter_operator"},
    {"AlterOwnerStmt", "alter", "objectType"},
    {"AlterPolicyStmt", "alter_policy"},
    {"AlterPublicationStmt", "alter_publication"},
    {"AlterRoleSetStmt", "alter_role"},
    {"AlterRoleStmt", "alter_role"},
    {"AlterSeqStmt", "alter_sequence"},
    {"AlterStatsStmt", "alter_statistics"},
    {"AlterSubscriptionStmt", "alter_subscription"},
    {"AlterSystemStmt", "alter_system"},
    {"AlterTSConfigurationStmt", "alter_text_search_configuration"},
    {"AlterTSDictionaryStmt", "alter_text_search_dictionary"},
    {"AlterTableMoveAllStmt", "alter", "objtype"},
    {"AlterTableSpaceOptionsStmt", "alter_tablespace"},
    {"AlterTableStmt", "alter", "objtype"},
    {"AlterTypeStmt", "alter_type"},
    {"AlterUserMappingStmt", "alter_user_mapping"},
    {"CallStmt", "call"},
    {"CheckPointStmt", "checkpoint"},
    {"ClosePortalStmt", "close_cursor"},
    {"ClusterStmt", "cluster"},
    {"CommentStmt", "comment"},
    {"CompositeTypeStmt", "create_type"},
    {"ConstraintsSetStmt", "set_constraints"},
    {"CopyStmt", "copy"},
    {"CreateAmStmt", "create_access_method"},
    {"CreateCastStmt", "create_cast"},
    {"CreateConversionStmt", "create_conversion"},
    {"CreateDomainStmt", "create_domain"},
    {"CreateEnumStmt", "create_type"},
    {"CreateEventTrigStmt", "create_event_trigger"},
    {"CreateExtensionStmt", "create_extension"},
    {"CreateFdwStmt", "create_foreign_data_wrapper"},
    {"CreateForeignServerStmt", "create_server"},
    {"CreateForeignTableStmt", "create_foreign_table"},
    {"CreateFunctionStmt", "create_function"},
    {"CreateOpClassStmt", "create_operator_class"},
    {"CreateOpFamilyStmt", "create_operator_family"},
    {"CreatePLangStmt", "create_language"},
    {"CreatePolicyStmt", "create_policy"},
    {"CreatePublicationStmt", "create_publication"},
    {"CreateRangeStmt", "create_type"},
    {"CreateRoleStmt", "create_role"},
    {"CreateSchemaStmt", "create_schema"},
    {"CreateSeqStmt", "create_sequence"},
    {"CreateStatsStmt", "create_statistics"},
    {"CreateStmt", "create_table"},
    {"CreateSubscriptionStmt", "create_subscription"},
    {"CreateTableAsStmt", "create_table_as"},
    {"CreateTableSpaceStmt", "create_tablespace"},
    {"CreateTransformStmt", "create_transform"},
    {"CreateTrigStmt", "create_trigger"},
    {"CreateUserMappingStmt", "create_user_mapping"},
    {"CreatedbStmt", "create_database"},
    {"DeallocateStmt", "deallocate"},
    {"DeclareCursorStmt", "declare_cursor"},
    {"DefineStmt", "create", "kind"},
    {"DeleteStmt", "delete"},
    {"DiscardStmt", "discard"},
    {"DoStmt", "do"},
    {"DropOwnedStmt", "drop_owned"},
    {"DropRoleStmt", "drop_role"},
    {"DropStmt", "drop", "removeType"},
    {"DropSubscriptionStmt", "drop_subscription"},
    {"DropTableSpaceStmt", "drop_tablespace"},
    {"DropUserMappingStmt", "drop_user_mapping"},
    {"DropdbStmt", "drop_database"},
    {"ExecuteStmt", "execute"},
    {"ExplainStmt", "explain"},
    {"FetchStmt", "fetch"},
    {"GrantRoleStmt", "grant_role"},
    {"GrantStmt", "grant"},
    {"ImportForeignSchemaStmt", "import_foreign_schema"},
    {"IndexStmt", "create_index"},
    {"InsertStmt", "insert"},
    {"ListenStmt", "listen"},
    {"LoadStmt", "load"},
    {"LockStmt", "lock_table"},
    {"MergeStmt", "merge"},
    {"NotifyStmt", "notify"},
    {"PrepareStmt", "prepare"},
    {"ReassignOwnedStmt", "reassign_owned"},
    {"RefreshMatViewStmt", "refresh_materialized_view"},
    {"ReindexStmt", "reindex"},
    {"RenameStmt", "alter", "renameType"},
    {"RuleStmt", "create_rule"},
    {"SecLabelStmt", "security_label"},
    {"SelectStmt", "select"},
    {"TransactionStmt", "begin"},
    {"TruncateStmt", "truncate_table"},
    {"UnlistenStmt", "unlisten"},
    {"UpdateStmt", "update"},
    {"VacuumStmt", "vacuum"},
    {"VariableSetStmt", "set"},
    {"VariableShowStmt", "show"},
    {"ViewStmt", "create_view"},
};
static_assert(std::ranges::is_sorted(nodes, {}, &NodeKind::node));

struct ObjectType {
    std::string_view name;
    std::string_view words;
};

/// ObjectType of src/include/nodes/parsenodes.h, with the words of AlterObjectTypeCommandTag(): what is part of an
/// object stands for the object.
constexpr ObjectType objectTypes[] = {
    {"OBJECT_ACCESS_METHOD", "access_method"},
    {"OBJECT_AGGREGATE", "aggregate"},
    {"OBJECT_ATTRIBUTE", "type"},
    {"OBJECT_CAST", "cast"},
    {"OBJECT_COLLATION", "collation"},
    {"OBJECT_COLUMN", "table"},
    {"OBJECT_CONVERSION", "conversion"},
    {"OBJECT_DATABASE", "database"},
    {"OBJECT_DOMAIN", "domain"},
    {"OBJECT_DOMCONSTRAINT", "domain"},
    {"OBJECT_EVENT_TRIGGER", "event_trigger"},
    {"OBJECT_EXTENSION", "extension"},
    {"OBJECT_FDW", "foreign_data_wrapper"},
    {"OBJECT_FOREIGN_SERVER", "server"},
    {"OBJECT_FOREIGN_TABLE", "foreign_table"},
    {"OBJECT_FUNCTION", "function"},
    {"OBJECT_INDEX", "index"},
    {"OBJECT_LANGUAGE", "language"},
    {"OBJECT_LARGEOBJECT", "large_object"},
    {"OBJECT_MATVIEW", "materialized_view"},
    {"OBJECT_OPCLASS", "operator_class"},
    {"OBJECT_OPERATOR", "operator"},
    {"OBJECT_OPFAMILY", "operator_family"},
    {"OBJECT_POLICY", "policy"},
    {"OBJECT_PROCEDURE", "procedure"},
    {"OBJECT_PUBLICATION", "publication"},
    {"OBJECT_ROLE", "role"},
    {"OBJECT_ROUTINE", "routine"},
    {"OBJECT_RULE", "rule"},
    {"OBJECT_SCHEMA", "schema"},
    {"OBJECT_SEQUENCE", "sequence"},
    {"OBJECT_STATISTIC_EXT", "statistics"},
    {"OBJECT_SUBSCRIPTION", "subscription"},
    {"OBJECT_TABCONSTRAINT", "table"},
    {"OBJECT_TABLE", "table"},
    {"OBJECT_TABLESPACE", "tablespace"},
    {"OBJECT_TRANSFORM", "transform"},
    {"OBJECT_TRIGGER", "trigger"},
    {"OBJECT_TSCONFIGURATION", "text_search_configuration"},
    {"OBJECT_TSDICTIONARY", "text_search_dictionary"},
    {"OBJECT_TSPARSER", "text_search_parser"},
    {"OBJECT_TSTEMPLATE", "text_search_template"},
    {"OBJECT_TYPE", "type"},
    {"OBJECT_USER_MAPPING", "user_mapping"},
    {"OBJECT_VIEW", "view"},
};
static_assert(std::ranges::is_sorted(objectTypes, {}, &ObjectType::name));

}  // namespace

const char* kindNamed(std::string_view name) {
    const auto found = std::ranges::lower_bound(kinds, name, {}, view);
    return found != std::end(kinds) && *found == name ? *found : nullptr;
}

const NodeKind* kindOfNode(std::string_view node) {
    const auto found = std::ranges::lower_bound(nodes, node, {}, &NodeKind::node);
    return found != std::end(nodes) && found->node == node ? found : nullptr;
}

std::string_view objectWords(std::string_view objectType) {
    const auto found = std::ranges::lower_bound(objectTypes, objectType, {}, &ObjectType::name);
    return found != std::end(objectTypes) && found->name == objectType ? found->words : std::string_view();
}

}  // namespace slipway::postgres
