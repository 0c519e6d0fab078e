#include "engines/postgres/predict/scope.h"

#include <algorithm>

namespace slipway::postgres {

void Rows::renameColumns(const std::vector<std::string_view>& names) {
    for (size_t i = 0; i < names.size(); ++i) {
        if (i == columns.size()) columns.emplace_back();
        columns[i].name = names[i];
    }
}

void Rows::append(const Rows& more) {
    columns.insert(columns.end(), more.columns.begin(), more.columns.end());
    open = open || more.open;
}

const OutputColumn* Rows::column(std::string_view name) const {
    const auto found = std::ranges::find(columns, name, &OutputColumn::name);
    return found == columns.end() ? nullptr : &*found;
}

void Scope::add(RangeItem item) {
    if (!item.qualifiedOnly) everything.append(item.rows);
    items.push_back(std::move(item));
}

void Scope::add(Joined joined) {
    everything.append(joined.rows);
    std::ranges::move(joined.items, std::back_inserter(items));
}

const CommonTable* Scope::commonTable(std::string_view name) const {
    for (const Scope* level = this; level; level = level->outer) {
        const auto found = std::ranges::find(level->commonTables, name, &CommonTable::name);
        if (found != level->commonTables.end()) return &*found;
    }
    return nullptr;
}

const RangeItem* Scope::item(std::string_view alias, std::string_view schema) const {
    for (const Scope* level = this; level; level = level->outer)
        for (const RangeItem& each : level->items)
            if (each.alias == alias && (schema.empty() || schema == each.schema)) return &each;
    return nullptr;
}

const RangeItem* Scope::itemOf(const Node& columnRef) const {
    const auto names = columnRef.names("fields");
    if (!columnRef.is("ColumnRef") || names.size() > 3) return nullptr;
    for (const RangeItem& each : items) {
        if (names.size() == 1 ? each.qualifiedOnly : names[names.size() - 2] != each.alias) continue;
        if (names.size() == 3 && names[0] != each.schema) continue;
        if (each.rows.column(names.back())) return &each;
    }
    return nullptr;
}

std::optional<OutputColumn> Scope::column(std::string_view name) const {
    for (const Scope* level = this; level; level = level->outer) {
        bool open = false;
        for (const RangeItem& each : level->items) {
            if (each.qualifiedOnly) continue;
            if (const OutputColumn* found = each.rows.column(name)) return *found;
            open = open || each.rows.open;
        }
        // The nearest level wins, and here it may well be a column of what is not known.
        if (open) return OutputColumn{name, {}, {}};
    }
    return std::nullopt;
}

}  // namespace slipway::postgres
