// The catalog of a database as a graph: what statements change when no server is there to be asked.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/postgres/predict/dependencies.h"
#include "engines/postgres/predict/name_index.h"
#include "engines/postgres/predict/rare.h"
#include "engines/postgres/predict/store.h"
#include "model/catalog.h"
#include "model/effect.h"

namespace slipway::postgres {

/// What stands in parentheses behind a type: (10, 2) of numeric(10, 2). No type is known to take more than three.
class Modifiers {
  public:
    void push_back(int value) {
        if (size_ < values_.size()) values_[size_++] = value;
    }
    int takeFirst() {
        const int first = front();
        std::copy(begin() + 1, end(), values_.begin());
        values_[--size_] = 0;
        return first;
    }
    const int* begin() const { return values_.data(); }
    const int* end() const { return begin() + size_; }
    int front() const { return values_.at(0); }
    int operator[](size_t i) const { return values_.at(i); }
    size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    bool operator==(const Modifiers&) const = default;

  private:
    std::array<int, 3> values_{};
    uint8_t size_ = 0;
};

/// A type as a column has it. Copies cost nothing.
struct TypeRef {
    Id own = 0;                ///< a type of the database
    std::string_view builtin;  ///< or one of pg_catalog, by its name there: "int4"; of static lifetime
    Modifiers modifiers;
    std::string_view fields;   ///< of an interval: "day to second"; of static lifetime
    bool array = false;
    bool operator==(const TypeRef&) const = default;
    bool known() const { return own != 0 || !builtin.empty(); }
};

/// A column by its relation.
struct ColumnId {
    Id relation = 0;
    Attribute column = 0;
    auto operator<=>(const ColumnId&) const = default;
};

/// What a piece of SQL refers to: a default, a constraint, an index, a view, the body of a function.
struct Uses {
    std::vector<ColumnId> columns;   ///< column 0: the relation as such
    std::vector<Id> functions;
    std::vector<Id> types;
    std::vector<Id> sequences;       ///< named in nextval('...') and the like: resolved when it was created
    bool isVolatile = false;         ///< a volatile function is called, so the value differs from row to row
    bool unread = false;             ///< something in it could not be resolved
    bool operator==(const Uses&) const = default;
};

struct WorldColumn {
    std::string name;
    TypeRef type;
    bool dropped = false;
    bool notNull = false;
    bool notNullValidated = true;
    RareText notNullName;  ///< of the NOT NULL, where it is not the server's own (PostgreSQL 18)
    Boxed<std::string> defaultValue;
    char identity = 0;   ///< 'a' always, 'd' by default
    char generated = 0;  ///< 's' stored, 'v' virtual
    int inherited = 0;   ///< from how many parents it comes
    bool local = true;   ///< it was also declared here
    RareText collation, storage, compression;
    int statisticsTarget = -1;
    Rare<std::vector<std::string>> options;
    RareText comment;
};

/// What an index is made of. Key columns come first; 0 stands for an expression.
struct IndexPart {
    Id table = 0;
    std::string method = "btree";
    std::vector<Attribute> columns;
    std::vector<std::string> opclasses;  ///< one a key column; "" is the default of its type
    int keys = 0;
    bool unique = false, primary = false, exclusion = false;
    bool partial = false, expressions = false;
    bool descending = false;  ///< some key has an order other than the default one
    bool valid = true;
    bool replicaIdentity = false, clustered = false;
    Id constraint = 0;
    Id parent = 0;                        ///< the partitioned index that it is attached to
    std::vector<Id> children;
    std::vector<Attribute> expressionColumns;  ///< columns that expressions and the predicate read
    std::string definition;
};

/// Which rows a partition takes, as far as constants say it.
struct PartitionBound {
    bool known = false;               ///< false of a hash partition, of the default one, and where expressions say it
    std::vector<std::string> values;  ///< of a list, without quotes and casts
    bool takesNull = false;
    std::vector<std::optional<std::string>> from, to;  ///< of a range, one a key column; nullopt: MINVALUE and MAXVALUE
};

struct PartitionPart {
    std::string strategy;                 ///< of a partitioned table: "range", "list", "hash"
    std::vector<Attribute> key;           ///< 0 for an expression
    std::vector<Attribute> keyColumns;    ///< all that the key reads
    std::string keyText;
    Id parent = 0;                        ///< of a partition
    bool isDefault = false;
    std::string bound;
    PartitionBound takes;
    bool detachPending = false;
};

struct Relation {
    Id id = 0;
    Id schema = 0;
    std::string name;
    RelationKind kind = RelationKind::table;
    bool fresh = false;      ///< made since the point that effects are judged against
    bool placeholder = false;  ///< known by name only: nobody told what it is made of
    bool open = false;         ///< made after one of which that is true, so that it may have other columns, too
    bool temporary = false, unlogged = false, populated = true;
    bool rowSecurity = false, rowSecurityForced = false;
    RareText replicaIdentity, accessMethod, tablespace, server, owner, comment, definition;
    std::vector<std::string> options;
    Id ofType = 0;
    std::vector<WorldColumn> columns;
    std::vector<Id> constraints, indexes, triggers, rules, policies;
    std::vector<Id> parents, children;  ///< inheritance and partitions, in order
    Rare<PartitionPart> partition;
    Boxed<IndexPart> index;
    Boxed<Sequence> sequence;
    ColumnId ownedBy;                   ///< of a sequence
    Rare<Uses> reads;                   ///< of a view: what its query names

