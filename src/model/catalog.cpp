#include "model/catalog.h"

#include <tuple>
#include <utility>

#include "base/digest.h"
#include "base/text.h"
#include "model/catalog_entries.h"

namespace slipway {

namespace {

template <class Item>
void sortByName(std::vector<Item>& items) {
    std::ranges::sort(items, {}, &Item::name);
}

template <class Item>
void sortByQualifiedName(std::vector<Item>& items) {
    std::ranges::sort(items, {}, [](const Item& item) { return std::tie(item.schema, item.name); });
}

}  // namespace

void Catalog::sort() {
    sortByName(schemas);
    sortByName(extensions);
    sortByQualifiedName(types);
    sortByQualifiedName(sequences);
    sortByQualifiedName(tables);
    std::ranges::sort(functions, {}, [](const Function& f) { return std::tie(f.schema, f.name, f.arguments); });
    std::ranges::sort(others, {}, [](const Other& o) { return std::tie(o.kind, o.identity); });
    for (Type& type : types) sortByName(type.constraints);
    for (Table& table : tables) {
        sortByName(table.constraints);
        sortByName(table.indexes);
        sortByName(table.triggers);
        sortByName(table.rules);
        sortByName(table.policies);
    }
}

const Column* Table::column(std::string_view name) const {
    const auto found = std::ranges::find(columns, name, &Column::name);
    return found == columns.end() ? nullptr : &*found;
}

const Table* Catalog::table(std::string_view schema, std::string_view name) const {
    using Name = std::pair<std::string_view, std::string_view>;
    const auto nameOfTable = [](const Table& table) { return Name(table.schema, table.name); };
    const auto found = std::ranges::lower_bound(tables, Name(schema, name), {}, nameOfTable);
    return found != tables.end() && nameOfTable(*found) == Name(schema, name) ? &*found : nullptr;
}

std::string digest(const Catalog& catalog) {
    Digester digester;
    for (const CatalogEntry& entry : catalogEntries(catalog)) {
        digester.add(entry.kind).add(entry.identity).add(static_cast<int64_t>(entry.attributes.size()));
        for (const auto& [name, value] : entry.attributes) digester.add(name).add(value);
        digester.add(static_cast<int64_t>(entry.columnOrder.size()));
        for (const std::string& column : entry.columnOrder) digester.add(column);
    }
    return digester.hex();
}

std::string summary(const Catalog& catalog) {
    int64_t columns = 0, constraints = 0, indexes = 0, triggers = 0, policies = 0, rules = 0, views = 0;
    for (const Table& table : catalog.tables) {
        const bool isView = table.kind == TableKind::view || table.kind == TableKind::materializedView;
        if (isView)
            ++views;
        else
            columns += std::ssize(table.columns);
        constraints += std::ssize(table.constraints);
        indexes += std::ssize(table.indexes);
        triggers += std::ssize(table.triggers);
        policies += std::ssize(table.policies);
        rules += std::ssize(table.rules);
    }
    std::vector<std::string> parts;
    const auto say = [&](int64_t number, std::string_view one, std::string_view many) {
        if (number > 0) parts.push_back(count(number, one, many));
    };
    say(std::ssize(catalog.schemas), "schema", "schemas");
    say(std::ssize(catalog.tables) - views, "table", "tables");
    say(columns, "column", "columns");
    say(constraints, "constraint", "constraints");
    say(indexes, "index", "indexes");
    say(views, "view", "views");
    say(triggers, "trigger", "triggers");
    say(policies, "policy", "policies");
    say(rules, "rule", "rules");
    say(std::ssize(catalog.sequences), "sequence", "sequences");
    say(std::ssize(catalog.functions), "function", "functions");
    say(std::ssize(catalog.types), "type", "types");
    say(std::ssize(catalog.extensions), "extension", "extensions");
    say(std::ssize(catalog.others), "other object", "other objects");
    return parts.empty() ? "nothing" : join(parts, ", ");
}

const char* nameOf(TableKind kind) {
    switch (kind) {
        case TableKind::table:
            return "table";
        case TableKind::partitioned:
            return "partitioned table";
        case TableKind::foreign:
            return "foreign table";
        case TableKind::view:
            return "view";
        case TableKind::materializedView:
            return "materialized view";
    }
    std::unreachable();
}

const char* nameOf(FunctionKind kind) {
    switch (kind) {
        case FunctionKind::function:
            return "function";
        case FunctionKind::procedure:
            return "procedure";
        case FunctionKind::window:
            return "window function";
    }
    std::unreachable();
}

const char* nameOf(TypeKind kind) {
    switch (kind) {
        case TypeKind::enumeration:
            return "enum";
        case TypeKind::composite:
            return "composite";
        case TypeKind::domain:
            return "domain";
        case TypeKind::range:
            return "range";
        case TypeKind::base:
            return "base";
        case TypeKind::shell:
            return "shell";
    }
    std::unreachable();
}

const char* nameOf(ConstraintType type) {
    switch (type) {
        case ConstraintType::check:
            return "check";
        case ConstraintType::foreignKey:
            return "foreign key";
        case ConstraintType::primaryKey:
            return "primary key";
        case ConstraintType::unique:
            return "unique";
        case ConstraintType::exclusion:
            return "exclusion";
    }
    std::unreachable();
}

}  // namespace slipway
