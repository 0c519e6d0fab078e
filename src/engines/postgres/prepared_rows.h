// The two rows that most migrations end with, as prepared statements: to parse and plan two INSERTs takes the server longer
// than to execute them, and that for each of some hundred small migrations.
#pragma once

#include <string>

#include "engines/postgres/connect.h"
#include "model/history.h"

namespace slipway::postgres {

/// What a session has to run before.
std::string prepareHistorySql(const HistoryTable& table);
std::string prepareJournalSql();

/// As insertHistorySql() and insertJournalSql(). Fail with SQLSTATE 26000 when DEALLOCATE ALL or DISCARD ALL has come between.
std::string executeHistorySql(const Connection& connection, const HistoryRow& row);
std::string executeJournalSql(const Connection& connection, const JournalRow& row, const std::string& statements, const std::string& run);

}  // namespace slipway::postgres
