#include "engines/postgres/builtins.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace slipway::postgres {

namespace {

constexpr BuiltinFunction functions[] = {
#include "engines/postgres/builtins_functions.inc"
};
constexpr BuiltinType types[] = {
#include "engines/postgres/builtins_types.inc"
};
constexpr BuiltinCast casts[] = {
#include "engines/postgres/builtins_casts.inc"
};
constexpr BuiltinOperator operators[] = {
#include "engines/postgres/builtins_operators.inc"
};
constexpr DefaultOpclass opclasses[] = {
#include "engines/postgres/builtins_opclasses.inc"
};

using Pair = std::pair<std::string_view, std::string_view>;
constexpr auto ends = [](const BuiltinCast& cast) { return Pair{cast.source, cast.target}; };
constexpr auto indexed = [](const DefaultOpclass& opclass) { return Pair{opclass.accessMethod, opclass.type}; };
static_assert(std::ranges::is_sorted(functions, {}, &BuiltinFunction::name));
static_assert(std::ranges::is_sorted(types, {}, &BuiltinType::name));
static_assert(std::ranges::is_sorted(casts, {}, ends));
static_assert(std::ranges::is_sorted(operators, {}, &BuiltinOperator::name));
static_assert(std::ranges::is_sorted(opclasses, {}, indexed));

constexpr auto formattedAt = [](uint16_t i) { return types[i].formatted; };

/// Positions in `types`, in the order of what format_type() prints.
constexpr auto byFormatted = [] {
    std::array<uint16_t, std::size(types)> order{};
    for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<uint16_t>(i);
    std::ranges::sort(order, {}, formattedAt);
    return order;
}();

/// The row that holds in this version, nullptr when none does.
template <class Row>
const Row* holding(std::ranges::subrange<const Row*> rows, int serverMajor) {
    for (const Row& row : rows)
        if (row.versions.contains(serverMajor)) return &row;
    return nullptr;
}

/// "numeric(10,2)[]" as "numeric[]", "interval day to second(3)" as "interval".
std::string withoutModifiers(std::string_view formatted) {
    std::string plain(formatted);
    const size_t open = plain.find('('), close = plain.find(')');
    if (open != std::string::npos && close != std::string::npos && open < close) plain.erase(open, close - open + 1);
    if (plain.starts_with("interval ")) plain = plain.ends_with("[]") ? "interval[]" : "interval";
    return plain;
}

}  // namespace

bool ServerVersions::contains(int serverMajor) const {
    const int known = std::clamp(serverMajor, firstKnownServer, lastKnownServer);
    return first <= known && known <= last;
}

bool BuiltinFunction::takes(int arguments) const {
    return arguments >= argumentCount - defaults && (variadic || arguments <= argumentCount);
}

std::span<const BuiltinFunction> builtinFunctions() { return functions; }
std::span<const BuiltinType> builtinTypes() { return types; }
std::span<const BuiltinCast> builtinCasts() { return casts; }
std::span<const BuiltinOperator> builtinOperators() { return operators; }
std::span<const DefaultOpclass> defaultOpclasses() { return opclasses; }

std::span<const BuiltinFunction> builtinFunctions(std::string_view name) {
    return std::ranges::equal_range(functions, name, {}, &BuiltinFunction::name);
}

char volatilityOf(std::string_view function, int arguments, int serverMajor) {
    char least = '\0';
    for (const BuiltinFunction& each : builtinFunctions(function))
        if (each.versions.contains(serverMajor) && each.takes(arguments)) least = std::max(least, each.volatility);
    return least;
}

const BuiltinType* builtinType(std::string_view name, int serverMajor) {
    return holding<BuiltinType>(std::ranges::equal_range(types, name, {}, &BuiltinType::name), serverMajor);
}

const BuiltinType* builtinTypeNamed(std::string_view formatted, int serverMajor) {
    const std::string plain = withoutModifiers(formatted);
    // The type of a column without a length; format_type() prints "character" where it knows of no column.
    if (plain == "bpchar") return builtinType(plain, serverMajor);
    const auto rows = std::ranges::equal_range(byFormatted, std::string_view(plain), {}, formattedAt);
    for (const uint16_t i : rows)
        if (types[i].versions.contains(serverMajor)) return &types[i];
    return nullptr;
}

const BuiltinCast* builtinCast(std::string_view source, std::string_view target, int serverMajor) {
    return holding<BuiltinCast>(std::ranges::equal_range(casts, Pair{source, target}, {}, ends), serverMajor);
}

bool binaryCoercible(std::string_view from, std::string_view to, int serverMajor) {
    if (from == to) return true;
    const BuiltinCast* cast = builtinCast(from, to, serverMajor);
    return cast && cast->method == 'b';
}

std::span<const BuiltinOperator> builtinOperators(std::string_view name) {
    return std::ranges::equal_range(operators, name, {}, &BuiltinOperator::name);
}

const DefaultOpclass* defaultOpclass(std::string_view accessMethod, std::string_view type, int serverMajor) {
    const BuiltinType* known = builtinType(type, serverMajor);
    if (known && !known->element.empty()) {
        // GIN sorts the elements from the first on; the others find out when there are two values to compare.
        if (accessMethod == "gin" && !defaultOpclass("btree", known->element, serverMajor)) return nullptr;
        type = "anyarray";
    } else if (known && known->kind == 'c') {
        type = "record";
    }
    return holding<DefaultOpclass>(std::ranges::equal_range(opclasses, Pair{accessMethod, type}, {}, indexed),
                                   serverMajor);
}

}  // namespace slipway::postgres
