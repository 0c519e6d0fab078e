// What a database contains, as plain values: what a server told, what two databases differ in.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace slipway {

// Conventions of all the types below:
//  - expressions and definitions are SQL as the server deparses it with an empty search_path, so names are qualified;
//  - `grants` are PostgreSQL's own access items ("reader=r/owner", manual "Privileges"), sorted; none means the
//    defaults of that kind of object, "nobody" that even the owner's were revoked;
//  - `options` are "name=value", sorted; the values of those that look like secrets are hidden;
//  - nothing depends on OIDs, statistics, row counts or a sequence's current value.

struct Column {
    std::string name;
    std::string type;  ///< with its modifiers: "character varying(50)"
    bool notNull = false;
    bool notNullValidated = true;             ///< false: NOT NULL ... NOT VALID (PostgreSQL 18)
    std::optional<std::string> defaultValue;  ///< of a generated column: its expression
    std::string identity;                     ///< "", "ALWAYS", "BY DEFAULT"
    std::string generated;                    ///< "", "STORED", "VIRTUAL"
    std::string collation;                    ///< where it is not the type's own
    std::string storage;                      ///< PLAIN, MAIN, EXTERNAL, EXTENDED where it is not the type's own
    std::string compression;                  ///< "pglz", "lz4" where it was set
    int statisticsTarget = -1;                ///< -1: the server's default
    bool inherited = false;                   ///< comes from a parent only
    std::vector<std::string> options;
    std::vector<std::string> grants;
    std::string comment;
    bool operator==(const Column&) const = default;
};

/// The kinds of constraint, by the letters of pg_constraint.contype.
enum class ConstraintType : char { check = 'c', foreignKey = 'f', primaryKey = 'p', unique = 'u', exclusion = 'x' };

struct Constraint {
    std::string name;
    ConstraintType type = ConstraintType::check;
    std::string definition;  ///< without NOT VALID, which `validated` tells
    bool validated = true;
    bool deferrable = false;
    bool initiallyDeferred = false;
    bool inherited = false;
    bool noInherit = false;
    std::vector<std::string> columns;
    std::string referencedSchema;  ///< these three: of a foreign key
    std::string referencedTable;
    std::vector<std::string> referencedColumns;
    std::string comment;
    bool operator==(const Constraint&) const = default;
};

struct Index {
    std::string name;  ///< lies in the schema of its table
    std::string method;
    std::string definition;  ///< empty where the primary key or unique constraint that it implements says it all
    bool valid = true;  ///< false: left behind by a failed CREATE INDEX CONCURRENTLY, or a parent that lacks a child
    bool ready = true;  ///< false: not yet kept up to date by writes
    bool unique = false;
    bool primary = false;
    bool partial = false;
    bool replicaIdentity = false;
    bool clustered = false;            ///< the one that CLUSTER would use
    std::vector<std::string> columns;  ///< "" stands for an expression; INCLUDE columns last
    int keyColumns = 0;                ///< how many of them are keys
    std::string constraint;            ///< the constraint that it implements
    std::string parent;                ///< the partitioned index that it is attached to, "schema.name"
    std::string tablespace;
    std::string statisticsTargets;  ///< of expressions: "1=500"
    std::string comment;
    bool operator==(const Index&) const = default;
};

/// Triggers, rules and policies: named things of a table.
struct Attachment {
    std::string name;
    std::string definition;
    std::string firing;  ///< "", "DISABLED", "REPLICA", "ALWAYS"; of triggers and rules
    std::string comment;
    bool operator==(const Attachment&) const = default;
};

enum class TableKind : char { table = 'r', partitioned = 'p', foreign = 'f', view = 'v', materializedView = 'm' };

struct Table {
    std::string schema;
    std::string name;
    TableKind kind = TableKind::table;
    std::vector<Column> columns;  ///< in their order in the table
    std::vector<Constraint> constraints;
    std::vector<Index> indexes;
    std::vector<Attachment> triggers;
    std::vector<Attachment> rules;
    std::vector<Attachment> policies;
    bool rowSecurity = false;
    bool rowSecurityForced = false;
    bool unlogged = false;
    bool populated = true;             ///< of a materialized view
    std::string replicaIdentity;       ///< "", "FULL", "NOTHING", "INDEX"
    std::vector<std::string> parents;  ///< "schema.name" of what it inherits from or is a partition of, in order
    bool detachPending = false;        ///< a DETACH PARTITION CONCURRENTLY that was not finished
    std::string partitionBound;        ///< "FOR VALUES IN (1)"
    std::string partitionKey;          ///< "RANGE (at)"
    std::string viewDefinition;
    std::string ofType;        ///< CREATE TABLE ... OF
    std::string accessMethod;  ///< where it is not heap
    std::string tablespace;
    std::string server;                ///< of a foreign table
    std::vector<std::string> options;  ///< storage parameters, view options, a foreign table's options
    std::string owner;
    std::vector<std::string> grants;
    std::string comment;

    const Column* column(std::string_view name) const;
    bool operator==(const Table&) const = default;
};

enum class FunctionKind : char { function = 'f', procedure = 'p', window = 'w' };

