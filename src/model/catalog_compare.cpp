#include <set>

#include "base/text.h"
#include "model/catalog.h"
#include "model/catalog_entries.h"

namespace slipway {

namespace {

/// The members of `order` that `other` has too, in the order of `order`.
std::vector<std::string> common(const std::vector<std::string>& order, const std::vector<std::string>& other) {
    const std::set<std::string_view> known(other.begin(), other.end());
    std::vector<std::string> both;
    std::ranges::copy_if(order, std::back_inserter(both),
                         [&](const std::string& name) { return known.contains(name); });
    return both;
}

void compareAttributes(const CatalogEntry& before, const CatalogEntry& after, std::vector<Difference>& differences) {
    const auto changed = [&](const std::string& attribute, std::string_view was, std::string_view is) {
        differences.push_back({before.kind, before.identity, Difference::Change::changed, attribute, std::string(was),
                               std::string(is), false});
    };
    for (const auto& [name, value] : before.attributes)
        if (after.attribute(name) != value) changed(name, value, after.attribute(name));
    for (const auto& [name, value] : after.attributes)
        if (before.attribute(name).empty() && !value.empty()) changed(name, "", value);
    const auto was = common(before.columnOrder, after.columnOrder);
    const auto is = common(after.columnOrder, before.columnOrder);
    if (was != is) {
        changed("position", join(was, ", "), join(is, ", "));
        differences.back().columnOrderOnly = true;
    }
}

using Entries = std::vector<const CatalogEntry*>;

/// Reports what came or went, but for what came or went together with something that it belongs to.
void reportWhole(const Entries& entries, Difference::Change change, std::vector<Difference>& differences) {
    std::set<std::string> keys;
    for (const CatalogEntry* entry : entries) keys.insert(entry->key());
    for (const CatalogEntry* entry : entries)
        if (std::ranges::none_of(entry->parents, [&](const std::string& parent) { return keys.contains(parent); }))
            differences.push_back({entry->kind, entry->identity, change, "", "", "", false});
}

/// The first line in which two texts differ, cut to what fits a line on a terminal.
std::pair<std::string, std::string> whereTheyDiffer(const std::string& before, const std::string& after) {
    constexpr size_t most = 70;
    const std::vector<std::string> was = split(before, '\n'), is = split(after, '\n');
    size_t line = 0;
    while (line + 1 < std::min(was.size(), is.size()) && was[line] == is[line]) ++line;
    const auto shown = [&](const std::vector<std::string>& lines) {
        return line < lines.size() ? abbreviate(trim(lines[line]), most) : std::string();
    };
    return {shown(was), shown(is)};
}

/// What to call a value that is not set: the opposite of a flag, else "none".
std::string orNone(const std::string& value, const std::string& other) {
    if (!value.empty()) return value;
    return other == "yes" ? "no" : other == "no" ? "yes" : "none";
}

std::string describeChange(const Difference& difference) {
    if (difference.columnOrderOnly)
        return fmt::format("{} {}: its columns stand in another order: {}; before: {}", difference.kind,
                           difference.object, difference.after, difference.before);
    const auto [was, is] = whereTheyDiffer(difference.before, difference.after);
    return fmt::format("{} {}: {} is {}, was {}", difference.kind, difference.object, difference.attribute,
                       orNone(is, difference.before), orNone(was, difference.after));
}

}  // namespace

std::vector<Difference> compare(const Catalog& before, const Catalog& after) {
    const std::vector<CatalogEntry> was = catalogEntries(before), is = catalogEntries(after);
    std::vector<Difference> differences;
    Entries removed, added;
    auto old = was.begin(), now = is.begin();
    while (old != was.end() || now != is.end()) {
        const auto order = old == was.end() ? std::strong_ordering::greater
                           : now == is.end()
                               ? std::strong_ordering::less
                               : std::tie(old->kind, old->identity) <=> std::tie(now->kind, now->identity);
        if (order < 0) {
            removed.push_back(&*old++);
        } else if (order > 0) {
            added.push_back(&*now++);
        } else {
            compareAttributes(*old++, *now++, differences);
        }
    }
    reportWhole(removed, Difference::Change::removed, differences);
    reportWhole(added, Difference::Change::added, differences);
    std::ranges::stable_sort(differences, {}, [](const Difference& d) { return std::tie(d.kind, d.object); });
    return differences;
}

bool onlyColumnOrder(std::span<const Difference> differences) {
    return !differences.empty() && std::ranges::all_of(differences, &Difference::columnOrderOnly);
}

std::string Difference::message() const {
    if (change == Change::changed) return describeChange(*this);
    return fmt::format("{} {} is {}", kind, object, change == Change::added ? "new" : "gone");
}

std::string Difference::messageAfterUndo() const {
    if (change == Change::changed) return describeChange(*this);
    return fmt::format("{} {} was {}", kind, object, change == Change::added ? "left behind" : "not brought back");
}

const char* nameOf(Difference::Change change) {
    switch (change) {
        case Difference::Change::added:
            return "added";
        case Difference::Change::removed:
            return "removed";
        case Difference::Change::changed:
            return "changed";
    }
    std::unreachable();
}

}  // namespace slipway
