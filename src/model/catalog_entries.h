// A catalog flattened to a list of objects with attributes: the one form that digests and comparisons work on.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/catalog.h"

namespace slipway {

/// One object. Attributes with their default value are left out.
struct CatalogEntry {
    std::string kind;
    std::string identity;
    std::vector<std::string> parents;  ///< keys of objects whose coming or going takes this one along
    std::vector<std::pair<std::string, std::string>> attributes;
    std::vector<std::string> columnOrder;  ///< of a table, view or composite type

    std::string key() const { return kind + ' ' + identity; }
    /// The value of an attribute, "" when it is not set.
    std::string_view attribute(std::string_view name) const;
};

/// All objects of a sorted catalog, sorted by kind and identity.
std::vector<CatalogEntry> catalogEntries(const Catalog& catalog);

}  // namespace slipway
