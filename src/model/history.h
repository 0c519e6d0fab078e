// The history of a database: which migrations were applied, in Flyway's own terms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/version.h"

namespace slipway {

/// One row of the history table. The columns are Flyway's.
struct HistoryRow {
    int rank = 0;
    std::optional<std::string> version;
    std::string description;
    std::string type;  ///< SQL, SQL_BASELINE, BASELINE, SCHEMA, DELETE, UNDO_SQL, JDBC, SCRIPT ...
    std::string script;
    std::optional<int32_t> checksum;
    std::string installedBy;
    std::string installedOn;  ///< as the server prints it
    int executionTime = 0;    ///< ms
    bool success = true;
};

/// Where the history lies.
struct HistoryTable {
    std::string schema;
    std::string table = "flyway_schema_history";
};

/// One row of slipway.journal: a segment of a script and how far it came.
struct JournalRow {
    int64_t id = 0;
    uint32_t historyOid = 0;  ///< of the history table it speaks about
    int rank = 0;
    int32_t checksum = 0;
    std::string direction = "up";
    int segment = 0;     ///< from 1
    int segments = 0;
    std::string kind;    ///< nameOf(SegmentKind)
    std::string state;   ///< started, done, failed, cut, withdrawn
    std::string digest;  ///< of the segment's statements
    std::string facts;   ///< JSON: what was noted before a statement that runs alone; a backfill's last key
    std::string at;
    std::string host;
    std::string statements = "[]";  ///< JSON: line, kind, rows ... of each that was run
};

}  // namespace slipway
