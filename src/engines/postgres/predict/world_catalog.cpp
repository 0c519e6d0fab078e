// A World as the Catalog that a server would show.
#include <algorithm>

#include "engines/postgres/builtins.h"
#include "engines/postgres/predict/names.h"
#include "engines/postgres/predict/world.h"

namespace slipway::postgres {

namespace {

constexpr const char* unread = "expression";

std::string storageOf(const World& world, const WorldColumn& column) {
    const BuiltinType* type = builtinType(column.type.builtin, world.serverVersion);
    constexpr std::pair<char, const char*> words[] = {{'p', "PLAIN"}, {'e', "EXTERNAL"}, {'m', "MAIN"}, {'x', "EXTENDED"}};
    for (const auto& [letter, word] : words)
        if (type && !column.type.array && type->storage == letter && column.storage == word) return "";
    return column.storage;
}

class Exporter {
  public:
    explicit Exporter(const World& world) : world_(world) {}

    Catalog run() {
        for (const WorldSchema& schema : world_.schemas.all()) catalog_.schemas.push_back({.name = schema.name, .owner = schema.owner, .comment = schema.comment});
        for (const Relation& relation : world_.relations.all()) addRelation(relation);
        for (const WorldType& type : world_.types.all()) addType(type);
        for (const WorldFunction& function : world_.functions.all())
            if (!function.aggregate) addFunction(function);
        for (const WorldOther& other : world_.others.all())
            if (other.kind == "extension") catalog_.extensions.push_back({.name = other.name});
        catalog_.sort();
        return std::move(catalog_);
    }

  private:
    std::string schemaOf(Id schema) const { return world_.schemas.contains(schema) ? world_.schemas.at(schema).name : ""; }
    std::vector<std::string> names(const Relation& relation, const std::vector<Attribute>& columns) const {
        std::vector<std::string> all;
        for (const Attribute column : columns) all.push_back(column ? relation.column(column).name : "");
        return all;
    }

    Column column(const WorldColumn& of) const {
        Column made;
        made.name = of.name;
        made.type = formatType(world_, of.type);
        made.notNull = of.notNull;
        made.notNullValidated = of.notNullValidated;
        if (of.defaultValue) made.defaultValue = *of.defaultValue;
        made.identity = of.identity == 'a' ? "ALWAYS" : of.identity == 'd' ? "BY DEFAULT" : "";
        made.generated = of.generated == 's' ? "STORED" : of.generated == 'v' ? "VIRTUAL" : "";
        made.collation = of.collation;
        made.storage = storageOf(world_, of);
        made.compression = of.compression == "default" ? "" : of.compression.str();
        made.statisticsTarget = of.statisticsTarget;
        made.inherited = !of.local;
        made.options = of.options;
        made.comment = of.comment;
        return made;
    }

    Constraint constraint(const WorldConstraint& of) const {
        Constraint made;
        made.name = of.name;
        made.type = of.type;
        made.definition = unread;
        made.validated = of.validated;
        made.deferrable = of.deferrable;
        made.initiallyDeferred = of.deferred;
        made.inherited = !of.local;
        made.noInherit = of.noInherit;
        made.comment = of.comment;
        if (of.relation) made.columns = names(world_.relation(of.relation), of.columns);
        if (!of.referenced) return made;
        made.referencedSchema = schemaOf(world_.relation(of.referenced).schema);
        made.referencedTable = world_.relation(of.referenced).name;
        made.referencedColumns = names(world_.relation(of.referenced), of.referencedColumns);
        return made;
    }

    Index index(const Relation& relation) const {
        const IndexPart& of = *relation.index;
        Index made;
        made.name = relation.name;
        made.method = of.method;
        made.valid = of.valid;
        made.unique = of.unique;
        made.primary = of.primary;
        made.partial = of.partial;
        made.replicaIdentity = of.replicaIdentity;
        made.clustered = of.clustered;
        made.columns = names(world_.relation(of.table), of.columns);
        made.keyColumns = of.keys;
        if (of.constraint) made.constraint = world_.constraints.at(of.constraint).name;
        if (of.parent) made.parent = world_.shown(of.parent);
        made.comment = relation.comment;
        return made;
    }

