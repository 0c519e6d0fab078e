#include "engines/postgres/predict/names.h"

#include <algorithm>

#include "base/text.h"
#include "engines/postgres/builtins.h"

namespace slipway::postgres {

Id Names::schemaOf(const std::string& entry) const {
    const std::string& name = entry == "$user" ? session_.role : entry;
    return name.empty() ? 0 : world_.schemaNamed(name);
}

std::vector<Id> Names::path() const {
    std::vector<Id> found;
    for (const std::string& each : session_.searchPath)
        if (const Id schema = schemaOf(each)) found.push_back(schema);
    return found;
}

Id Names::creationSchema() const {
    return firstInPath([](Id schema) { return schema; });
}

Id Names::relation(std::string_view schema, std::string_view name) const {
    if (!schema.empty()) {
        const Id in = world_.schemaNamed(schema);
        return in ? world_.relationNamed(in, name) : 0;
    }
    return firstInPath([&](Id in) { return world_.relationNamed(in, name); });
}

std::pair<std::string_view, std::string_view> schemaAndName(const std::vector<std::string_view>& parts) {
    if (parts.empty()) return {};
    return {parts.size() > 1 ? parts[parts.size() - 2] : std::string_view(), parts.back()};
}

Id Names::relation(const std::vector<std::string_view>& parts) const {
    const auto [schema, name] = schemaAndName(parts);
    return relation(schema, name);
}

Id Names::relationWritten(std::string_view text) const {
    std::vector<std::string> parts(1);
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') {
            for (++i; i < text.size() && (text[i] != '"' || (i + 1 < text.size() && text[i + 1] == '"')); ++i) {
                if (text[i] == '"') ++i;
                parts.back() += text[i];
            }
        } else if (text[i] == '.') {
            parts.emplace_back();
        } else {
            parts.back() += lower(text.substr(i, 1));
        }
    }
    return relation(parts.size() > 1 ? parts[parts.size() - 2] : "", parts.back());
}

Id Names::type(std::string_view schema, std::string_view name) const {
    const auto in = [&](Id where) {
        const Id found = world_.typeNamed(where, name);
        return found ? found : world_.relationNamed(where, name);
    };
    if (!schema.empty()) {
        const Id where = world_.schemaNamed(schema);
        return where ? in(where) : 0;
    }
    return firstInPath(in);
}

std::string_view serialType(const Node& typeName) {
    const auto parts = typeName.names("names");
    if (parts.size() != 1) return "";
    const std::string_view name = parts.front();
    if (name == "serial" || name == "serial4") return "int4";
    if (name == "bigserial" || name == "serial8") return "int8";
    if (name == "smallserial" || name == "serial2") return "int2";
    return "";
}

namespace {

/// The fields of an interval by the bits of its modifier (INTERVAL_MASK in utils/timestamp.h and datetime.h).
std::string_view intervalFields(int mask) {
    constexpr int year = 1 << 2, month = 1 << 1, day = 1 << 3, hour = 1 << 10, minute = 1 << 11, second = 1 << 12;
    constexpr std::pair<int, std::string_view> fields[] = {
        {year, "year"},
        {month, "month"},
        {day, "day"},
        {hour, "hour"},
        {minute, "minute"},
        {second, "second"},
        {year | month, "year to month"},
        {day | hour, "day to hour"},
        {day | hour | minute, "day to minute"},
        {day | hour | minute | second, "day to second"},
        {hour | minute, "hour to minute"},
        {hour | minute | second, "hour to second"},
        {minute | second, "minute to second"},
    };
    const auto found = std::ranges::find(fields, mask, &std::pair<int, std::string_view>::first);
    return found == std::end(fields) ? std::string_view() : found->second;
}

void readModifiers(const Node& typeName, TypeRef& type) {
    for (const Node& each : typeName.list("typmods")) type.modifiers.push_back(static_cast<int>(each.node("ival").number("ival")));
    if (type.builtin == "interval" && !type.modifiers.empty()) {
        constexpr int all = 0x7FFF;
        if (const int mask = type.modifiers.takeFirst(); mask != all) type.fields = intervalFields(mask);
    }
    if (type.builtin == "numeric" && type.modifiers.size() == 1) type.modifiers.push_back(0);
}

}  // namespace

TypeRef Names::type(const Node& typeName) const {
    const auto parts = typeName.names("names");
    TypeRef type;
    if (parts.empty()) return type;
    if (typeName.flag("pct_type")) {
        const auto [schema, table] = schemaAndName({parts.begin(), parts.end() - 1});
        const Id relation = this->relation(schema, table);
        const Attribute column = relation ? world_.relation(relation).attribute(parts.back()) : Attribute{0};
        return column ? world_.relation(relation).column(column).type : type;
    }
    const auto [schema, name] = schemaAndName(parts);
    type.array = !typeName.list("arrayBounds").empty();
    if (const std::string_view serial = serialType(typeName); !serial.empty()) {
        type.builtin = serial;
        return type;
    }
    if (schema.empty() || schema == "pg_catalog") {
        if (const BuiltinType* known = builtinType(name, world_.serverVersion)) {
            type.builtin = known->name;
            if (!known->element.empty()) {
                type.builtin = known->element;
                type.array = true;
            }
            readModifiers(typeName, type);
            return type;
        }
    }
    type.own = this->type(schema, name);
    if (!type.own && name.starts_with('_')) {
        type.own = this->type(schema, name.substr(1));
        type.array = type.own != 0;
    }
    return type;
}

