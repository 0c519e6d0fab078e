// Where the names in a query are looked for.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engines/postgres/predict/tree.h"
#include "engines/postgres/predict/world.h"

namespace slipway::postgres {

// Names are views into the tree of the query, into the world, or of what the reader keeps: they hold while the query is
// read.

/// A column that a query or an item of FROM offers.
struct OutputColumn {
    std::string_view name;
    TypeRef type;     ///< unknown where it could not be told
    ColumnId source;  ///< the column of a relation that it is; none for what is computed, or came out of a subquery
};

/// What a query or an item of FROM offers.
struct Rows {
    std::vector<OutputColumn> columns;
    bool open = false;  ///< there may be other columns: those of a function, or of a relation nobody told about

    /// Names given in an alias: AS a(x, y).
    void renameColumns(const std::vector<std::string_view>& names);
    void append(const Rows& more);
    const OutputColumn* column(std::string_view name) const;
};

/// What a name in a query can be qualified by: an item of FROM, or the target of a statement.
struct RangeItem {
    std::string_view alias;   ///< "" when its columns can only be named without qualification
    std::string_view schema;  ///< of a relation without an alias, which may be qualified by it
    Rows rows;
    bool qualifiedOnly = false;          ///< OLD, NEW and excluded
    bool isRelation = false;             ///< its only use is of the relation itself
    size_t firstUse = 0, endOfUses = 0;  ///< what it reads, as a part of QueryUse::relations
};

/// What FROM, or a join in it, comes to.
struct Joined {
    std::vector<RangeItem> items;
    Rows rows;  ///< what * stands for
};

struct CommonTable {
    std::string_view name;
    Rows rows;
    size_t firstUse = 0, endOfUses = 0;  ///< as in RangeItem
    bool isSelect = false;
    mutable bool used = false;  ///< somebody reads it
};

/// One level of a query. The levels around it are looked at when a name is not found in this one.
struct Scope {
    const Scope* outer = nullptr;
    const Scope* aside = nullptr;  ///< what a subquery in FROM sees that is not LATERAL
    std::vector<RangeItem> items;
    Rows everything;  ///< what * stands for
    std::vector<CommonTable> commonTables;

    explicit Scope(const Scope* outer = nullptr) : outer(outer), aside(outer) {}

    void add(RangeItem item);
    void add(Joined joined);

    const CommonTable* commonTable(std::string_view name) const;
    const RangeItem* item(std::string_view alias, std::string_view schema = {}) const;
    /// The item on this level whose column a ColumnRef node names; nullptr where there is none, or it is further out.
    const RangeItem* itemOf(const Node& columnRef) const;
    /// nullopt: no relation explains the name.
    std::optional<OutputColumn> column(std::string_view name) const;
};

}  // namespace slipway::postgres
