// One SQL statement of a script, as plain values.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/span.h"

namespace slipway {

/// How a statement stands to transactions.
enum class Runs : uint8_t {
    transactional,  ///< inside a transaction block
    alone,          ///< never inside one: CREATE INDEX CONCURRENTLY, VACUUM ...
    mayCommit,      ///< DO and CALL: transactional unless their body commits, which only running them tells
    begin,          ///< BEGIN, START TRANSACTION
    commit,         ///< COMMIT, END
    rollback,       ///< ROLLBACK, ABORT of the whole transaction
    savepoint,      ///< SAVEPOINT, RELEASE, ROLLBACK TO: pass through inside a transaction
    forbidden       ///< PREPARE TRANSACTION and the like: no migration may do it; `why` says so
};

/// What must be known about a statement that runs alone, so that a crash in its middle can be told from the catalog.
struct NonTransactional {
    enum class Kind : uint8_t {
        createIndex, dropIndex, reindex, detachPartition, createDatabase, dropDatabase, createTablespace, dropTablespace,
        createSubscription, dropSubscription,
        repeatable,  ///< VACUUM, CLUSTER, REINDEX DATABASE ...: running it again does no harm
        unknown      ///< ALTER SYSTEM and all else: nothing in the catalog tells whether it happened
    };
    Kind kind = Kind::unknown;
    std::string schema;        ///< of `name`; empty when the statement left it to the search path
    std::string name;          ///< what is made, dropped, rebuilt or detached; empty: the server chooses the name
    std::string tableSchema;   ///< the table of an index, the parent of a partition
    std::string table;
    bool ifExists = false;     ///< IF EXISTS or IF NOT EXISTS was said
    bool unique = false;
    std::string scope;         ///< REINDEX: "index", "table", "schema", "database", "system"
};

struct Statement {
    Span span;      ///< in ScriptText::text: without the comments before it and the semicolon after it
    Span data;      ///< COPY ... FROM stdin: the lines up to but without "\."
    const char* kind = "opaque";  ///< "create_table", "alter_table" ...; a string with static lifetime
    Runs runs = Runs::transactional;
    bool session = false;   ///< SET, RESET, set_config(..., false): what later statements' meaning depends on
    bool copyIn = false;
    std::shared_ptr<const NonTransactional> alone;   ///< with Runs::alone
    std::shared_ptr<const std::string> why;          ///< why it could not be parsed, or why it is forbidden
    std::shared_ptr<const std::string> begin;        ///< Runs::begin: its options, "ISOLATION LEVEL SERIALIZABLE"
};

}  // namespace slipway
