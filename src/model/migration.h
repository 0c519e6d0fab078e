// What users write: migrations, their header fields, their declarations, the callbacks beside them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/span.h"
#include "model/version.h"

namespace slipway {

/// A "-- Name: value" line of the comment at the head of a script (R16 to R20).
struct HeaderField {
    std::string name;   ///< as written: "Rollback"
    std::string value;  ///< trimmed; continuation lines joined with a space
    Span span;          ///< of the value, in the file's bytes
    int line = 0;
};

struct Header {
    std::vector<HeaderField> fields;
    /// The first field of that name, case ignored; nullptr when there is none.
    const HeaderField* find(std::string_view name) const;
};

/// A query with the answer it must give: [[pre]] and [[post]] of V4__x.slipway.toml.
struct Check {
    std::string name;
    std::string sql;
    std::string expect;  ///< the text of the single value of the single row; "empty" means no rows
    int line = 0;        ///< in the declarations' file
};

/// [backfill]: an UPDATE of a whole table, done in batches along its key.
struct Backfill {
    std::string table;             ///< as written, optionally with its schema
    std::vector<std::string> key;  ///< columns of a unique key, in its order
    std::string set;               ///< what stands after SET
    std::string where;             ///< which rows still need it; empty: all
    int batch = 1000;              ///< rows
    Milliseconds pause{100};       ///< between batches
    int line = 0;
};

/// [[reconcile]]: a query whose answer is compared before and after a run.
struct Reconciliation {
    std::string name;
    std::string sql;
    std::string expect = "same";  ///< "same" as before, or the literal text of the answer afterwards
    int line = 0;
};

/// What stands in V4__x.slipway.toml beside V4__x.sql (design, decision 12).
struct Declarations {
    std::string file;
    std::vector<Check> pre;
    std::vector<Check> post;
    std::optional<Backfill> backfill;
    std::vector<Reconciliation> reconcile;
    std::optional<std::string> irreversible;  ///< the reason why there is no way back
    std::string digest;                       ///< of the file's bytes; part of the plan's digest
};

/// V4__x.sql.conf.
struct ScriptConfig {
    std::optional<bool> executeInTransaction;
    std::optional<bool> placeholderReplacement;
    std::optional<std::string> encoding;
    bool shouldExecute = true;
};

/// A script on disk. Its text is read when it is needed, never kept.
struct Script {
    std::string path;      ///< to open it
    std::string file;      ///< to show it
    std::string name;      ///< relative to its location: the `script` column of the history
    ScriptConfig config;
    int32_t checksum = 0;  ///< as Flyway computes it (CRC-32 of the lines)
    bool empty = false;    ///< nothing but white space and comments
};

enum class MigrationKind { versioned, repeatable, baseline };

struct Migration {
    MigrationKind kind = MigrationKind::versioned;
    std::optional<Version> version;  ///< none for repeatables
    std::string description;
    Script up;
    std::optional<Script> down;
    Header header;
    Declarations declarations;
    int32_t checksum = 0;                       ///< what the history holds; for repeatables over the filled-in text
    std::optional<int32_t> equivalentChecksum;  ///< repeatables: over the raw text, accepted too

    /// "V4", "R Refresh views", "B1": how messages and JSON name it.
    std::string id() const;
};

/// A script that runs at an event of the run: beforeMigrate, afterEachMigrate, ...
struct Callback {
    std::string event;
    std::string description;
    Script script;
};

/// All that a layout read: versioned migrations by version, then repeatables by description.
struct Changelog {
    std::vector<Migration> migrations;
    std::vector<Callback> callbacks;  ///< by event, then description (none first)
    std::vector<std::string> notes;   ///< what was passed over and why, for `info` and `validate`
};

}  // namespace slipway
