#include <algorithm>

#include "base/text.h"
#include "engines/postgres/describe/describe.h"
#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

void dropRelation(Description& to, const Node& statement, const Node& object) {
    const auto parts = object.names("items");
    const auto [schema, name] = schemaAndName(parts);
    const Id id = to.names.relation(schema, name);
    const bool ifExists = statement.flag("missing_ok"), cascade = statement.text("behavior") == "DROP_CASCADE";
    if (!id && ifExists && to.world.complete) return to.tell(change::Skipped{fmt::format("{}, which is not there", to.ref(parts).name), to.ref(parts).name});
    if (statement.text("removeType") == "OBJECT_INDEX") {
        change::DropIndex change{.index = to.ref(parts), .concurrently = statement.flag("concurrent"), .cascade = cascade};
        change.table.known = false;
        if (id && to.world.relation(id).index) {
            const IndexPart& index = *to.world.relation(id).index;
            change.table = to.ref(index.table);
            change.columns = to.columns(index.table, {index.columns.begin(), index.columns.begin() + index.keys});
        }
        return to.tell(std::move(change));
    }
    change::DropRelation change{.relation = to.ref(parts, relationKind(statement.text("removeType"))), .ifExists = ifExists, .cascade = cascade};
    if (id) {
        change.dependents = to.dependents(id);
        change.readers = to.readers(id);
        for (const Id each : to.world.relation(id).constraints)
            if (const Id referenced = to.world.constraints.at(each).referenced; referenced && referenced != id) change.references.push_back(to.world.shown(referenced));
    }
    to.tell(std::move(change));
}

/// "OBJECT_MATVIEW": "materialized view".
std::string kindWords(std::string_view kind) {
    std::string words = lower(kind.substr(kind.find('_') + 1));
    std::ranges::replace(words, '_', ' ');
    return words;
}

std::string nameIn(const Node& object) {
    if (object.is("String")) return sqlName(object.string());
    const auto parts = object.is("ObjectWithArgs") ? object.names("objname") : object.is("TypeName") ? object.names("names") : object.names("items");
    if (parts.empty()) return "";
    const auto [schema, name] = schemaAndName(parts);
    return schema.empty() || schema == "pg_catalog" ? sqlName(name) : sqlName(schema, name);
}

Id findOther(const Description& from, std::string_view kind, const Node& object) {
    if (kind == "OBJECT_SCHEMA") return from.world.schemaNamed(object.string());
    if (kind == "OBJECT_TYPE" || kind == "OBJECT_DOMAIN") {
        const auto [schema, name] = schemaAndName(object.names("names"));
        const Id id = from.names.type(schema, name);
        return kindOf(id) == ObjectKind::type ? id : 0;
    }
    if (object.is("ObjectWithArgs") && kind != "OBJECT_OPERATOR" && kind != "OBJECT_AGGREGATE") return from.names.function(object);
    return 0;
}

/// A trigger, rule or policy of a table.
void dropPart(Description& to, const Node& object, std::string_view kind, bool ifExists) {
    auto parts = object.names("items");
    const std::string name(parts.back());
    parts.pop_back();
    const auto [schema, tableName] = schemaAndName(parts);
    const Id table = to.names.relation(schema, tableName);
    const RelationRef shown = to.ref(parts);
    const auto skipped = [&] { to.tell(change::Skipped{fmt::format("{} of {}, which is not there", sqlName(name), shown.name)}); };
    if (!table && ifExists && to.world.complete) return skipped();
    if (table && ifExists && !to.world.relation(table).placeholder) {
        const Relation& of = to.world.relation(table);
        const auto& all = kind == "OBJECT_TRIGGER" ? of.triggers : kind == "OBJECT_RULE" ? of.rules : of.policies;
        if (std::ranges::none_of(all, [&](Id each) { return to.world.name(each) == name; })) return skipped();
    }
    if (kind == "OBJECT_TRIGGER") return to.tell(change::TriggerChange{.verb = "drop", .name = name, .table = shown});
    to.tell(change::RuleChange{kind == "OBJECT_RULE" ? "rule" : "policy", "drop", name, shown});
}

std::vector<std::string> contentOf(const Description& from, Id schema) {
    std::vector<std::string> content;
    for (const Relation& relation : from.world.relations.all())
        if (relation.schema == schema && !relation.isIndex() && relation.kind != RelationKind::composite) content.push_back(from.describeObject(relation.id));
    for (const WorldType& type : from.world.types.all())
        if (type.schema == schema) content.push_back(from.describeObject(type.id));
    for (const WorldFunction& function : from.world.functions.all())
        if (function.schema == schema) content.push_back(from.describeObject(function.id));
    std::ranges::sort(content);
    return content;
}

}  // namespace

void describeDrop(Description& to, const Node& statement) {
    if (statement.is("DropdbStmt")) return to.tell(change::DropObject{.kind = "database", .name = sqlName(statement.text("dbname")), .ifExists = statement.flag("missing_ok")});
    if (statement.is("DropOwnedStmt")) {
        const auto roles = statement.list("roles");
        return to.tell(change::DropObject{.kind = "owned", .name = roles.empty() ? "" : std::string(roles.front().text("rolename")), .cascade = statement.text("behavior") == "DROP_CASCADE"});
    }
    const std::string_view kind = statement.text("removeType");
    const bool ifExists = statement.flag("missing_ok"), cascade = statement.text("behavior") == "DROP_CASCADE";
    for (const Node& object : statement.list("objects")) {
        if (isRelation(kind)) {
            dropRelation(to, statement, object);
        } else if (kind == "OBJECT_TRIGGER" || kind == "OBJECT_RULE" || kind == "OBJECT_POLICY") {
            dropPart(to, object, kind, ifExists);
        } else {
            change::DropObject change{.kind = kindWords(kind), .name = nameIn(object), .ifExists = ifExists, .cascade = cascade};
            if (const Id id = findOther(to, kind, object)) {
                change.fresh = to.world.isFresh(id);
                change.dependents = kind == "OBJECT_SCHEMA" ? contentOf(to, id) : to.dependents(id);
                if (kindOf(id) == ObjectKind::function)
                    for (const Dependent& each : to.world.dependents(id))
                        if (kindOf(each.object) == ObjectKind::trigger) change.readers.push_back(to.describeObject(each.object));
            } else if (ifExists && to.world.complete && kind != "OBJECT_EXTENSION") {
                to.tell(change::Skipped{fmt::format("{} {}, which is not there", change.kind, change.name)});
                continue;
            }
            to.tell(std::move(change));
        }
    }
}

}  // namespace slipway::postgres