    Attribute attribute(std::string_view column) const;  ///< 0 when there is none
    WorldColumn& column(Attribute number) { return columns.at(static_cast<size_t>(number) - 1); }
    const WorldColumn& column(Attribute number) const { return columns.at(static_cast<size_t>(number) - 1); }
    bool isTable() const { return kind == RelationKind::table || kind == RelationKind::partitioned || kind == RelationKind::foreign; }
    bool isView() const { return kind == RelationKind::view || kind == RelationKind::materializedView; }
    bool isIndex() const { return kind == RelationKind::index || kind == RelationKind::partitionedIndex; }
    bool hasStorage() const { return kind == RelationKind::table || kind == RelationKind::materializedView; }
};

/// One of the conditions that a check joins by AND, as far as it compares a column with constants.
struct Conjunct {
    Attribute column = 0;
    std::string comparison;           ///< "=", "<", "<=", ">", ">=", "in", "not null"; "outside": below the first or from the second on
    std::vector<std::string> values;  ///< without quotes and casts
    bool operator==(const Conjunct&) const = default;
};

struct WorldConstraint {
    Id id = 0;
    Id relation = 0;  ///< its table, or
    Id domain = 0;    ///< its domain
    std::string name;
    ConstraintType type = ConstraintType::check;
    std::vector<Attribute> columns;
    Rare<Uses> uses;
    bool validated = true, enforced = true, deferrable = false, deferred = false, noInherit = false;
    int inherited = 0;
    bool local = true;
    std::vector<Conjunct> conjuncts;       ///< of a check: what it proves
    Id referenced = 0;
    std::vector<Attribute> referencedColumns;
    Id referencedIndex = 0;
    char onUpdate = 'a', onDelete = 'a';  ///< of a foreign key: a no action, r restrict, c cascade, n set null, d set default
    Id index = 0;
    Id parent = 0;
    RareText comment;
};

struct WorldTrigger {
    Id id = 0;
    Id relation = 0;
    std::string name, timing, events;
    Id function = 0;
    bool row = false, constraint = false;
    bool deferred = false;           ///< runs when the transaction commits
    bool conditional = false;        ///< has a WHEN
    std::vector<Attribute> columns;  ///< of UPDATE OF; empty: any
    Id referenced = 0;
    Id parent = 0;  ///< the trigger of the partitioned table that it was cloned from
    std::string firing, comment;
};

/// Rules and policies.
struct WorldPart {
    Id id = 0;
    Id relation = 0;
    std::string name;
    std::string event;  ///< "select", "insert", "all" ...
    bool instead = false;
    Uses uses;
    std::vector<std::string> actions;  ///< of a rule: its statements as libpg_query's JSON
    std::string comment;
};

struct WorldType {
    Id id = 0;
    Id schema = 0;
    std::string name;
    TypeKind kind = TypeKind::enumeration;
    bool fresh = false;
    bool placeholder = false;  ///< known by name only: an extension brought it, or nobody told what it is
    std::vector<std::string> labels;
    Id relation = 0;        ///< a composite's row in pg_class
    TypeRef base;           ///< of a domain
    bool notNull = false;
    std::optional<std::string> defaultValue;
    Uses defaultUses;
    std::vector<Id> constraints;
    std::string owner, comment;
};

struct WorldFunction {
    Id id = 0;
    Id schema = 0;
    std::string name;
    std::vector<TypeRef> arguments;            ///< of those that are given in a call
    std::vector<std::string> argumentNames;    ///< "" where there is none; with OUT and TABLE columns behind
    int defaults = 0;                          ///< how many of the last arguments may be left out
    bool variadic = false;
    FunctionKind kind = FunctionKind::function;
    bool aggregate = false;
    std::string language, body, owner, comment;
    char volatility = 'v';
    TypeRef returns;
    bool returnsTrigger = false, returnsSet = false, returnsTable = false;
    bool strict = false, securityDefiner = false;
    bool fresh = false;
    std::vector<std::string> settings;
};

struct WorldStatistics {
    Id id = 0;
    Id schema = 0;
    std::string name;
    Id relation = 0;
    std::vector<Attribute> columns;
};

/// Everything rarer, by what pg_identify_object() calls its kind.
struct WorldOther {
    Id id = 0;
    Id schema = 0;  ///< 0 for what lies in none
    std::string kind;
    std::string name;
    bool fresh = false;
    std::vector<Id> relations;  ///< of a publication
    Id function = 0;            ///< of an event trigger, cast, operator ...
};

struct WorldSchema {
    Id id = 0;
    std::string name, owner, comment;
    bool fresh = false;
};

/// The objects, found by name in constant time. Copies are independent.
class World {
  public:
    World();  ///< a database as CREATE DATABASE makes it: the schema public, and nothing in it

