// ALTER TABLE and its like: several subcommands, one pass over the rows.
#pragma once

#include <map>
#include <set>

#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

/// One ALTER TABLE being played. As the server does, subcommands change the catalog first and gather what must be done
/// to the rows, which then happens once for each table.
class AlterTable {
  public:
    AlterTable(Prediction& prediction, Id target, bool only) : prediction(prediction), world(prediction.world), target(target), only(only) {}

    void run(const Node& command);
    /// Tells rewrites, scans and index builds.
    void finish();

    Prediction& prediction;
    World& world;
    const Id target;
    const bool only;

    /// The target, and its descendants unless ONLY was said.
    std::vector<Id> tables() const { return only ? std::vector<Id>{target} : world.withDescendants(target); }
    void lock(LockMode mode, bool recurse);

    struct Rows {
        bool rewrite = false, scan = false;
        std::set<Id> rebuild;  ///< indexes
    };
    std::map<Id, Rows> rows;
    std::vector<Id> foreignKeys;  ///< to be validated when the rows are ready
    std::set<ColumnId> allNull;   ///< columns that this statement adds without a value

  private:
    void addColumnTo(const Node& command);
    void dropColumn(const Node& command);
    void addConstraint(const Node& command);
    void useIndex(const Node& constraint);
    void addNotNull(const Node& constraint, const Node& column);
    bool validateNotNull(std::string_view name);
    bool dropNotNullNamed(std::string_view name);
    void setExpression(const Node& command);
    void setEnforced(const Node& command, bool enforced);
    void dropConstraint(const Node& command);
    void validate(const Node& command);
    void alterConstraint(const Node& command);
    void setNotNull(const Node& command);
    void dropNotNull(const Node& command);
    void identity(const Node& command);
    void setOptions(const Node& command);
    void changePersistence(bool unlogged);
    void replicaIdentity(const Node& command);
    void clusterOn(const Node& command);
    void changeOwner(const Node& command);
    void inheritance(const Node& command);
    void simple(const Node& command);
};

/// ALTER COLUMN ... TYPE, in alter_column_type.cpp.
void alterColumnType(AlterTable& alter, const Node& command);
/// ATTACH and DETACH PARTITION, in partitions.cpp.
void attachPartition(AlterTable& alter, const Node& command);
void detachPartition(AlterTable& alter, const Node& command);
/// INHERIT, and a partition: the child gets the parent's checks and the rest that inheritance asks for.
void addParent(Prediction& prediction, Id child, Id parent);
void removeParent(Prediction& prediction, Id child, Id parent);

}  // namespace slipway::postgres