    void addRelation(const Relation& relation) {
        if (relation.temporary || relation.isIndex() || relation.kind == RelationKind::composite) return;
        if (relation.kind == RelationKind::sequence) return addSequence(relation);
        Table made;
        made.schema = schemaOf(relation.schema);
        made.name = relation.name;
        made.kind = static_cast<TableKind>(relation.kind);
        for (const WorldColumn& each : relation.columns)
            if (!each.dropped) made.columns.push_back(column(each));
        for (const Id id : relation.constraints) {
            const WorldConstraint& each = world_.constraints.at(id);
            // The copies of a foreign key come and go with the partitions; the reader of a server's catalog leaves them out, too.
            if (each.type != ConstraintType::foreignKey || !each.parent) made.constraints.push_back(constraint(each));
        }
        for (const Id id : relation.indexes) made.indexes.push_back(index(world_.relation(id)));
        for (const Id id : relation.triggers) made.triggers.push_back({.name = world_.triggers.at(id).name, .definition = unread, .firing = world_.triggers.at(id).firing});
        for (const Id id : relation.rules) made.rules.push_back({.name = world_.rules.at(id).name, .definition = unread});
        for (const Id id : relation.policies) made.policies.push_back({.name = world_.policies.at(id).name, .definition = unread});
        made.rowSecurity = relation.rowSecurity;
        made.rowSecurityForced = relation.rowSecurityForced;
        made.unlogged = relation.unlogged;
        made.populated = relation.populated;
        made.replicaIdentity = relation.replicaIdentity;
        for (const Id parent : relation.parents) made.parents.push_back(world_.shown(parent));
        made.partitionBound = relation.partition->parent ? unread : "";
        made.partitionKey = relation.partition->strategy.empty() ? "" : unread;
        made.viewDefinition = relation.isView() ? unread : "";
        if (relation.ofType && world_.exists(relation.ofType)) made.ofType = world_.shown(relation.ofType);
        made.accessMethod = relation.accessMethod;
        made.tablespace = relation.tablespace;
        made.server = relation.server;
        made.comment = relation.comment;
        catalog_.tables.push_back(std::move(made));
    }

    void addSequence(const Relation& relation) {
        Sequence made = relation.sequence ? *relation.sequence : Sequence{};
        made.schema = schemaOf(relation.schema);
        made.name = relation.name;
        made.unlogged = relation.unlogged;
        made.comment = relation.comment;
        if (relation.ownedBy.relation && world_.exists(relation.ownedBy.relation)) {
            const Relation& table = world_.relation(relation.ownedBy.relation);
            made.ownedBySchema = schemaOf(table.schema);
            made.ownedByTable = table.name;
            made.ownedByColumn = table.column(relation.ownedBy.column).name;
        }
        catalog_.sequences.push_back(std::move(made));
    }

    void addType(const WorldType& type) {
        if (type.kind == TypeKind::base) return;
        Type made;
        made.schema = schemaOf(type.schema);
        made.name = type.name;
        made.kind = type.kind;
        made.labels = type.labels;
        if (type.relation)
            for (const WorldColumn& each : world_.relation(type.relation).columns)
                if (!each.dropped) made.attributes.push_back(column(each));
        if (type.kind == TypeKind::domain) made.baseType = formatType(world_, type.base);
        made.notNull = type.notNull;
        made.defaultValue = type.defaultValue;
        for (const Id id : type.constraints) made.constraints.push_back(constraint(world_.constraints.at(id)));
        made.comment = type.comment;
        catalog_.types.push_back(std::move(made));
    }

    void addFunction(const WorldFunction& function) {
        Function made;
        made.schema = schemaOf(function.schema);
        made.name = function.name;
        std::string arguments;
        for (const TypeRef& each : function.arguments) arguments += (arguments.empty() ? "" : ", ") + formatType(world_, {each.own, each.builtin, {}, {}, each.array});
        made.arguments = arguments;
        made.kind = function.kind;
        made.language = function.language == "sql atomic" ? "sql" : function.language;
        made.volatility = function.volatility == 'i' ? "IMMUTABLE" : function.volatility == 's' ? "STABLE" : "VOLATILE";
        made.strict = function.strict;
        made.definition = unread;
        made.comment = function.comment;
        catalog_.functions.push_back(std::move(made));
    }

    const World& world_;
    Catalog catalog_;
};

}  // namespace

Catalog catalogOf(const World& world) { return Exporter(world).run(); }

}  // namespace slipway::postgres