    int serverVersion = 15;  ///< major
    /// Nothing exists but what is here. Otherwise a name that is not here may well be in the database.
    bool complete = true;

    Store<WorldSchema> schemas{ObjectKind::schema};
    Store<Relation> relations{ObjectKind::relation};
    Store<WorldType> types{ObjectKind::type};
    Store<WorldFunction> functions{ObjectKind::function};
    Store<WorldConstraint> constraints{ObjectKind::constraint};
    Store<WorldTrigger> triggers{ObjectKind::trigger};
    Store<WorldPart> rules{ObjectKind::rule}, policies{ObjectKind::policy};
    Store<WorldStatistics> statistics{ObjectKind::statistics};
    Store<WorldOther> others{ObjectKind::other};

    Id publicSchema() const { return public_; }
    Id schemaNamed(std::string_view name) const;
    Id relationNamed(Id schema, std::string_view name) const;
    Id typeNamed(Id schema, std::string_view name) const;
    /// All overloads in that schema.
    std::vector<Id> functionsNamed(Id schema, std::string_view name) const;
    Id otherNamed(std::string_view kind, Id schema, std::string_view name) const;
    Id statisticsNamed(Id schema, std::string_view name) const;
    Id constraintNamed(const Relation& relation, std::string_view name) const;
    /// Whether a constraint of some table or domain in that schema is named so.
    bool hasConstraintNamed(Id schema, std::string_view name) const;

    Relation& relation(Id id) { return relations.at(id); }
    const Relation& relation(Id id) const { return relations.at(id); }

    WorldSchema& addSchema(std::string name);
    Relation& addRelation(Id schema, std::string name, RelationKind kind);
    WorldType& addType(Id schema, std::string name, TypeKind kind);
    WorldFunction& addFunction(Id schema, std::string name);
    WorldConstraint& addConstraint(Id relation, Id domain, std::string name, ConstraintType type);
    WorldTrigger& addTrigger(Id relation, std::string name);
    WorldPart& addRule(Id relation, std::string name);
    WorldPart& addPolicy(Id relation, std::string name);
    WorldStatistics& addStatistics(Id schema, std::string name, Id relation);
    WorldOther& addOther(std::string kind, Id schema, std::string name);

    /// Gives another name, in another schema when that is not 0, and keeps the indexes by name in order.
    void rename(Id object, std::string name, Id schema = 0);

    /// Takes the object out, with its entries in the lists of what it belongs to; not what depends on it.
    void erase(Id object);
    bool exists(Id object) const;

    /// `dependent` needs `on`. Told again, nothing changes.
    void depend(const Dependent& dependent, Id on);
    void dependOn(Id object, const Uses& uses, Bond bond = Bond::normal, Attribute column = 0, bool isDefault = false);
    /// `object` (or one column, or its default) depends on nothing any more.
    void release(Id object, Attribute column = 0, bool isDefault = false);
    /// `object` as a whole, or its column, no longer depends on `on`.
    void separate(Id object, Id on, Attribute column = 0);
    /// Those that depend on an object, or on a column of it; those that are gone are left out.
    std::vector<Dependent> dependents(Id on, Attribute column = 0) const;

    /// What `object` depends on: itself as a whole, or its column, or the default of its column.
    std::vector<Id> needs(Id object, Attribute column = 0, bool isDefault = false) const;

    const std::string& schemaName(Id object) const;
    const std::string& name(Id object) const;
    /// "public.orders": as SQL needs it.
    std::string shown(Id object) const;
    /// The relation and all that inherit from it, or are partitions of it, at any depth; parents first.
    std::vector<Id> withDescendants(Id relation) const;
    bool isFresh(Id object) const;
    /// From now on effects are judged against what is here.
    void settle();

  private:
    void unlink(Id object);
    /// Under which it stands in the index by name.
    uint32_t hashOf(Id object) const;
    /// `value` is new: it gets its name, and can be found by it.
    template <class T>
    T& named(T& value, std::string name);

    Id public_ = 0;
    NameIndex names_;
    Dependencies dependencies_;
    std::vector<Id> fresh_;
};

/// The catalog that a server would show for this world (docs/decisions/0008): in structure, not in the text of expressions.
Catalog catalogOf(const World& world);

}  // namespace slipway::postgres
