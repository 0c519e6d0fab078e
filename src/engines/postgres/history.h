// The history table: Flyway's own columns, types and order, so that either tool can carry on after the other.
#pragma once

#include <string>
#include <vector>

#include "engines/postgres/connect.h"
#include "model/history.h"

namespace slipway::postgres {

/// The history table as it stands; `oid` is 0 when there is none.
struct History {
    uint32_t oid = 0;
    std::vector<HistoryRow> rows;  ///< by rank
    int lastRank() const { return rows.empty() ? 0 : rows.back().rank; }
};

/// Reads the table in one query. Throws "history-shape" (outside) when a table of that name has other columns.
History readHistory(Connection& connection, const HistoryTable& table);

/// Whether the table exists, as one cheap query; 0 when not.
uint32_t historyOid(Connection& connection, const HistoryTable& table);

/// CREATE TABLE and CREATE INDEX.
std::string createHistorySql(const HistoryTable& table);

/// Runs these in whatever transaction is open.
void createHistory(Connection& connection, const HistoryTable& table);

/// The INSERT for a row; installed_on is left to its default, as Flyway does. Description and script are shortened to
/// the width of their columns the way Flyway shortens them.
std::string insertHistorySql(const Connection& connection, const HistoryTable& table, const HistoryRow& row);

/// The UPDATE that ends a script of several segments: success and the time it took.
std::string finishHistorySql(const Connection& connection, const HistoryTable& table, int rank, int executionTime);

/// schema.table, quoted.
std::string nameOf(const HistoryTable& table);

/// The schemas among `wanted` that the database has not.
std::vector<std::string> missingSchemas(Connection& connection, const std::vector<std::string>& wanted);

/// What a schema holds beside the history table and members of extensions, one object ("table public.users") at most
/// `most`; empty: the schema is empty, or not there.
std::vector<std::string> contentsOf(Connection& connection, const std::vector<std::string>& schemas, int most);

}  // namespace slipway::postgres
