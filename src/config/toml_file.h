// TOML with what a configuration needs: places, and the order of the file. Included by .cpp files only: the library's
// header is heavy.
#pragma once

#include <toml++/toml.h>

#include <string>
#include <utility>
#include <vector>

#include "config/keys.h"

namespace slipway::config {

/// Parses a file. Throws "config-syntax" (usage) with line and column, and what checkText throws.
toml::table parseToml(const std::string& text, const std::string& shown);

/// One "key = value" or one table.
struct TomlEntry {
    std::string key;
    const toml::node* node = nullptr;
    Place place;  ///< of the key
};

/// The entries of a table as the file has them (the library sorts by name).
std::vector<TomlEntry> inOrder(const toml::table& table, const std::string& shown);

/// Throws "config-value" (usage) when the entry is no table.
const toml::table& asTable(const TomlEntry& entry);

/// A text, number, truth value or list of texts; anything else throws "config-value" (usage).
Value toValue(const TomlEntry& entry);

}  // namespace slipway::config
