// What the files that play DDL share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engines/postgres/predict/forms.h"
#include "engines/postgres/predict/names.h"
#include "engines/postgres/predict/newer_syntax.h"
#include "engines/postgres/predict/prediction.h"
#include "engines/postgres/predict/queries.h"

namespace slipway::postgres {

// --- finding what a statement names; each throws CannotRun, or makes a placeholder where the world is not complete

/// The relation of a RangeVar node. With `missingOk`, 0 when it is not there.
Id findRelation(Prediction& prediction, const Node& rangeVar, bool missingOk = false);
Id findRelation(Prediction& prediction, const std::vector<std::string_view>& parts, int64_t location, bool missingOk = false);
/// Whether a statement's object type ("OBJECT_VIEW") is one of relations.
bool isRelation(std::string_view kind);
/// The column; a placeholder has it from then on.
Attribute findColumn(Prediction& prediction, Id relation, std::string_view name, int64_t location = -1);
/// The schema in which a new object named so goes. Throws CannotRun when there is none.
Id schemaFor(Prediction& prediction, std::string_view schema, int64_t location = -1);
/// Throws CannotRun "unknown-object" for a type that is not there, unless the world is not complete.
TypeRef findType(Prediction& prediction, const Node& typeName);
/// The name of the role in a RoleSpec node; the session's own for CURRENT_USER.
std::string roleOf(const Prediction& prediction, const Node& roleSpec);

// --- columns, constraints, indexes

/// The types that a column's type depends on, for World::dependOn.
Uses usesOf(const TypeRef& type);
/// Whether values of the type are checked by a domain's constraint, at any depth of domains.
bool hasDomainConstraints(const World& world, const TypeRef& type);
/// The type under domains; the modifiers of the innermost domain that has some.
TypeRef baseTypeOf(const World& world, const TypeRef& type);

/// What a new column asks for beside itself: constraints that are to be added when all columns are there.
struct NewColumn {
    Attribute column = 0;
    bool rewrites = false;               ///< rows that are there must be given a value each
    bool checks = false;                 ///< rows that are there must be looked at
    std::vector<Node> constraints;       ///< CHECK, UNIQUE, PRIMARY KEY, REFERENCES behind the column
    bool hasDefault = false;
    Uses defaultUses;                    ///< evaluated for each row when it rewrites
    bool conditional = false;            ///< a volatile function stands in a CASE: the planner may find that it is never called
    std::string collation;
};
/// Adds the column of a ColumnDef node to the relation, with its default, sequence (serial, identity) and types.
NewColumn addColumn(Prediction& prediction, Id relation, const Node& columnDef);
/// Sets or takes away (an absent node) the default; tells what the expression uses.
Uses setDefault(Prediction& prediction, Id relation, Attribute column, const Node& expression);

/// What a check proves, for later NOT NULL and partition bounds.
std::vector<Conjunct> conjunctsOf(const Relation& relation, const Node& expression);
/// Whether the valid checks and NOT NULLs of the relation say that the column holds no null. `except` is a constraint that goes.
bool provenNotNull(const World& world, Id relation, Attribute column, Id except = 0);

/// Adds a CHECK, with its copies in inheritors, which are appended to `touched` with it. Returns 0 when it was merged with one that is there.
Id addCheck(Prediction& prediction, Id relation, const Node& constraint, std::string_view column, std::vector<Id>& touched);
/// Adds a FOREIGN KEY, with the locks on what it references; `touched` gets the referencing tables.
Id addForeignKey(Prediction& prediction, Id relation, const Node& constraint, std::string_view column, std::vector<Id>& touched);
/// Whether a table that is referenced has triggers for that: before 15 only those have them that hold rows.
bool hasKeyTriggers(const World& world, Id referenced);
/// Tells the locks and scans of checking a foreign key against the rows that are there. `allNull`: none of them references
/// anything, so the other table is not read.
void validateForeignKey(Prediction& prediction, const WorldConstraint& key, bool allNull = false);
/// Adds PRIMARY KEY, UNIQUE or EXCLUDE with the index that they need, in partitions too.
Id addKey(Prediction& prediction, Id relation, const Node& constraint, std::string_view column, bool only = false);

/// What a new index is to be.
struct IndexPlan {
    std::string name;          ///< "" lets the server choose
    std::string method = "btree";
    std::vector<Node> keys;    ///< IndexElem nodes, or
    std::vector<std::string> keyColumns;  ///< plain columns of a constraint
    std::vector<std::string> included;
    Node predicate;
    bool unique = false, primary = false, exclusion = false;
    bool constraint = false;   ///< it implements one
    bool deferrable = false, deferred = false;
    std::string constraintName;
    bool only = false;         ///< not in partitions
    std::string tablespace;
};
/// Makes the index, and in partitions what it needs; told as builds of those that were there before. Returns the index.
Id createIndex(Prediction& prediction, Id table, const IndexPlan& plan, Id parent = 0);

// --- dropping

/// One thing to drop: an object, a column of a relation, or a column's default.
struct Droppable {
    Id object = 0;
    Attribute column = 0;
    bool isDefault = false;
    auto operator<=>(const Droppable&) const = default;
};
/// Drops them with all that goes along, with the locks that it takes. Throws CannotRun "dependents" when something
/// else depends on them and `cascade` was not said.
void drop(Prediction& prediction, const std::vector<Droppable>& targets, bool cascade);

// --- sequences and types

/// The sequence of a serial or identity column.
Id addOwnedSequence(Prediction& prediction, Id table, Attribute column, bool identity, const Node& options);
void setSequenceOptions(Prediction& prediction, Relation& sequence, const Node& owner, std::string_view list);

/// The expression that a marker of newer syntax stands around; nullopt when the expression is something else.
std::optional<Node> newerArgument(const Node& expression, std::string_view marker);

CannotRun unknownObject(std::string_view kind, std::string_view name, int64_t location);
CannotRun duplicateObject(std::string_view kind, std::string_view name, int64_t location);

}  // namespace slipway::postgres
