// The table and the key that a backfill walks along, and the SQL that speaks of places on that walk.
#pragma once

#include <string>
#include <vector>

#include "engines/engine.h"
#include "model/migration.h"

namespace slipway::data {

/// A place on the walk: the key's values as a JSON array of texts, ["17","ab"]. Made and read by the server alone, so
/// that it means the same whatever the session's DateStyle or the type of the key.
using Place = std::string;

/// A table with a unique key without nulls, found in the catalog.
class Keyset {
  public:
    /// Looks the declared table up as the server would (search path, case folding) and checks the key. Throws Error
    /// "backfill-table" when there is no such table and "backfill-key" when the columns are not, in their order, those
    /// of a valid unique index over NOT NULL columns (both usage); the hint names the keys that would do.
    Keyset(postgres::Connection& connection, const Backfill& declared, const std::string& file);

    const std::string& table() const { return table_; }      ///< quoted, with its schema
    const std::string& columns() const { return columns_; }  ///< quoted, as in ORDER BY
    std::string descending() const;                          ///< the same in the other direction
    std::string place() const;                               ///< an expression that makes a row's Place
    std::string shown(const Place& place) const;             ///< for people: 17, ("17", "ab")
    std::string shown() const;                               ///< the key for people: id, (id, tag)

    /// A condition: the row lies `comparison` (">", "<=" ...) the Place in parameter $`parameter`.
    std::string lies(const char* comparison, int parameter) const;

    /// Rows in the table and all its partitions: exact when there are few, else the planner's estimate; 0 when nobody
    /// knows (a big table that was never analysed).
    int64_t estimateRows(postgres::Connection& connection) const;

  private:
    struct Column {
        std::string name;  ///< quoted
        std::string type;
        bool dated;  ///< its text depends on DateStyle
    };
    std::string oid_;
    std::string table_;
    std::string columns_;
    std::vector<Column> key_;
};

}  // namespace slipway::data
