// What a statement asks for, in the terms of the catalog that it meets: what rules judge.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/catalog.h"
#include "model/effect.h"

namespace slipway {

/// A relation that a statement names, as it is known at that moment.
struct RelationRef {
    std::string name;  ///< "public.orders", each part quoted where SQL needs it
    RelationKind kind = RelationKind::table;
    bool known = true;       ///< false: its name is all that is known of it
    bool fresh = false;      ///< made in the same release: nobody uses it yet
    bool temporary = false;
    /// Whether somebody may be using it, so that a lock on it is felt.
    bool inUse() const { return !fresh && !temporary; }
    bool operator==(const RelationRef&) const = default;
};

/// A column as a statement makes it.
struct ColumnChange {
    std::string name;
    std::string type;  ///< "character varying(50)"; "" when it is not known
    bool notNull = false, hasDefault = false, primaryKey = false, unique = false;
    bool defaultVolatile = false;  ///< the default differs from row to row
    bool serial = false;
    bool identity = false;
    std::string generated;          ///< "", "STORED", "VIRTUAL"
    bool domainConstrained = false; ///< its type is a domain with a constraint
    bool check = false;
    std::string references;         ///< the table that a foreign key of its own names
    bool operator==(const ColumnChange&) const = default;
};

namespace change {

struct CreateSchema {
    std::string name;
};
struct CreateSequence {
    RelationRef sequence;
};
struct CreateTable {
    RelationRef table;
    std::vector<ColumnChange> columns;
    bool ifNotExists = false, existed = false, primaryKey = false;
    bool asQuery = false;                 ///< CREATE TABLE ... AS, SELECT INTO
    std::optional<RelationRef> partitionOf;
    bool besideDefault = false;           ///< the partitioned table has a default partition, which is searched
};
struct AddColumn {
    RelationRef table;
    ColumnChange column;
    bool ifNotExists = false, existed = false;
};
struct DropColumn {
    RelationRef table;
    std::string column;
    bool ifExists = false, cascade = false;
    std::vector<std::string> indexes;     ///< that go along without a word: of several columns, or partial
    std::vector<std::string> dependents;  ///< "view public.v": what goes with it by CASCADE
    std::vector<std::string> readers;     ///< "function public.f(integer)": what names it in a text that no server checks
};
struct RenameColumn {
    RelationRef table;
    std::string from, to;
    std::vector<std::string> readers;  ///< as in DropColumn
};
struct AlterColumnType {
    RelationRef table;
    std::string column, from, to;  ///< `from` is "" when it is not known
    bool usingExpression = false;
    bool narrows = false;          ///< values that fit before may fail or lose something
    bool collationOnly = false;
};
struct SetNotNull {
    RelationRef table;
    std::string column;
    bool already = false;
    bool proven = false;        ///< a valid check says so: no scan
    bool dropsProof = false;    ///< the same statement drops that check
    bool notValidated = false;  ///< a NOT NULL that is NOT VALID is there (PostgreSQL 18): VALIDATE is the gentle way
};
struct DropNotNull {
    RelationRef table;
    std::string column;
};
struct SetDefault {
    RelationRef table;
    std::string column;
    bool drops = false, isVolatile = false;
    bool required = false;  ///< the column must not be null and was there before: an INSERT that leaves it out needs the default
};
struct AddConstraint {
    RelationRef table;
    std::string name;  ///< where none is said, the one that the server chooses; "" where that is not known
    std::optional<ConstraintType> type;  ///< none: a NOT NULL constraint (PostgreSQL 18)
    bool notValid = false, deferrable = false;
    std::vector<std::string> columns;
    std::string usingIndex;                ///< of UNIQUE and PRIMARY KEY
    std::vector<std::string> nullable;     ///< columns of a primary key that may hold nulls yet
    std::optional<RelationRef> referenced; ///< from here on of a foreign key
    std::vector<std::string> referencedColumns;
    std::vector<std::string> mismatched;   ///< "customer_id integer, customers.id bigint"
    std::string indexedBy;                 ///< the index that begins with the columns; "" when none does
    char onDelete = 'a';                   ///< c cascade, n set null ...; as pg_constraint.confdeltype
    bool isVolatile = false;               ///< of a check: its truth changes with time
    bool withTable = false;                ///< it came with CREATE TABLE or ADD COLUMN
};
struct DropConstraint {
    RelationRef table;
    std::string name;
    std::optional<ConstraintType> type;     ///< none: not known, or NOT NULL
    std::optional<RelationRef> referenced;
    bool cascade = false;
    std::vector<std::string> dependents;
};
struct ValidateConstraint {
    RelationRef table;
    std::string name;
    bool already = false;
};
struct CreateIndex {
    RelationRef table;
    std::string name;  ///< where none is said, the one that the server chooses
    std::string method;
    std::vector<std::string> columns;  ///< keys only; "" stands for an expression
    bool concurrently = false, unique = false, ifNotExists = false, existed = false;
    bool partial = false, only = false;
    bool constantKey = false;     ///< its predicate leaves its only key one value
    std::string covered;          ///< an index that begins with the same keys and so makes this one superfluous
};
struct DropIndex {
    RelationRef index, table;
    bool concurrently = false, cascade = false;
    std::vector<std::string> columns;
};
struct Reindex {
    std::string scope;  ///< "index", "table", "schema", "database", "system"
    RelationRef table;  ///< where it is known which
    bool concurrently = false;
};
/// DROP TABLE, VIEW, MATERIALIZED VIEW, SEQUENCE, FOREIGN TABLE.
struct DropRelation {
    RelationRef relation;
    bool ifExists = false, cascade = false;
    std::vector<std::string> references;  ///< tables that its foreign keys name: they are locked, too
    std::vector<std::string> dependents;  ///< as in DropColumn
    std::vector<std::string> readers;
};
/// DROP of anything else.
struct DropObject {
    std::string kind;  ///< "schema", "type", "function", "extension", "database", "owned" ...
    std::string name;
    bool ifExists = false, cascade = false;
    bool fresh = false;
    std::vector<std::string> dependents, readers;
};
struct RenameRelation {
    RelationRef relation;
    std::string to;
    bool movesSchema = false;
    std::vector<std::string> readers;
};
/// RENAME and SET SCHEMA of a schema, type, function, attribute, constraint ...
struct RenameObject {
    std::string kind, from, to;
    bool fresh = false;
};
struct CreateView {
    RelationRef view;
    bool replaces = false;
};
struct CreateType {
    std::string name, kind;  ///< "enum", "composite", "domain", "range" ...
};
struct AddEnumValue {
    std::string type, value;
    bool fresh = false;   ///< the type was made in the same release
};
struct RenameEnumValue {
    std::string type, from, to;
    bool fresh = false;
};
/// A value of an enumeration that was added since the release began, named in a later statement.
struct UseEnumValue {
    std::string type, value;
};
struct AlterDomain {
    std::string domain;
    std::string constraint;  ///< "check", "not null"
    bool notValid = false;
    bool known = true;                ///< false: its name is all that is known of it
    std::vector<std::string> tables;  ///< that have columns of it
};
struct Truncate {
    std::vector<RelationRef> tables;
    bool cascade = false;
    std::vector<std::string> alsoEmptied;
};
/// INSERT, UPDATE, DELETE, MERGE; also inside a WITH.
struct Write {
    std::string verb;  ///< "insert", "update", "delete", "merge", "copy"
    RelationRef table;
    bool whole = false;         ///< no condition, or one that is always true
    bool tautology = false;     ///< a condition that is always true
    bool constantRows = false;  ///< an INSERT of VALUES
    std::string serialKey;      ///< a column of a serial or identity key that it gives values of its own
    std::vector<std::string> unknownColumns;  ///< named, and not there
};
struct AttachPartition {
    RelationRef parent, partition;
    bool proven = false;  ///< a check says that all rows fit: they are not looked at
    bool besideDefault = false, defaultProven = false;
};
struct DetachPartition {
    RelationRef parent, partition;
    bool concurrently = false, hasDefault = false, finalize = false;
};
struct RefreshView {
    RelationRef view;
    bool concurrently = false, populated = true;
    bool uniqueIndex = false;  ///< CONCURRENTLY needs one
};
struct TriggerChange {
    std::string verb;  ///< "create", "drop", "enable", "disable", "rename"
    std::string name;  ///< "" for ALL and USER
    RelationRef table;
    std::string function;
    bool replaces = false;
    bool keys = false;  ///< ALL: the triggers of foreign keys, too
    std::vector<std::string> unresolved;  ///< "NEW.first_name": what the function names and the table does not have
};
/// Rules and policies.
struct RuleChange {
    std::string kind, verb, name;  ///< "rule" or "policy"; "create", "drop", "alter"
    RelationRef table;
};
struct RowSecurity {
    RelationRef table;
    bool enabled = false, forced = false;
    bool policies = false;  ///< there are some
};
/// What the options of a table are set to, one each: "autovacuum_enabled", "unlogged", "tablespace", "access method",
/// "replica identity", "owner", "cluster on", "inherit", ...
struct SetTableOption {
    RelationRef table;
    std::string option, value;
};
struct ClusterTable {
    RelationRef table;
    bool vacuumFull = false;
};
struct LockTable {
    RelationRef table;
    LockMode mode = LockMode::accessExclusive;
};
/// SET, RESET, SET LOCAL, set_config() of a constant.
struct SetVariable {
    std::string name, value;  ///< the name in lower case
    bool local = false, resets = false;
};
struct GrantChange {
    bool revokes = false, all = false, toPublic = false;
    std::string kind, name;            ///< "table", "schema" ...
    std::optional<RelationRef> relation;  ///< the first one, where it is of relations
};
/// setval() or RESTART: what a sequence gives next is said.
struct SetSequence {
    bool operator==(const SetSequence&) const = default;
};
struct CreateFunction {
    std::string name, language;
    std::string signature;  ///< "function f(integer)", "procedure p()": as DROP names it; "" when a type is not known
    bool orReplace = false, replaces = false;  ///< it may replace one; it does replace one that was there
    bool securityDefiner = false, fixesSearchPath = false;
    std::vector<std::string> usedBy;      ///< triggers, views ... that use the one it replaces
};
struct PublicationChange {
    std::string verb, name;  ///< "create", "alter", "drop"
    std::vector<RelationRef> tables;
    std::vector<std::string> withoutIdentity;  ///< tables of it whose updates and deletes will fail
};
/// ALTER SYSTEM, ALTER DATABASE, ALTER ROLE, CREATE ROLE ...: what is no part of one database's schema.
struct ServerChange {
    std::string what;
};
/// IF EXISTS of what is not there, IF NOT EXISTS of what is: the statement, or a part of it, does nothing.
struct Skipped {
    std::string what;      ///< "column a of public.orders, which is not there"
    std::string relation;  ///< "public.orders_idx", where it is a whole relation
};

}  // namespace change

using AnyChange = std::variant<
    change::CreateSchema, change::CreateSequence, change::CreateTable, change::AddColumn, change::DropColumn, change::RenameColumn, change::AlterColumnType, change::SetNotNull, change::DropNotNull,
    change::SetDefault, change::AddConstraint, change::DropConstraint, change::ValidateConstraint, change::CreateIndex, change::DropIndex, change::Reindex,
    change::DropRelation, change::DropObject, change::RenameRelation, change::RenameObject, change::CreateView, change::CreateType, change::AddEnumValue,
    change::RenameEnumValue, change::UseEnumValue, change::AlterDomain, change::Truncate, change::Write, change::AttachPartition, change::DetachPartition,
    change::RefreshView, change::TriggerChange, change::RuleChange, change::RowSecurity, change::SetTableOption, change::ClusterTable, change::LockTable,
    change::SetVariable, change::SetSequence, change::Skipped, change::GrantChange, change::CreateFunction, change::PublicationChange, change::ServerChange>;

struct Change {
    AnyChange what;
    bool nested = false;  ///< not said by the statement itself but in a DO block or a function that it calls
    size_t at = 0;        ///< a byte of the statement where that is said; 0: the statement as a whole
};

}  // namespace slipway
