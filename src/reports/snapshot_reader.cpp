#include "reports/snapshot_reader.h"

#include <nlohmann/json.hpp>

#include "base/error.h"

namespace slipway::reports {

namespace {

using Json = nlohmann::json;

template <class Value>
void take(const Json& json, const char* name, Value& into) {
    if (const auto found = json.find(name); found != json.end()) found->get_to(into);
}
void take(const Json& json, const char* name, std::optional<std::string>& into) {
    if (const auto found = json.find(name); found != json.end()) into = found->get<std::string>();
}

template <class Item>
void list(const Json& json, const char* name, std::vector<Item>& into, Item (*read)(const Json&)) {
    const auto found = json.find(name);
    if (found == json.end()) return;
    for (const Json& each : *found) into.push_back(read(each));
}

/// The kind that nameOf() calls so.
template <class Kind, size_t size>
Kind kindNamed(const std::string& name, const Kind (&kinds)[size]) {
    for (const Kind kind : kinds)
        if (name == nameOf(kind)) return kind;
    throw Json::other_error::create(501, "there is no kind '" + name + "'", nullptr);
}

template <class Object>
void access(const Json& json, Object& object) {
    take(json, "owner", object.owner);
    take(json, "grants", object.grants);
    take(json, "comment", object.comment);
}

Column column(const Json& json) {
    Column c;
    take(json, "name", c.name);
    take(json, "type", c.type);
    take(json, "notNull", c.notNull);
    take(json, "notNullValidated", c.notNullValidated);
    take(json, "default", c.defaultValue);
    take(json, "identity", c.identity);
    take(json, "generated", c.generated);
    take(json, "collation", c.collation);
    take(json, "storage", c.storage);
    take(json, "compression", c.compression);
    take(json, "statisticsTarget", c.statisticsTarget);
    take(json, "inherited", c.inherited);
    take(json, "options", c.options);
    take(json, "grants", c.grants);
    take(json, "comment", c.comment);
    return c;
}

Constraint constraint(const Json& json) {
    using enum ConstraintType;
    Constraint c;
    c.type = kindNamed(json.at("type"), {check, foreignKey, primaryKey, unique, exclusion});
    take(json, "name", c.name);
    take(json, "definition", c.definition);
    take(json, "validated", c.validated);
    take(json, "deferrable", c.deferrable);
    take(json, "initiallyDeferred", c.initiallyDeferred);
    take(json, "inherited", c.inherited);
    take(json, "noInherit", c.noInherit);
    take(json, "columns", c.columns);
    take(json, "referencedSchema", c.referencedSchema);
    take(json, "referencedTable", c.referencedTable);
    take(json, "referencedColumns", c.referencedColumns);
    take(json, "comment", c.comment);
    return c;
}

Index index(const Json& json) {
    Index i;
    take(json, "name", i.name);
    take(json, "method", i.method);
    take(json, "definition", i.definition);
    take(json, "valid", i.valid);
    take(json, "ready", i.ready);
    take(json, "unique", i.unique);
    take(json, "primary", i.primary);
    take(json, "partial", i.partial);
    take(json, "replicaIdentity", i.replicaIdentity);
    take(json, "clustered", i.clustered);
    take(json, "columns", i.columns);
    take(json, "keyColumns", i.keyColumns);
    take(json, "constraint", i.constraint);
    take(json, "parent", i.parent);
    take(json, "tablespace", i.tablespace);
    take(json, "statisticsTargets", i.statisticsTargets);
    take(json, "comment", i.comment);
    return i;
}

Attachment attachment(const Json& json) {
    Attachment a;
    take(json, "name", a.name);
    take(json, "definition", a.definition);
    take(json, "firing", a.firing);
    take(json, "comment", a.comment);
    return a;
}

Table table(const Json& json) {
    Table t;
    t.kind = kindNamed(json.at("kind"), {TableKind::table, TableKind::partitioned, TableKind::foreign, TableKind::view, TableKind::materializedView});
    take(json, "schema", t.schema);
    take(json, "name", t.name);
    take(json, "rowSecurity", t.rowSecurity);
    take(json, "rowSecurityForced", t.rowSecurityForced);
    take(json, "unlogged", t.unlogged);
    take(json, "populated", t.populated);
    take(json, "replicaIdentity", t.replicaIdentity);
    take(json, "parents", t.parents);
    take(json, "detachPending", t.detachPending);
    take(json, "partitionBound", t.partitionBound);
    take(json, "partitionKey", t.partitionKey);
    take(json, "viewDefinition", t.viewDefinition);
    take(json, "ofType", t.ofType);
    take(json, "accessMethod", t.accessMethod);
    take(json, "tablespace", t.tablespace);
    take(json, "server", t.server);
    take(json, "options", t.options);
    access(json, t);
    list(json, "columns", t.columns, column);
    list(json, "constraints", t.constraints, constraint);
    list(json, "indexes", t.indexes, index);
    list(json, "triggers", t.triggers, attachment);
    list(json, "rules", t.rules, attachment);
    list(json, "policies", t.policies, attachment);
    return t;
}

Function function(const Json& json) {
    Function f;
    f.kind = kindNamed(json.at("kind"), {FunctionKind::function, FunctionKind::procedure, FunctionKind::window});
    take(json, "schema", f.schema);
    take(json, "name", f.name);
    take(json, "arguments", f.arguments);
    take(json, "language", f.language);
    take(json, "returns", f.returns);
    take(json, "volatility", f.volatility);
    take(json, "parallel", f.parallel);
    take(json, "strict", f.strict);
    take(json, "securityDefiner", f.securityDefiner);
    take(json, "settings", f.settings);
    take(json, "definition", f.definition);
    access(json, f);
    return f;
}

Sequence sequence(const Json& json) {
    Sequence s;
    take(json, "schema", s.schema);
    take(json, "name", s.name);
    take(json, "type", s.type);
    take(json, "start", s.start);
    take(json, "increment", s.increment);
    take(json, "minimum", s.minimum);
    take(json, "maximum", s.maximum);
    take(json, "cache", s.cache);
    take(json, "cycle", s.cycle);
    take(json, "unlogged", s.unlogged);
    take(json, "ownedBySchema", s.ownedBySchema);
    take(json, "ownedByTable", s.ownedByTable);
    take(json, "ownedByColumn", s.ownedByColumn);
    take(json, "identity", s.identity);
    access(json, s);
    return s;
}

Type type(const Json& json) {
    using enum TypeKind;
    Type t;
    t.kind = kindNamed(json.at("kind"), {enumeration, composite, domain, range, base, shell});
    take(json, "schema", t.schema);
    take(json, "name", t.name);
    take(json, "labels", t.labels);
    list(json, "attributes", t.attributes, column);
    take(json, "baseType", t.baseType);
    take(json, "notNull", t.notNull);
    take(json, "default", t.defaultValue);
    list(json, "constraints", t.constraints, constraint);
    take(json, "collation", t.collation);
    take(json, "definition", t.definition);
    access(json, t);
    return t;
}

Schema schema(const Json& json) {
    Schema s;
    take(json, "name", s.name);
    access(json, s);
    return s;
}

Extension extension(const Json& json) {
    Extension e;
    take(json, "name", e.name);
    take(json, "version", e.version);
    take(json, "schema", e.schema);
    take(json, "comment", e.comment);
    return e;
}

Other other(const Json& json) {
    Other o;
    take(json, "kind", o.kind);
    take(json, "identity", o.identity);
    take(json, "definition", o.definition);
    access(json, o);
    return o;
}

}  // namespace

Snapshot readSnapshot(const std::string& text, const std::string& shown) {
    try {
        const Json json = Json::parse(text);
        json.at("tables");
        Snapshot snapshot;
        take(json, "server_version", snapshot.serverMajor);
        take(json, "schemaVersion", snapshot.schemaVersion);
        list(json, "schemas", snapshot.catalog.schemas, schema);
        list(json, "extensions", snapshot.catalog.extensions, extension);
        list(json, "types", snapshot.catalog.types, type);
        list(json, "sequences", snapshot.catalog.sequences, sequence);
        list(json, "tables", snapshot.catalog.tables, table);
        list(json, "functions", snapshot.catalog.functions, function);
        list(json, "others", snapshot.catalog.others, other);
        snapshot.catalog.sort();
        return snapshot;
    } catch (const Json::exception& error) {
        throw Error("snapshot-invalid", Exit::usage, "this is not a catalog that `slipway snapshot` wrote",
                    "make one with `slipway snapshot ENV --out FILE`")
            .at(shown)
            .withDetail(error.what());
    }
}

}  // namespace slipway::reports
