#include "reports/catalog_json.h"

#include <nlohmann/json.hpp>

namespace slipway::reports {

namespace {

using Json = nlohmann::ordered_json;

/// An object that takes only what differs from its default.
class Fields {
  public:
    template <class Value>
    Fields& set(const char* name, const Value& value, const Value& usual = {}) {
        if (value != usual) json_[name] = value;
        return *this;
    }
    Fields& text(const char* name, const std::string& value) { return set(name, value); }
    Fields& text(const char* name, const std::optional<std::string>& value) {
        if (value) json_[name] = *value;
        return *this;
    }
    Fields& flag(const char* name, bool value, bool usual = false) { return set(name, value, usual); }
    Fields& always(const char* name, Json value) {
        json_[name] = std::move(value);
        return *this;
    }
    template <class Object>
    Fields& access(const Object& object) {
        return text("owner", object.owner).set("grants", object.grants).text("comment", object.comment);
    }
    operator Json() { return std::move(json_); }

  private:
    Json json_ = Json::object();
};

template <class Items, class Show>
Json all(const Items& items, Show show) {
    Json list = Json::array();
    for (const auto& item : items) list.push_back(show(item));
    return list;
}

Json column(const Column& c) {
    return Fields()
        .always("name", c.name)
        .always("type", c.type)
        .flag("notNull", c.notNull)
        .flag("notNullValidated", c.notNullValidated, true)
        .text("default", c.defaultValue)
        .text("identity", c.identity)
        .text("generated", c.generated)
        .text("collation", c.collation)
        .text("storage", c.storage)
        .text("compression", c.compression)
        .set("statisticsTarget", c.statisticsTarget, -1)
        .flag("inherited", c.inherited)
        .set("options", c.options)
        .set("grants", c.grants)
        .text("comment", c.comment);
}

Json constraint(const Constraint& c) {
    return Fields()
        .always("name", c.name)
        .always("type", nameOf(c.type))
        .always("definition", c.definition)
        .always("validated", c.validated)
        .flag("deferrable", c.deferrable)
        .flag("initiallyDeferred", c.initiallyDeferred)
        .flag("inherited", c.inherited)
        .flag("noInherit", c.noInherit)
        .set("columns", c.columns)
        .text("referencedSchema", c.referencedSchema)
        .text("referencedTable", c.referencedTable)
        .set("referencedColumns", c.referencedColumns)
        .text("comment", c.comment);
}

Json index(const Index& i) {
    return Fields()
        .always("name", i.name)
        .always("method", i.method)
        .text("definition", i.definition)
        .always("valid", i.valid)
        .flag("ready", i.ready, true)
        .flag("unique", i.unique)
        .flag("primary", i.primary)
        .flag("partial", i.partial)
        .flag("replicaIdentity", i.replicaIdentity)
        .flag("clustered", i.clustered)
        .always("columns", i.columns)
        .always("keyColumns", i.keyColumns)
        .text("constraint", i.constraint)
        .text("parent", i.parent)
        .text("tablespace", i.tablespace)
        .text("statisticsTargets", i.statisticsTargets)
        .text("comment", i.comment);
}

Json attachment(const Attachment& a) {
    return Fields()
        .always("name", a.name)
        .always("definition", a.definition)
        .text("firing", a.firing)
        .text("comment", a.comment);
}

Json table(const Table& t) {
    return Fields()
        .always("schema", t.schema)
        .always("name", t.name)
        .always("kind", nameOf(t.kind))
        .flag("rowSecurity", t.rowSecurity)
        .flag("rowSecurityForced", t.rowSecurityForced)
        .flag("unlogged", t.unlogged)
        .flag("populated", t.populated, true)
        .text("replicaIdentity", t.replicaIdentity)
        .set("parents", t.parents)
        .flag("detachPending", t.detachPending)
        .text("partitionBound", t.partitionBound)
        .text("partitionKey", t.partitionKey)
        .text("viewDefinition", t.viewDefinition)
        .text("ofType", t.ofType)
        .text("accessMethod", t.accessMethod)
        .text("tablespace", t.tablespace)
        .text("server", t.server)
        .set("options", t.options)
        .access(t)
        .always("columns", all(t.columns, column))
        .always("constraints", all(t.constraints, constraint))
        .always("indexes", all(t.indexes, index))
        .always("triggers", all(t.triggers, attachment))
        .always("rules", all(t.rules, attachment))
        .always("policies", all(t.policies, attachment));
}

Json function(const Function& f) {
    return Fields()
        .always("schema", f.schema)
        .always("name", f.name)
        .always("arguments", f.arguments)
        .always("kind", nameOf(f.kind))
        .always("language", f.language)
        .text("returns", f.returns)
        .always("volatility", f.volatility)
        .always("parallel", f.parallel)
        .flag("strict", f.strict)
        .flag("securityDefiner", f.securityDefiner)
        .set("settings", f.settings)
        .always("definition", f.definition)
        .access(f);
}

Json sequence(const Sequence& s) {
    return Fields()
        .always("schema", s.schema)
        .always("name", s.name)
        .always("type", s.type)
        .always("start", s.start)
        .always("increment", s.increment)
        .always("minimum", s.minimum)
        .always("maximum", s.maximum)
        .set("cache", s.cache, int64_t{1})
        .flag("cycle", s.cycle)
        .flag("unlogged", s.unlogged)
        .text("ownedBySchema", s.ownedBySchema)
        .text("ownedByTable", s.ownedByTable)
        .text("ownedByColumn", s.ownedByColumn)
        .flag("identity", s.identity)
        .access(s);
}

Json type(const Type& t) {
    Fields fields;
    fields.always("schema", t.schema).always("name", t.name).always("kind", nameOf(t.kind)).set("labels", t.labels);
    if (!t.attributes.empty()) fields.always("attributes", all(t.attributes, column));
    fields.text("baseType", t.baseType).flag("notNull", t.notNull).text("default", t.defaultValue);
    if (!t.constraints.empty()) fields.always("constraints", all(t.constraints, constraint));
    return fields.text("collation", t.collation).text("definition", t.definition).access(t);
}

Json schema(const Schema& s) {
    return Fields().always("name", s.name).access(s);
}

Json extension(const Extension& e) {
    return Fields()
        .always("name", e.name)
        .always("version", e.version)
        .always("schema", e.schema)
        .text("comment", e.comment);
}

Json other(const Other& o) {
    return Fields().always("kind", o.kind).always("identity", o.identity).always("definition", o.definition).access(o);
}

void addCatalog(Json& document, const Catalog& catalog) {
    document["digest"] = digest(catalog);
    document["schemas"] = all(catalog.schemas, schema);
    document["extensions"] = all(catalog.extensions, extension);
    document["types"] = all(catalog.types, type);
    document["sequences"] = all(catalog.sequences, sequence);
    document["tables"] = all(catalog.tables, table);
    document["functions"] = all(catalog.functions, function);
    document["others"] = all(catalog.others, other);
}

std::string written(const Json& document) { return document.dump(2, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string catalogJson(const Catalog& catalog) {
    Json document = {{"slipway", 1}};
    addCatalog(document, catalog);
    return written(document);
}

std::string snapshotJson(const Snapshot& snapshot) {
    Json document = {{"slipway", 1}, {"server_version", snapshot.serverMajor}, {"schemaVersion", snapshot.schemaVersion}};
    addCatalog(document, snapshot.catalog);
    return written(document);
}

}  // namespace slipway::reports