std::vector<Id> Names::functions(const std::vector<std::string_view>& parts, int arguments) const {
    const auto [schema, name] = schemaAndName(parts);
    std::vector<Id> found;
    const auto in = [&](Id where) {
        for (const Id id : world_.functionsNamed(where, name)) {
            const WorldFunction& function = world_.functions.at(id);
            const int most = static_cast<int>(function.arguments.size());
            if (arguments < 0 || function.variadic || (arguments <= most && arguments >= most - function.defaults)) found.push_back(id);
        }
    };
    if (schema.empty()) {
        for (const Id where : path()) in(where);
    } else if (const Id where = world_.schemaNamed(schema)) {
        in(where);
    }
    return found;
}

Id Names::function(const Node& objectWithArgs) const {
    const std::vector<Id> candidates = functions(objectWithArgs.names("objname"));
    if (objectWithArgs.flag("args_unspecified") || candidates.empty()) return candidates.empty() ? 0 : candidates.front();
    std::vector<TypeRef> wanted;
    for (const Node& each : objectWithArgs.list("objargs")) wanted.push_back(type(each));
    for (const Id id : candidates) {
        const auto& arguments = world_.functions.at(id).arguments;
        if (std::ranges::equal(arguments, wanted, sameBaseType)) return id;
    }
    return 0;
}

bool sameBaseType(const TypeRef& a, const TypeRef& b) { return a.own == b.own && a.builtin == b.builtin && a.array == b.array; }

std::string formatType(const World& world, const TypeRef& type) {
    std::string text;
    if (type.own) {
        text = world.exists(type.own) ? world.shown(type.own) : "?";
    } else if (const BuiltinType* known = builtinType(type.builtin, world.serverVersion)) {
        std::vector<std::string> numbers;
        for (const int modifier : type.modifiers) numbers.push_back(std::to_string(modifier));
        const std::string modifiers = numbers.empty() ? "" : "(" + join(numbers, ",") + ")";
        text = known->formatted;
        if (type.builtin == "bpchar" && modifiers.empty()) text = "bpchar";
        else if (text.ends_with(" time zone")) text.insert(text.find(' '), modifiers);  // "timestamp(3) with time zone"
        else text += (type.fields.empty() ? "" : " " + std::string(type.fields)) + modifiers;
    }
    return type.array ? text + "[]" : text;
}

namespace {

/// As many whole characters as fit into `most` bytes.
std::string_view clipped(std::string_view text, size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
    return text.substr(0, most);
}

}  // namespace

std::string objectName(std::string_view first, std::string_view second, std::string_view label) {
    constexpr size_t longest = 63;
    const size_t overhead = (second.empty() ? 0 : 1) + (label.empty() ? 0 : label.size() + 1);
    size_t firstLength = first.size(), secondLength = second.size();
    while (firstLength + secondLength + overhead > longest) --(firstLength > secondLength ? firstLength : secondLength);
    std::string name(clipped(first, firstLength));
    if (!second.empty()) name.append("_").append(clipped(second, secondLength));
    if (!label.empty()) name.append("_").append(label);
    return name;
}

std::string freeRelationName(const World& world, Id schema, std::string_view first, std::string_view second, std::string_view label,
                             bool forConstraint) {
    for (int pass = 0;; ++pass) {
        std::string name = objectName(first, second, pass ? fmt::format("{}{}", label, pass) : std::string(label));
        if (!world.relationNamed(schema, name) && !(forConstraint && world.hasConstraintNamed(schema, name))) return name;
    }
}

std::string freeConstraintName(const World& world, const Relation& relation, std::string_view second, std::string_view label,
                               const std::vector<std::string>& taken) {
    for (int pass = 0;; ++pass) {
        std::string name = objectName(relation.name, second, pass ? fmt::format("{}{}", label, pass) : std::string(label));
        if (!world.hasConstraintNamed(relation.schema, name) && std::ranges::find(taken, name) == taken.end()) return name;
    }
}

std::string indexColumnsName(const std::vector<std::string>& columns) {
    std::string name;
    for (const std::string& column : columns) {
        if (!name.empty()) name += '_';
        name += column;
        if (name.size() >= 64) break;
    }
    return name;
}

std::string figuredName(const Node& expression) {
    if (expression.is("ColumnRef")) {
        const auto fields = expression.list("fields");
        return fields.empty() ? "" : std::string(fields.back().string());
    }
    if (expression.is("FuncCall")) {
        const auto parts = expression.names("funcname");
        return parts.empty() ? "" : std::string(parts.back());
    }
    if (expression.is("TypeCast")) {
        const std::string inner = figuredName(expression.node("arg"));
        if (!inner.empty()) return inner;
        const auto parts = expression.node("typeName").names("names");
        return parts.empty() ? "" : std::string(parts.back());
    }
    if (expression.is("CollateClause")) return figuredName(expression.node("arg"));
    if (expression.is("A_Indirection")) {
        const auto steps = expression.list("indirection");
        for (auto step = steps.rbegin(); step != steps.rend(); ++step)
            if (step->is("String")) return std::string(step->string());
        return figuredName(expression.node("arg"));
    }
    if (expression.is("CoalesceExpr")) return "coalesce";
    if (expression.is("MinMaxExpr")) return expression.text("op") == "IS_LEAST" ? "least" : "greatest";
    if (expression.is("A_ArrayExpr")) return "array";
    if (expression.is("RowExpr")) return "row";
    if (expression.is("CaseExpr")) {
        const std::string inner = figuredName(expression.node("defresult"));
        return inner.empty() ? "case" : inner;
    }
    if (expression.is("A_Expr") && expression.text("kind") == "AEXPR_NULLIF") return "nullif";
    if (expression.is("SQLValueFunction")) {
        std::string name = lower(expression.text("op").substr(6));  // SVFOP_CURRENT_DATE
        if (name.ends_with("_n")) name.resize(name.size() - 2);
        return name;
    }
    return "";
}

}  // namespace slipway::postgres
