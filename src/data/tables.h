// The tables that hold a project's rows.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "engines/engine.h"
#include "model/history.h"

namespace slipway::data {

/// The names, quoted and with their schemas, of all tables that hold rows and that the role may read: partitions, not
/// their parents; no system or temporary tables, none of the schema `slipway`, not the history table (in any schema
/// when `history` names none). In the order of their names.
std::vector<std::string> userTables(postgres::Connection& connection, const HistoryTable& history);

/// Runs one statement for many tables: `perTable(name)` is a SELECT, and the SELECTs are joined by UNION ALL. So many
/// tables at once that the locks do not fill the server's table of them (max_locks_per_transaction, by default 64 for
/// each of 100 connections).
template <class PerTable, class Row>
void overTables(postgres::Connection& connection, const std::vector<std::string>& tables, const PerTable& perTable,
                const Row& row) {
    constexpr size_t atOnce = 200;
    for (size_t begin = 0; begin < tables.size(); begin += atOnce) {
        std::string sql;
        for (size_t i = begin; i < std::min(begin + atOnce, tables.size()); i++)
            sql += (sql.empty() ? "" : "\nUNION ALL ") + perTable(tables[i]);
        for (const auto& values : connection.query(sql).rows) row(values);
    }
}

}  // namespace slipway::data
