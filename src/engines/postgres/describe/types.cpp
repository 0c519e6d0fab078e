#include <algorithm>

#include "engines/postgres/describe/describe.h"
#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

Id findOwn(const Description& from, const std::vector<std::string_view>& parts) {
    const auto [schema, name] = schemaAndName(parts);
    const Id id = from.names.type(schema, name);
    return kindOf(id) == ObjectKind::type ? id : 0;
}

std::string shown(const Description& from, const std::vector<std::string_view>& parts) {
    if (const Id id = findOwn(from, parts)) return from.world.shown(id);
    const auto [schema, name] = schemaAndName(parts);
    return schema.empty() ? sqlName(name) : sqlName(schema, name);
}

void alterEnum(Description& to, const Node& statement) {
    const auto parts = statement.names("typeName");
    const Id id = findOwn(to, parts);
    const bool fresh = id && to.world.types.at(id).fresh;
    const std::string value(statement.text("newVal"));
    if (const std::string_view old = statement.text("oldVal"); !old.empty())
        return to.tell(change::RenameEnumValue{shown(to, parts), std::string(old), value, fresh});
    if (id && std::ranges::find(to.world.types.at(id).labels, value) != to.world.types.at(id).labels.end()) return;
    to.tell(change::AddEnumValue{shown(to, parts), value, fresh});
}

void holders(const Description& from, Id domain, std::vector<std::string>& tables) {
    for (const Dependent& each : from.world.dependents(domain)) {
        if (kindOf(each.object) == ObjectKind::type && from.world.types.at(each.object).kind == TypeKind::domain) holders(from, each.object, tables);
        if (kindOf(each.object) == ObjectKind::relation && each.column && from.world.relation(each.object).hasStorage() && !from.world.relation(each.object).fresh)
            tables.push_back(from.world.shown(each.object));
    }
}

void alterDomain(Description& to, const Node& statement) {
    const std::string_view what = statement.text("subtype");
    if (what != "C" && what != "O") return;
    const auto parts = statement.names("typeName");
    change::AlterDomain change{.domain = shown(to, parts), .constraint = what == "C" ? "check" : "not null"};
    change.notValid = statement.node("def").flag("skip_validation");
    const Id id = findOwn(to, parts);
    change.known = id && !to.world.types.at(id).placeholder;
    if (id) holders(to, id, change.tables);
    std::ranges::sort(change.tables);
    change.tables.erase(std::unique(change.tables.begin(), change.tables.end()), change.tables.end());
    to.tell(std::move(change));
}

}  // namespace

void describeTypes(Description& to, const Node& statement) {
    if (statement.is("AlterEnumStmt")) return alterEnum(to, statement);
    if (statement.is("AlterDomainStmt")) return alterDomain(to, statement);
    if (statement.is("CompositeTypeStmt")) return to.tell(change::CreateType{to.made(statement.node("typevar"), RelationKind::composite).name, "composite"});
    const bool domain = statement.is("CreateDomainStmt");
    const auto parts = statement.names(domain ? "domainname" : "typeName");
    to.tell(change::CreateType{shown(to, parts), domain ? "domain" : statement.is("CreateEnumStmt") ? "enum" : "range"});
}

}  // namespace slipway::postgres
