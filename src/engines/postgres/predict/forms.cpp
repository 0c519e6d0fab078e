#include "engines/postgres/predict/forms.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace slipway::postgres {

namespace {

using enum LockMode;

constexpr std::string_view level = "AlterTableGetLockLevel(), commands/tablecmds.c";
constexpr std::string_view no = "no", yes = "yes";

// Sorted by key. Files are those below src/backend in the server's source, versions 13 to 18.
constexpr auto table = std::to_array<Form>({
    {"AT_AddColumn", "ALTER TABLE ... ADD COLUMN", "table", accessExclusive, "inheritors and partitions alike", "when the value differs from row to row: a volatile default, serial, identity, a stored generated column, a domain with constraints", "when it is rewritten, or has a CHECK", 0, level},
    {"AT_AddColumnToView", "CREATE OR REPLACE VIEW", "view", accessExclusive, "", no, no, 0, level},
    {"AT_AddConstraint", "ALTER TABLE ... ADD table_constraint", "table", accessExclusive, "FOREIGN KEY: SHARE ROW EXCLUSIVE on both tables", no, "unless NOT VALID or NOT ENFORCED", 0, level},
    {"AT_AddIdentity", "ALTER TABLE ... ALTER COLUMN ADD GENERATED AS IDENTITY", "table", accessExclusive, "", no, no, 0, level},
    {"AT_AddInherit", "ALTER TABLE ... INHERIT", "table", accessExclusive, "SHARE UPDATE EXCLUSIVE on the parent", no, no, 0, "ATExecAddInherit(), commands/tablecmds.c"},
    {"AT_AddOf", "ALTER TABLE ... OF", "table", accessExclusive, "", no, no, 0, level},
    {"AT_AlterColumnGenericOptions", "ALTER FOREIGN TABLE ... ALTER COLUMN OPTIONS", "foreign table", accessExclusive, "", no, no, 0, level},
    {"AT_AlterColumnType", "ALTER TABLE ... ALTER COLUMN SET DATA TYPE", "table", accessExclusive, "inheritors; the tables of foreign keys on the column; its indexes", "unless the new type holds the old values as they are", "when it is rewritten, an index is rebuilt or a constraint is checked again", 0, "ATColumnChangeRequiresRewrite(), commands/tablecmds.c"},
    {"AT_AlterConstraint", "ALTER TABLE ... ALTER CONSTRAINT", "table", accessExclusive, "", no, no, 0, level},
    {"AT_AttachPartition", "ALTER TABLE ... ATTACH PARTITION", "partitioned table", shareUpdateExclusive, "ACCESS EXCLUSIVE on the new partition and on the default partition", no, "the new partition unless a CHECK proves the bound; the default partition unless a CHECK excludes it", 0, "ATExecAttachPartition(), commands/tablecmds.c"},
    {"AT_ChangeOwner", "ALTER TABLE ... OWNER TO", "table", accessExclusive, "its indexes and owned sequences, when the owner changes", no, no, 0, "ATExecChangeOwner(), commands/tablecmds.c"},
    {"AT_ClusterOn", "ALTER TABLE ... CLUSTER ON", "table", shareUpdateExclusive, "SHARE UPDATE EXCLUSIVE on the index", no, no, 0, level},
    {"AT_ColumnDefault", "ALTER TABLE ... ALTER COLUMN SET DEFAULT", "table", accessExclusive, "inheritors and partitions alike", no, no, 0, level},
    {"AT_DetachPartition", "ALTER TABLE ... DETACH PARTITION", "partitioned table", accessExclusive, "ACCESS EXCLUSIVE on the partition and on the default partition; 12 and 13: SHARE UPDATE EXCLUSIVE on the partition", no, no, 0, "ATExecDetachPartition(), commands/tablecmds.c"},
    {"AT_DetachPartitionConcurrently", "ALTER TABLE ... DETACH PARTITION ... CONCURRENTLY", "partitioned table", shareUpdateExclusive, "ACCESS EXCLUSIVE on the partition in its second transaction", no, no, 14, "ATExecDetachPartition(), commands/tablecmds.c"},
    {"AT_DetachPartitionFinalize", "ALTER TABLE ... DETACH PARTITION ... FINALIZE", "partitioned table", shareUpdateExclusive, "ACCESS EXCLUSIVE on the partition", no, no, 14, "ATExecDetachPartitionFinalize(), commands/tablecmds.c"},
    {"AT_DisableRowSecurity", "ALTER TABLE ... DISABLE ROW LEVEL SECURITY", "table", accessExclusive, "", no, no, 0, level},
    {"AT_DisableRule", "ALTER TABLE ... DISABLE RULE", "table", accessExclusive, "", no, no, 0, level},
    {"AT_DisableTrig", "ALTER TABLE ... DISABLE TRIGGER", "table", shareRowExclusive, "", no, no, 0, level},
    {"AT_DisableTrigAll", "ALTER TABLE ... DISABLE TRIGGER ALL", "table", shareRowExclusive, "", no, no, 0, level},
    {"AT_DisableTrigUser", "ALTER TABLE ... DISABLE TRIGGER USER", "table", shareRowExclusive, "", no, no, 0, level},
    {"AT_DropCluster", "ALTER TABLE ... SET WITHOUT CLUSTER", "table", shareUpdateExclusive, "", no, no, 0, level},
    {"AT_DropColumn", "ALTER TABLE ... DROP COLUMN", "table", accessExclusive, "its indexes; the tables of foreign keys on the column", no, no, 0, level},
    {"AT_DropConstraint", "ALTER TABLE ... DROP CONSTRAINT", "table", accessExclusive, "FOREIGN KEY: ACCESS EXCLUSIVE on the referenced table, too", no, no, 0, "ATExecDropConstraint(), commands/tablecmds.c"},
    {"AT_DropExpression", "ALTER TABLE ... ALTER COLUMN DROP EXPRESSION", "table", accessExclusive, "", no, no, 13, level},
    {"AT_DropIdentity", "ALTER TABLE ... ALTER COLUMN DROP IDENTITY", "table", accessExclusive, "ACCESS EXCLUSIVE on the sequence", no, no, 0, level},
    {"AT_DropInherit", "ALTER TABLE ... NO INHERIT", "table", accessExclusive, "ACCESS SHARE on the parent", no, no, 0, "ATExecDropInherit(), commands/tablecmds.c"},
    {"AT_DropNotNull", "ALTER TABLE ... ALTER COLUMN DROP NOT NULL", "table", accessExclusive, "inheritors and partitions alike", no, no, 0, level},
    {"AT_DropOids", "ALTER TABLE ... SET WITHOUT OIDS", "table", accessExclusive, "", no, no, 0, level},
    {"AT_DropOf", "ALTER TABLE ... NOT OF", "table", accessExclusive, "", no, no, 0, level},
    {"AT_EnableAlwaysRule", "ALTER TABLE ... ENABLE ALWAYS RULE", "table", accessExclusive, "", no, no, 0, level},
    {"AT_EnableAlwaysTrig", "ALTER TABLE ... ENABLE ALWAYS TRIGGER", "table", shareRowExclusive, "", no, no, 0, level},
    {"AT_EnableReplicaRule", "ALTER TABLE ... ENABLE REPLICA RULE", "table", accessExclusive, "", no, no, 0, level},
    {"AT_EnableReplicaTrig", "ALTER TABLE ... ENABLE REPLICA TRIGGER", "table", shareRowExclusive, "", no, no, 0, level},
    {"AT_EnableRowSecurity", "ALTER TABLE ... ENABLE ROW LEVEL SECURITY", "table", accessExclusive, "", no, no, 0, level},
    {"AT_EnableRule", "ALTER TABLE ... ENABLE RULE", "table", accessExclusive, "", no, no, 0, level},
    {"AT_EnableTrig", "ALTER TABLE ... ENABLE TRIGGER", "table", shareRowExclusive, "", no, no, 0, level},
    {"AT_EnableTrigAll", "ALTER TABLE ... ENABLE TRIGGER ALL", "table", shareRowExclusive, "", no, no, 0, level},
    {"AT_EnableTrigUser", "ALTER TABLE ... ENABLE TRIGGER USER", "table", shareRowExclusive, "", no, no, 0, level},
    {"AT_ForceRowSecurity", "ALTER TABLE ... FORCE ROW LEVEL SECURITY", "table", accessExclusive, "", no, no, 0, level},
    {"AT_GenericOptions", "ALTER FOREIGN TABLE ... OPTIONS", "foreign table", accessExclusive, "", no, no, 0, level},
    {"AT_NoForceRowSecurity", "ALTER TABLE ... NO FORCE ROW LEVEL SECURITY", "table", accessExclusive, "", no, no, 0, level},
    {"AT_ReplicaIdentity", "ALTER TABLE ... REPLICA IDENTITY", "table", accessExclusive, "USING INDEX: SHARE on the index", no, no, 0, "ATExecReplicaIdentity(), commands/tablecmds.c"},
    {"AT_ResetOptions", "ALTER TABLE ... ALTER COLUMN RESET (attribute_option)", "table", shareUpdateExclusive, "", no, no, 0, level},
    {"AT_ResetRelOptions", "ALTER TABLE ... RESET (storage_parameter)", "table", shareUpdateExclusive, "ACCESS EXCLUSIVE for user_catalog_table, the options of views and some of indexes", no, no, 0, "AlterTableGetRelOptionsLockLevel(), access/common/reloptions.c"},
    {"AT_SetAccessMethod", "ALTER TABLE ... SET ACCESS METHOD", "table", accessExclusive, "its indexes", "unless it has that method", "when it is rewritten", 15, "ATPrepSetAccessMethod(), commands/tablecmds.c"},
    {"AT_SetCompression", "ALTER TABLE ... ALTER COLUMN SET COMPRESSION", "table", accessExclusive, "", no, no, 14, level},
    {"AT_SetExpression", "ALTER TABLE ... ALTER COLUMN SET EXPRESSION", "table", accessExclusive, "its indexes", "a stored column", "when it is rewritten", 17, "ATExecSetExpression(), commands/tablecmds.c"},
    {"AT_SetIdentity", "ALTER TABLE ... ALTER COLUMN SET GENERATED", "table", accessExclusive, "SHARE ROW EXCLUSIVE on the sequence when an option of it is set", no, no, 0, level},
    {"AT_SetLogged", "ALTER TABLE ... SET LOGGED", "table", accessExclusive, "its indexes", "unless it is logged", "when it is rewritten", 0, "ATPrepChangePersistence(), commands/tablecmds.c"},
    {"AT_SetNotNull", "ALTER TABLE ... ALTER COLUMN SET NOT NULL", "table", accessExclusive, "inheritors and partitions alike", no, "unless a valid CHECK (column IS NOT NULL) proves it", 0, "NotNullImpliedByRelConstraints(), commands/tablecmds.c"},
    {"AT_SetOptions", "ALTER TABLE ... ALTER COLUMN SET (attribute_option)", "table", shareUpdateExclusive, "", no, no, 0, level},
    {"AT_SetRelOptions", "ALTER TABLE ... SET (storage_parameter)", "table", shareUpdateExclusive, "ACCESS EXCLUSIVE for user_catalog_table, the options of views and some of indexes", no, no, 0, "AlterTableGetRelOptionsLockLevel(), access/common/reloptions.c"},
    {"AT_SetStatistics", "ALTER TABLE ... ALTER COLUMN SET STATISTICS", "table", shareUpdateExclusive, "inheritors and partitions alike", no, no, 0, level},
    {"AT_SetStorage", "ALTER TABLE ... ALTER COLUMN SET STORAGE", "table", accessExclusive, "inheritors and partitions alike; ROW EXCLUSIVE on indexes", no, no, 0, level},
    {"AT_SetTableSpace", "ALTER TABLE ... SET TABLESPACE", "table", accessExclusive, "", "unless it lies there: its blocks are copied", no, 0, "ATExecSetTableSpace(), commands/tablecmds.c"},
    {"AT_SetUnLogged", "ALTER TABLE ... SET UNLOGGED", "table", accessExclusive, "its indexes", "unless it is unlogged", "when it is rewritten", 0, "ATPrepChangePersistence(), commands/tablecmds.c"},
    {"AT_ValidateConstraint", "ALTER TABLE ... VALIDATE CONSTRAINT", "table", shareUpdateExclusive, "FOREIGN KEY: ROW SHARE on the referenced table", no, "unless it is valid", 0, "ATExecValidateConstraint(), commands/tablecmds.c"},
    {"ClusterStmt", "CLUSTER", "table", accessExclusive, "its indexes", yes, yes, 0, "cluster_rel(), commands/cluster.c"},
    {"CommentStmt", "COMMENT", "relation", shareUpdateExclusive, "", no, no, 0, "get_object_address(), commands/comment.c"},
    {"CreateStatsStmt", "CREATE STATISTICS", "table", shareUpdateExclusive, "", no, no, 0, "CreateStatistics(), commands/statscmds.c"},
    {"CreateTrigStmt", "CREATE TRIGGER", "table", shareRowExclusive, "partitions alike; ACCESS SHARE on the table behind FROM", no, no, 0, "CreateTriggerFiringOn(), commands/trigger.c"},
    {"CreatePolicyStmt", "CREATE POLICY", "table", accessExclusive, "", no, no, 0, "CreatePolicy(), commands/policy.c"},
    {"IndexStmt", "CREATE INDEX", "table", share, "partitions alike", no, yes, 0, "DefineIndex(), commands/indexcmds.c"},
    {"IndexStmt CONCURRENTLY", "CREATE INDEX CONCURRENTLY", "table", shareUpdateExclusive, "", no, yes, 0, "DefineIndex(), commands/indexcmds.c"},
    {"LockStmt", "LOCK TABLE", "table", accessExclusive, "inheritors and partitions alike; the mode that is named", no, no, 0, "LockTableCommand(), commands/lockcmds.c"},
    {"RefreshMatViewStmt", "REFRESH MATERIALIZED VIEW", "materialized view", accessExclusive, "ACCESS SHARE on what it reads; its indexes", yes, "what it reads", 0, "ExecRefreshMatView(), commands/matview.c"},
    {"RefreshMatViewStmt CONCURRENTLY", "REFRESH MATERIALIZED VIEW CONCURRENTLY", "materialized view", exclusive, "ACCESS SHARE on what it reads", no, "what it reads", 0, "ExecRefreshMatView(), commands/matview.c"},
    {"ReindexStmt", "REINDEX", "table", share, "ACCESS EXCLUSIVE on the indexes", no, yes, 0, "reindex_index(), catalog/index.c"},
    {"ReindexStmt CONCURRENTLY", "REINDEX CONCURRENTLY", "table", shareUpdateExclusive, "SHARE UPDATE EXCLUSIVE on the indexes, ACCESS EXCLUSIVE on the old ones at the end", no, yes, 0, "ReindexRelationConcurrently(), commands/indexcmds.c"},
    {"RenameStmt", "ALTER ... RENAME", "relation", accessExclusive, "an index by ALTER INDEX: SHARE UPDATE EXCLUSIVE", no, no, 0, "RenameRelation(), commands/tablecmds.c"},
    {"RuleStmt", "CREATE RULE", "table", accessExclusive, "", no, no, 0, "DefineQueryRewrite(), rewrite/rewriteDefine.c"},
    {"TruncateStmt", "TRUNCATE", "table", accessExclusive, "inheritors and partitions alike; its indexes; CASCADE: the tables whose foreign keys reference it", "gives it an empty file", no, 0, "ExecuteTruncate(), commands/tablecmds.c"},
    {"VacuumStmt", "VACUUM", "table", shareUpdateExclusive, "ROW EXCLUSIVE on its indexes", no, no, 0, "vacuum_rel(), commands/vacuum.c"},
    {"VacuumStmt ANALYZE", "ANALYZE", "table", shareUpdateExclusive, "ACCESS SHARE on its indexes", no, no, 0, "analyze_rel(), commands/analyze.c"},
    {"VacuumStmt FULL", "VACUUM FULL", "table", accessExclusive, "its indexes", yes, yes, 0, "vacuum_rel(), commands/vacuum.c"},
});

constexpr auto sorted = [] {
    auto rows = table;
    std::ranges::sort(rows, {}, &Form::key);
    return rows;
}();

}  // namespace

std::span<const Form> forms() { return sorted; }

const Form* findForm(std::string_view key) {
    const auto found = std::ranges::lower_bound(sorted, key, {}, &Form::key);
    return found != sorted.end() && found->key == key ? &*found : nullptr;
}

const Form& formOf(std::string_view key) {
    const Form* form = findForm(key);
    if (!form) throw std::logic_error("no form is named " + std::string(key));
    return *form;
}

}  // namespace slipway::postgres
