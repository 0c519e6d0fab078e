// Which productions of the grammar have a form: each DDL statement and each subcommand of ALTER TABLE.
#include <gtest/gtest.h>
#include <pg_query.h>

#include <regex>
#include <set>

#include "engines/postgres/predict/forms.h"
#include "engines/postgres/predict/newer_syntax.h"
#include "forms/form_file.h"

namespace slipway::tests {

namespace {

const std::string folder = SLIPWAY_SOURCE "/tests/forms";

/// The names of nodes and of ALTER TABLE's subtypes in the trees of all forms.
std::set<std::string> namesInTrees() {
    std::set<std::string> names;
    const std::regex name(R"re("(\w+Stmt|AT_\w+)")re");
    for (const std::string& file : formFiles(folder))
        for (const Form& form : readForms(folder + "/" + file)) {
            PgQueryParseResult parsed = pg_query_parse(form.sql.c_str());
            if (parsed.error) {
                pg_query_free_parse_result(parsed);
                parsed = pg_query_parse(postgres::inOlderSyntax(form.sql, 18).value_or("").c_str());
            }
            const std::string tree = parsed.parse_tree ? parsed.parse_tree : "";
            pg_query_free_parse_result(parsed);
            for (std::sregex_iterator each(tree.begin(), tree.end(), name), end; each != end; ++each) names.insert((*each)[1]);
        }
    return names;
}

TEST(Coverage, EachSubcommandOfAlterTableHasAForm) {
    const std::set<std::string> known = namesInTrees();
    // Those of AlterTableType in nodes/parsenodes.h that the grammar makes, version 15.
    for (const char* subtype :
         {"AT_AddColumn", "AT_ColumnDefault", "AT_DropNotNull", "AT_SetNotNull", "AT_DropExpression", "AT_SetStatistics", "AT_SetOptions",
          "AT_ResetOptions", "AT_SetStorage", "AT_SetCompression", "AT_DropColumn", "AT_AddConstraint", "AT_AlterConstraint",
          "AT_ValidateConstraint", "AT_DropConstraint", "AT_AlterColumnType", "AT_AlterColumnGenericOptions", "AT_ChangeOwner", "AT_ClusterOn",
          "AT_DropCluster", "AT_SetLogged", "AT_SetUnLogged", "AT_DropOids", "AT_SetAccessMethod", "AT_SetTableSpace", "AT_SetRelOptions",
          "AT_ResetRelOptions", "AT_EnableTrig", "AT_EnableAlwaysTrig", "AT_EnableReplicaTrig", "AT_DisableTrig", "AT_EnableTrigAll",
          "AT_DisableTrigAll", "AT_EnableTrigUser", "AT_DisableTrigUser", "AT_EnableRule", "AT_EnableAlwaysRule", "AT_EnableReplicaRule",
          "AT_DisableRule", "AT_AddInherit", "AT_DropInherit", "AT_AddOf", "AT_DropOf", "AT_ReplicaIdentity", "AT_EnableRowSecurity",
          "AT_DisableRowSecurity", "AT_ForceRowSecurity", "AT_NoForceRowSecurity", "AT_GenericOptions", "AT_AttachPartition",
          "AT_DetachPartition", "AT_DetachPartitionFinalize", "AT_AddIdentity", "AT_SetIdentity", "AT_DropIdentity"}) {
        EXPECT_TRUE(known.contains(subtype)) << subtype << " has no form";
        EXPECT_TRUE(postgres::findForm(subtype)) << subtype << " is not in the table of forms";
    }
}

TEST(Coverage, EachDdlStatementHasAForm) {
    const std::set<std::string> known = namesInTrees();
    for (const char* node :
         {"AlterCollationStmt", "AlterDatabaseRefreshCollStmt", "AlterDatabaseSetStmt", "AlterDatabaseStmt", "AlterDefaultPrivilegesStmt", "AlterDomainStmt",
          "AlterEnumStmt", "AlterEventTrigStmt", "AlterExtensionContentsStmt", "AlterExtensionStmt", "AlterFdwStmt", "AlterForeignServerStmt",
          "AlterFunctionStmt", "AlterObjectDependsStmt", "AlterObjectSchemaStmt", "AlterOpFamilyStmt", "AlterOperatorStmt", "AlterOwnerStmt",
          "AlterPolicyStmt", "AlterPublicationStmt", "AlterRoleSetStmt", "AlterRoleStmt", "AlterSeqStmt", "AlterStatsStmt", "AlterTSConfigurationStmt",
          "AlterTSDictionaryStmt", "AlterTableMoveAllStmt", "AlterTableStmt", "AlterTypeStmt", "AlterUserMappingStmt", "ClusterStmt", "CommentStmt",
          "CompositeTypeStmt", "CreateAmStmt", "CreateCastStmt", "CreateConversionStmt", "CreateDomainStmt", "CreateEnumStmt", "CreateEventTrigStmt",
          "CreateExtensionStmt", "CreateFdwStmt", "CreateForeignServerStmt", "CreateForeignTableStmt", "CreateFunctionStmt", "CreateOpClassStmt",
          "CreateOpFamilyStmt", "CreatePLangStmt", "CreatePolicyStmt", "CreatePublicationStmt", "CreateRangeStmt", "CreateRoleStmt", "CreateSchemaStmt",
          "CreateSeqStmt", "CreateStatsStmt", "CreateStmt", "CreateSubscriptionStmt", "CreateTableAsStmt", "CreateTableSpaceStmt", "CreateTransformStmt",
          "CreateTrigStmt", "CreateUserMappingStmt", "CreatedbStmt", "DefineStmt", "DropOwnedStmt", "DropRoleStmt", "DropStmt", "DropTableSpaceStmt",
          "DropUserMappingStmt", "DropdbStmt", "GrantRoleStmt", "GrantStmt", "IndexStmt", "LockStmt", "ReassignOwnedStmt", "RefreshMatViewStmt",
          "ReindexStmt", "RenameStmt", "RuleStmt", "TruncateStmt", "VacuumStmt", "ViewStmt"})
        EXPECT_TRUE(known.contains(node)) << node << " has no form";
}

}  // namespace

}  // namespace slipway::tests
