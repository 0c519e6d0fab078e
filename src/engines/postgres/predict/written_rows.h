// What is known of the rows that a statement writes.
#pragma once

#include <string>
#include <vector>

#include "engines/postgres/predict/queries.h"
#include "engines/postgres/predict/routing.h"

namespace slipway::postgres {

/// The rows of VALUES as far as constants stand there; otherwise one row of which nothing is known, for all.
class WrittenRows {
  public:
    /// `nulls`: null is assigned to each column.
    WrittenRows(const World& world, const RelationUse& use, bool nulls = false);

    size_t count() const { return rows_.size(); }
    /// Of a column that is not written: the default in an INSERT, unknown in an UPDATE.
    KnownValue value(size_t row, const std::string& column) const;
    /// Whether some row gets the column's default, as it stands or by DEFAULT.
    bool usesDefault(Attribute column) const;

  private:
    struct Cell {
        KnownValue value;
        bool isDefault = false;
    };
    static Cell cellOf(const Node& expression);
    KnownValue defaultOf(Attribute column) const;
    void readInsert(const Node& statement);

    const World& world_;
    const RelationUse& use_;
    std::vector<std::vector<Cell>> rows_;  ///< one cell a written column
};

}  // namespace slipway::postgres