struct Function {
    std::string schema;
    std::string name;
    std::string arguments;  ///< types only: "integer, text"
    FunctionKind kind = FunctionKind::function;
    std::string language;
    std::string returns;
    std::string volatility;  ///< IMMUTABLE, STABLE, VOLATILE
    std::string parallel;    ///< SAFE, RESTRICTED, UNSAFE
    bool strict = false;
    bool securityDefiner = false;
    std::vector<std::string> settings;  ///< SET search_path=...
    std::string definition;             ///< CREATE OR REPLACE FUNCTION ..., whole
    std::string owner;
    std::vector<std::string> grants;
    std::string comment;
    bool operator==(const Function&) const = default;
};

struct Sequence {
    std::string schema;
    std::string name;
    std::string type;
    int64_t start = 1;
    int64_t increment = 1;
    int64_t minimum = 1;
    int64_t maximum = 0;
    int64_t cache = 1;
    bool cycle = false;
    bool unlogged = false;
    std::string ownedBySchema;  ///< these three: the column that it belongs to
    std::string ownedByTable;
    std::string ownedByColumn;
    bool identity = false;  ///< it is the sequence of an identity column
    std::string owner;
    std::vector<std::string> grants;
    std::string comment;
    bool operator==(const Sequence&) const = default;
};

enum class TypeKind : char { enumeration = 'e', composite = 'c', domain = 'd', range = 'r', base = 'b', shell = 'p' };

struct Type {
    std::string schema;
    std::string name;
    TypeKind kind = TypeKind::enumeration;
    std::vector<std::string> labels;  ///< of an enumeration, in order
    std::vector<Column> attributes;   ///< of a composite
    std::string baseType;             ///< these four: of a domain
    bool notNull = false;
    std::optional<std::string> defaultValue;
    std::vector<Constraint> constraints;
    std::string collation;
    std::string definition;  ///< of a range or a base type
    std::string owner;
    std::vector<std::string> grants;
    std::string comment;
    bool operator==(const Type&) const = default;
};

struct Schema {
    std::string name;
    std::string owner;
    std::vector<std::string> grants;
    std::string comment;
    bool operator==(const Schema&) const = default;
};

struct Extension {
    std::string name;
    std::string version;
    std::string schema;
    std::string comment;
    bool operator==(const Extension&) const = default;
};

/// Everything rarer: operators, casts, publications, event triggers, default privileges, database settings ...
struct Other {
    std::string kind;      ///< as PostgreSQL's pg_identify_object() calls it: "operator class"
    std::string identity;  ///< unique within its kind
    std::string definition;
    std::string owner;
    std::vector<std::string> grants;
    std::string comment;
    bool operator==(const Other&) const = default;
};

/// A database's own objects, each vector sorted by sort().
struct Catalog {
    std::vector<Schema> schemas;
    std::vector<Extension> extensions;
    std::vector<Type> types;
    std::vector<Sequence> sequences;
    std::vector<Table> tables;
    std::vector<Function> functions;
    std::vector<Other> others;

    /// Puts everything into the one order that equality, digests and reports rely on: bytewise by name.
    void sort();
    /// The table, view or foreign table of that name in a sorted catalog; nullptr when there is none.
    const Table* table(std::string_view schema, std::string_view name) const;
    bool operator==(const Catalog&) const = default;
};

/// One thing that two catalogs disagree about.
struct Difference {
    enum class Change { added, removed, changed };
    std::string kind;    ///< "table", "column", "index", "text search dictionary" ...
    std::string object;  ///< "public.users.email"
    Change change = Change::changed;
    std::string attribute;  ///< these three: when something changed; "" as a value means that it is not set
    std::string before;
    std::string after;
    bool columnOrderOnly = false;  ///< the same columns stand in another order; attribute is "position"

    /// For people, neutrally: "index public.users_email_idx is new".
    std::string message() const;
    /// For people who undid something: "index public.users_email_idx was left behind".
    std::string messageAfterUndo() const;
    bool operator==(const Difference&) const = default;
};

/// "added", "removed", "changed".
const char* nameOf(Difference::Change change);

/// The SHA-256 of all that compare() looks at. Attributes that have their default do not enter, so that a digest stays
/// what it was when Slipway learns to read more. Comparable between catalogs of servers of one major version.
std::string digest(const Catalog& catalog);

/// What differs, sorted by kind and name. What came or went with something larger is not repeated: a new table's
/// columns, the index of a new constraint. Both catalogs must be sorted.
std::vector<Difference> compare(const Catalog& before, const Catalog& after);

/// Whether there are differences and all of them are in the order of columns.
bool onlyColumnOrder(std::span<const Difference> differences);

/// How much there is, for people: "2 schemas, 14 tables, 51 columns, 1 index"; "nothing" for an empty catalog.
std::string summary(const Catalog& catalog);

/// The name as SQL needs it, and as quote_ident() gives it: quoted unless it is lower case letters, digits and underscores, and
/// where it is a key word.
std::string sqlName(std::string_view name);
/// Names joined by dots, each as sqlName gives it.
std::string sqlName(std::string_view schema, std::string_view name);

/// For people and reports: "table", "partitioned table", "foreign table", "view", "materialized view".
const char* nameOf(TableKind kind);
/// "function", "procedure", "window function".
const char* nameOf(FunctionKind kind);
/// "enum", "composite", "domain", "range", "base", "shell".
const char* nameOf(TypeKind kind);
/// "check", "foreign key", "primary key", "unique", "exclusion".
const char* nameOf(ConstraintType type);

}  // namespace slipway
