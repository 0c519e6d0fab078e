#include "engines/postgres/predict/routing.h"

#include <algorithm>
#include <charconv>

namespace slipway::postgres {

namespace {

/// Whether something holds of a partition; `maybe` where it cannot be told.
enum class Answer { no, maybe, yes };

bool isKeyword(const Node& datum, std::string_view word) {
    const auto fields = datum.names("fields");
    return datum.is("ColumnRef") && fields.size() == 1 && fields[0] == word;
}

/// The end of a range; false when an expression stands there.
bool readRange(const std::vector<Node>& datums, std::vector<std::optional<std::string>>& end) {
    for (const Node& each : datums) {
        const auto value = constantOf(each);
        if (!value && !isKeyword(each, "minvalue") && !isKeyword(each, "maxvalue")) return false;
        end.push_back(value);
    }
    return true;
}

/// Compares the first values of a key with an end of a range. `unlimited` is the answer where the range has no limit.
/// With fewer values than columns, equality is left open.
std::optional<int> compareKey(const std::vector<std::string>& key, const std::vector<std::optional<std::string>>& end,
                              int unlimited) {
    for (size_t i = 0; i < std::min(key.size(), end.size()); ++i) {
        if (!end[i]) return unlimited;
        const auto order = compareConstants(key[i], *end[i]);
        if (!order || *order != 0) return order;
    }
    return 0;
}

/// Whether rows whose key begins with these values may lie in the partition; `yes` when only there.
Answer takes(const PartitionBound& bound, const std::vector<std::string>& key, bool isList) {
    if (isList) {
        const bool listed = std::ranges::any_of(
            bound.values, [&](const std::string& value) { return compareConstants(key[0], value) == 0; });
        return listed ? Answer::yes : Answer::no;
    }
    const bool whole = key.size() == bound.from.size();
    const auto lower = compareKey(key, bound.from, 1), upper = compareKey(key, bound.to, -1);
    if ((lower && *lower < 0) || (upper && (whole ? *upper >= 0 : *upper > 0))) return Answer::no;
    if (!lower || !upper) return Answer::maybe;
    return whole || (*lower > 0 && *upper < 0) ? Answer::yes : Answer::maybe;
}

/// The names of the key's columns; empty where an expression is among them.
std::vector<std::string> keyNames(const Relation& partitioned, const World& world) {
    std::vector<std::string> names;
    for (const Attribute column : partitioned.partition->key) {
        if (!column) return {};
        names.push_back(world.relation(partitioned.id).column(column).name);
    }
    return names;
}

std::vector<Id> everyPartition(const World& world, Id partitioned) {
    std::vector<Id> all = world.withDescendants(partitioned);
    all.erase(all.begin());
    return all;
}

Id defaultPartition(const World& world, const Relation& of) {
    for (const Id child : of.children)
        if (world.relation(child).partition->isDefault) return child;
    return 0;
}

void route(const World& world, Id partitioned, const std::function<KnownValue(const std::string&)>& valueOf,
           Partitions& result) {
    const Relation& of = world.relation(partitioned);
    const auto descend = [&](Id child) {
        result.found.push_back(child);
        if (world.relation(child).kind == RelationKind::partitioned) route(world, child, valueOf, result);
    };
    if (of.children.size() == 1) return descend(of.children[0]);
    const auto unclear = [&] {
        result.certain = false;
        for (const Id each : everyPartition(world, partitioned)) result.found.push_back(each);
    };
    const auto names = keyNames(of, world);
    const std::string& strategy = of.partition->strategy;
    if (names.empty() || strategy == "hash") return unclear();
    std::vector<std::string> key;
    bool null = false;
    for (const std::string& name : names) {
        const KnownValue value = valueOf(name);
        if (value.kind == KnownValue::Kind::unknown) return unclear();
        null = null || value.kind == KnownValue::Kind::null;
        key.push_back(value.text);
    }
    bool maybe = false;
    for (const Id child : of.children) {
        const PartitionPart& part = world.relation(child).partition;
        if (part.isDefault) continue;
        if (!part.takes.known) return unclear();
        const Answer answer =
            null ? (part.takes.takesNull ? Answer::yes : Answer::no) : takes(part.takes, key, strategy == "list");
        if (answer == Answer::yes) return descend(child);
        maybe = maybe || answer == Answer::maybe;
    }
    if (maybe) return unclear();
    if (const Id other = defaultPartition(world, of)) descend(other);
}

/// Whether rows that meet the condition on the first column of the key may lie in the partition.
Answer meets(const PartitionBound& bound, const Conjunct& condition, bool isList, bool singleColumn) {
    const std::string& is = condition.comparison;
    if (is == "null") return bound.takesNull ? Answer::yes : Answer::no;
    if (is == "not null") return !isList || !bound.values.empty() ? Answer::yes : Answer::no;
    if (is == "=" || is == "in") {
        Answer best = Answer::no;
        for (const std::string& value : condition.values) best = std::max(best, takes(bound, {value}, isList));
        return best;
    }
    const bool upwards = is[0] == '>';
    const auto fits = [&](int order) { return order == 0 ? is.size() == 2 : upwards ? order > 0 : order < 0; };
    if (isList) {
        Answer best = Answer::no;
        for (const std::string& value : bound.values) {
            const auto order = compareConstants(value, condition.values[0]);
            best = std::max(best, !order ? Answer::maybe : fits(*order) ? Answer::yes : Answer::no);
        }
        return best;
    }
    const auto& end = upwards ? bound.to.front() : bound.from.front();
    if (!end) return Answer::yes;
    const auto order = compareConstants(*end, condition.values[0]);
    if (!order) return Answer::maybe;
    // The upper end itself is outside the range, unless it goes on with further columns.
    if (upwards) return *order > 0 || (*order == 0 && !singleColumn && fits(0)) ? Answer::yes : Answer::no;
    return fits(*order) ? Answer::yes : Answer::no;
}

/// The default partition has what the others do not take.
bool defaultMayMatch(const World& world, const Relation& of, const Conjunct& condition, bool isList) {
    const auto taken = [&](const auto& by) {
        return std::ranges::any_of(of.children, [&](Id child) {
            return !world.relation(child).partition->isDefault && by(world.relation(child).partition->takes);
        });
    };
    if (condition.comparison == "null") return !taken([](const PartitionBound& bound) { return bound.takesNull; });
    if (condition.comparison != "=" && condition.comparison != "in") return true;
    if (of.partition->key.size() != 1) return true;
    return std::ranges::any_of(condition.values, [&](const std::string& value) {
        return !taken(
            [&](const PartitionBound& bound) { return bound.known && takes(bound, {value}, isList) == Answer::yes; });
    });
}

/// Whether the ranges of the other partitions leave nothing of what the conditions allow to the default partition.
bool rangesCover(const World& world, const Relation& of, const std::vector<Conjunct>& onKey) {
    std::optional<std::string> reached, last;
    bool inclusive = true;
    for (const Conjunct& each : onKey) {
        if (each.values.size() != 1) continue;
        if (each.comparison[0] == '>' && (!reached || compareConstants(each.values[0], *reached) > 0))
            reached = each.values[0];
        if (each.comparison[0] != '<' || (last && compareConstants(each.values[0], *last) >= 0)) continue;
        last = each.values[0];
        inclusive = each.comparison == "<=";
    }
    if (!reached || !last || of.partition->key.size() != 1) return false;
    for (size_t steps = 0; steps < of.children.size(); ++steps) {
        const auto order = compareConstants(*reached, *last);
        if (!order) return false;
        if (*order > 0 || (*order == 0 && !inclusive)) return true;
        const auto next = std::ranges::find_if(of.children, [&](Id child) {
            const PartitionBound& bound = world.relation(child).partition->takes;
            return bound.known && !world.relation(child).partition->isDefault &&
                   takes(bound, {*reached}, false) == Answer::yes;
        });
        if (next == of.children.end()) return false;
        const auto& end = world.relation(*next).partition->takes.to.front();
        if (!end) return true;
        reached = *end;
    }
    const auto order = compareConstants(*reached, *last);
    return order && (*order > 0 || (*order == 0 && !inclusive));
}

void pruneLevel(const World& world, Id partitioned, const std::vector<std::pair<std::string, Conjunct>>& conditions,
                Partitions& result) {
    const Relation& of = world.relation(partitioned);
    const auto names = keyNames(of, world);
    const std::string& strategy = of.partition->strategy;
    std::vector<Conjunct> onKey;
    std::vector<std::string> equal;
    if (!names.empty()) {
        for (const auto& [name, condition] : conditions)
            if (name == names[0]) onKey.push_back(condition);
        for (const std::string& name : names) {
            const auto given = std::ranges::find_if(conditions, [&](const auto& each) {
                return each.first == name && each.second.comparison == "=" && !each.second.values.empty();
            });
            if (given == conditions.end()) break;
            equal.push_back(given->second.values[0]);
        }
    }
    const bool isHash = strategy == "hash";
    if (isHash && of.children.size() > 1 && equal.size() == names.size() && !names.empty()) result.certain = false;
    for (const Id child : of.children) {
        const PartitionPart& part = world.relation(child).partition;
        bool kept = true;
        for (const Conjunct& condition : onKey) {
            if (isHash) break;
            if (condition.comparison == "=" && condition.values.empty()) {
                result.certain = result.certain && of.children.size() < 2;
                continue;
            }
            const bool isList = strategy == "list";
            if (part.isDefault) {
                kept = kept && defaultMayMatch(world, of, condition, isList);
                continue;
            }
            if (!part.takes.known) {
                result.certain = false;
                continue;
            }
            const Answer answer = meets(part.takes, condition, isList, names.size() == 1);
            if (answer == Answer::no) kept = false;
            // With one column of several in a range, the planner keeps what it cannot rule out.
            if (answer == Answer::maybe && (isList || names.size() == 1)) result.certain = false;
        }
        if (kept && part.isDefault && strategy == "range" && rangesCover(world, of, onKey)) kept = false;
        if (kept && strategy == "range" && equal.size() > 1 && part.takes.known &&
            takes(part.takes, equal, false) == Answer::no)
            kept = false;
        if (!kept) continue;
        result.found.push_back(child);
        if (world.relation(child).kind == RelationKind::partitioned) pruneLevel(world, child, conditions, result);
    }
}

}  // namespace

std::optional<std::string> constantOf(const Node& expression) {
    if (expression.is("A_Const") && !expression.flag("isnull")) return valueText(expression);
    if (expression.is("TypeCast")) return constantOf(expression.node("arg"));
    if (expression.is("A_Expr") && expression.names("name") == std::vector<std::string_view>{"-"} &&
        !expression.node("lexpr"))
        if (const auto value = constantOf(expression.node("rexpr"))) return "-" + *value;
    return std::nullopt;
}

std::optional<int> compareConstants(const std::string& a, const std::string& b) {
    if (a == b) return 0;
    double x = 0, y = 0;
    const auto number = [](const std::string& text, double& value) {
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
        return failure == std::errc() && end == text.data() + text.size();
    };
    if (number(a, x) && number(b, y)) return x < y ? -1 : x > y;
    // Dates and times as ISO 8601 writes them sort as texts, and so do words of small letters under every collation.
    const auto date = [](const std::string& text) { return text.size() >= 10 && text[4] == '-' && text[7] == '-'; };
    const auto word = [](const std::string& text) {
        return std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
    };
    if ((date(a) && date(b)) || (word(a) && word(b))) return a < b ? -1 : 1;
    return std::nullopt;
}

PartitionBound boundOf(const Node& bound) {
    PartitionBound found;
    const std::string_view strategy = bound.text("strategy");
    if (bound.flag("is_default") || (strategy != "l" && strategy != "r")) return found;
    for (const Node& datum : bound.list("listdatums")) {
        if (datum.is("A_Const") && datum.flag("isnull")) {
            found.takesNull = true;
            continue;
        }
        const auto value = constantOf(datum);
        if (!value) return found;
        found.values.push_back(*value);
    }
    found.known = readRange(bound.list("lowerdatums"), found.from) && readRange(bound.list("upperdatums"), found.to);
    return found;
}

Partitions partitionsOf(const World& world, Id partitioned,
                        const std::function<KnownValue(const std::string&)>& valueOf) {
    Partitions result;
    route(world, partitioned, valueOf, result);
    return result;
}

Partitions prune(const World& world, Id partitioned, const std::vector<Conjunct>& conditions) {
    std::vector<std::pair<std::string, Conjunct>> named;
    for (const Conjunct& each : conditions)
        named.emplace_back(world.relation(partitioned).column(each.column).name, each);
    Partitions result;
    pruneLevel(world, partitioned, named, result);
    return result;
}

}  // namespace slipway::postgres
