#include "config/toml_file.h"

#include "base/files.h"

namespace slipway::config {

toml::table parseToml(const std::string& text, const std::string& shown) {
    checkText(text, shown);
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& e) {
        throw configError("config-syntax", fmt::format("this is not TOML: {}", e.description()), "correct the line",
                          {shown, static_cast<int>(e.source().begin.line), static_cast<int>(e.source().begin.column)});
    }
}

std::vector<TomlEntry> inOrder(const toml::table& table, const std::string& shown) {
    std::vector<TomlEntry> entries;
    for (auto&& [key, node] : table) {
        const toml::source_position at = key.source().begin;
        entries.push_back(
            {std::string(key.str()), &node, {shown, static_cast<int>(at.line), static_cast<int>(at.column)}});
    }
    std::ranges::sort(entries, {}, [](const TomlEntry& e) { return std::pair(e.place.line, e.place.column); });
    return entries;
}

const toml::table& asTable(const TomlEntry& entry) {
    if (!entry.node->is_table()) throw wrongValue(entry.key, fmt::format("a table: [{}]", entry.key), entry.place);
    return *entry.node->as_table();
}

Value toValue(const TomlEntry& entry) {
    const toml::node& node = *entry.node;
    if (node.is_string()) return *node.value<std::string>();
    if (node.is_boolean()) return *node.value<bool>();
    if (node.is_integer()) return *node.value<int64_t>();
    const toml::array* array = node.as_array();
    if (array == nullptr || (!array->empty() && !array->is_homogeneous(toml::node_type::string)))
        throw wrongValue(entry.key, "a text in quotes, a whole number, true, false or a list of texts", entry.place);
    std::vector<std::string> texts;
    for (const toml::node& element : *array) texts.push_back(*element.value<std::string>());
    return texts;
}

}  // namespace slipway::config
