#include "engines/postgres/predict/tree.h"

#include <fmt/format.h>

#include "base/text.h"

namespace slipway::postgres {

using simdjson::dom::element;
using simdjson::dom::element_type;

std::string_view Node::text(std::string_view field) const {
    std::string_view found;
    if (!present_ || value_[field].get(found) != simdjson::SUCCESS) return {};
    return found;
}

bool Node::flag(std::string_view field) const {
    bool found = false;
    return present_ && value_[field].get(found) == simdjson::SUCCESS && found;
}

int64_t Node::number(std::string_view field) const {
    int64_t found = 0;
    if (!present_ || value_[field].get(found) != simdjson::SUCCESS) return 0;
    return found;
}

bool Node::has(std::string_view field) const { return present_ && value_[field].error() == simdjson::SUCCESS; }

/// {"RangeVar": {...}} is a node with its name; everything else is taken as it is. Names of nodes begin with a capital,
/// names of fields do not.
Node Node::unwrapped(element value) {
    simdjson::dom::object object;
    if (value.get(object) != simdjson::SUCCESS) return Node(value);
    const auto first = object.begin();
    if (first != object.end() && !first.key().empty() && first.key()[0] >= 'A' && first.key()[0] <= 'Z')
        return Node(first.value(), first.key());
    return Node(value);
}

Node Node::node(std::string_view field) const {
    element found;
    if (!present_ || value_[field].get(found) != simdjson::SUCCESS) return {};
    return unwrapped(found);
}

std::vector<Node> Node::list(std::string_view field) const {
    std::vector<Node> nodes;
    simdjson::dom::array array;
    if (!present_ || value_[field].get(array) != simdjson::SUCCESS) return nodes;
    nodes.reserve(array.size());
    for (element each : array) nodes.push_back(unwrapped(each));
    return nodes;
}

std::vector<std::string_view> Node::names(std::string_view field) const {
    std::vector<std::string_view> parts;
    simdjson::dom::array array;
    if (!present_ || value_[field].get(array) != simdjson::SUCCESS) return parts;
    parts.reserve(array.size());
    for (element each : array) parts.push_back(unwrapped(each).string());
    return parts;
}

std::string_view Node::string() const {
    if (type_ == "A_Const") return node("sval").text("sval");
    return text("sval");
}

void Node::walk(const std::function<bool(Node)>& visit) const {
    if (!present_) return;
    simdjson::dom::object object;
    simdjson::dom::array array;
    if (value_.get(object) == simdjson::SUCCESS) {
        for (const auto field : object) {
            if (!field.value.is_object() && !field.value.is_array()) continue;
            const Node below = unwrapped(field.value);
            if (below.type_.empty() || visit(below)) below.walk(visit);
        }
    } else if (value_.get(array) == simdjson::SUCCESS) {
        for (element each : array) {
            const Node below = unwrapped(each);
            if (below.type_.empty() || visit(below)) below.walk(visit);
        }
    }
}

std::string valueText(const Node& value) {
    if (value.is("String")) return std::string(value.text("sval"));
    if (value.is("Integer")) return std::to_string(value.number("ival"));
    if (value.is("Float")) return std::string(value.text("fval"));
    if (value.is("Boolean")) return value.flag("boolval") ? "true" : "false";
    if (value.is("A_Const")) {
        if (value.has("ival")) return std::to_string(value.node("ival").number("ival"));
        if (value.has("fval")) return std::string(value.node("fval").text("fval"));
        if (value.has("boolval")) return value.node("boolval").flag("boolval") ? "true" : "false";
        return std::string(value.string());
    }
    if (value.is("TypeName")) {
        const auto parts = value.names("names");
        return parts.empty() ? "" : std::string(parts.back());
    }
    if (value.is("List")) {
        std::string joined;
        for (const Node& each : value.list("items")) joined += (joined.empty() ? "" : ".") + valueText(each);
        return joined;
    }
    return "";
}

std::optional<std::string> optionIn(const Node& owner, std::string_view list, std::string_view name) {
    std::optional<std::string> found;
    for (const Node& each : owner.list(list))
        if (each.text("defname") == name) found = valueText(each.node("arg"));
    return found;
}

bool booleanIn(const Node& owner, std::string_view list, std::string_view name, bool otherwise) {
    const auto found = optionIn(owner, list, name);
    if (!found) return otherwise;
    return !equalsIgnoringCase(*found, "false") && !equalsIgnoringCase(*found, "off") && *found != "0";
}

}  // namespace slipway::postgres
