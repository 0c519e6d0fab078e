// Slipway's own schema in a target: the journal of segments and the environment's mark.
#pragma once

#include <string>
#include <vector>

#include "engines/postgres/connect.h"
#include "model/history.h"

namespace slipway::postgres {

/// The schema of Slipway's own tables.
inline constexpr const char* ownSchema = "slipway";

/// The statements that make the schema and its tables where they are missing; safe to run twice.
std::string ownSchemaSql();

/// What a plain role needs to work as Slipway's user in this database: the GRANTs, as SQL.
std::string grantsSql(const std::string& role, const std::string& database, const HistoryTable& history,
                      const std::vector<std::string>& schemas, bool historyExists);

/// Makes schema and tables when they are missing. Throws "setup-needed" (outside) when the role may not.
void ensureOwnSchema(Connection& connection);

bool ownSchemaExists(Connection& connection);

/// The INSERT of a row; `statements` is a JSON array with what each statement did (R97), `run` the run's name.
std::string insertJournalSql(const Connection& connection, const JournalRow& row, const std::string& statements,
                             const std::string& run);

/// Rows about one rank of one history table, oldest first; only those since the rank was last withdrawn (a failed
/// first segment, a repair), after which the same rank is used again.
std::vector<JournalRow> readJournal(Connection& connection, uint32_t historyOid, int rank);

/// Moves on a backfill's last key in the row `id`.
std::string updateFactsSql(const Connection& connection, int64_t id, const std::string& facts);

/// "host:pid" of this process, for journal rows and messages.
std::string thisProcess();

}  // namespace slipway::postgres
