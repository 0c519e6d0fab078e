// Checksums of rows: the proof that a way back restored them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engines/engine.h"
#include "model/finding.h"

namespace slipway::data {

/// The rows of one table, whatever their order and whatever the order of its columns.
struct TableDigest {
    int64_t rows = 0;
    std::string checksum;
    bool operator==(const TableDigest&) const = default;
};

using RowsDigest = std::map<std::string, TableDigest>;  ///< by the table's name, quoted and with its schema

/// Digests the rows of `tables` (as userTables names them) in one transaction that sees one moment. Two digests are
/// comparable when one server version made them. The connection must be idle.
///
/// Rows are hashed by hash_record_extended (PostgreSQL 14 and newer), 5 times as fast as hashing their text. It hashes
/// what is equal alike (numeric 1.0 and 1.00, float 0 and -0, char with blanks at its end), and a way back must be
/// exact: columns of types where equal is not the same, or that have no hash, go in as text.
RowsDigest rowsDigest(postgres::Connection& connection, const std::vector<std::string>& tables);

/// A finding "rows-differ" (error) for each table of `before` whose rows are others in `after`, or that is not in it.
std::vector<Finding> compare(const RowsDigest& before, const RowsDigest& after);

}  // namespace slipway::data
