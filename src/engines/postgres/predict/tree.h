// A node of libpg_query's parse tree.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace slipway::postgres {

/// A view of one node in a parsed document, which must outlive it. libpg_query leaves out fields that hold their
/// default, so what is absent is "", false, 0 or an absent node, and asking for it is no error.
class Node {
  public:
    Node() = default;
    explicit Node(simdjson::dom::element value, std::string_view type = {}) : value_(value), type_(type), present_(true) {}

    explicit operator bool() const { return present_; }
    /// "RangeVar"; "" for a node that stands in a field of one type only and so goes without its name.
    std::string_view type() const { return type_; }
    bool is(std::string_view type) const { return type_ == type; }

    std::string_view text(std::string_view field) const;
    bool flag(std::string_view field) const;
    int64_t number(std::string_view field) const;
    bool has(std::string_view field) const;
    /// The node in a field, with its type where the tree has it.
    Node node(std::string_view field) const;
    /// The nodes of a list in a field, or of a List node itself ("items").
    std::vector<Node> list(std::string_view field) const;
    /// The texts of a list of String nodes: the parts of a name.
    std::vector<std::string_view> names(std::string_view field) const;
    /// The value of a String node, or of a constant string.
    std::string_view string() const;

    /// Calls `visit` for each typed node below this one, parents first; does not go below one for which it says false.
    void walk(const std::function<bool(Node)>& visit) const;

  private:
    static Node unwrapped(simdjson::dom::element value);

    simdjson::dom::element value_;
    std::string_view type_;
    bool present_ = false;
};

/// The value of a DefElem in a list: nullopt when no option is named so, "" when it has no value.
std::optional<std::string> optionIn(const Node& owner, std::string_view list, std::string_view name);
/// As PostgreSQL's defGetBoolean() reads it: an option without a value is true.
bool booleanIn(const Node& owner, std::string_view list, std::string_view name, bool otherwise);
/// The text of a simple value node: a number, a word, a string, a type's name.
std::string valueText(const Node& value);

}  // namespace slipway::postgres
