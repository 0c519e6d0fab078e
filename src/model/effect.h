// What a statement does to a database: to which relations, how strongly, and at what price.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace slipway {

/// PostgreSQL's table-level lock modes, each conflicting with at least what the one before conflicts with (manual,
/// "Explicit Locking", table 13.2: ordered so that the greater is the stronger).
enum class LockMode : uint8_t {
    none, accessShare, rowShare, rowExclusive, shareUpdateExclusive, share, shareRowExclusive, exclusive, accessExclusive
};

/// As pg_locks has it: "AccessExclusiveLock"; "" for none.
const char* nameOf(LockMode mode);
/// The mode that pg_locks calls so; none for an unknown name.
LockMode lockModeNamed(std::string_view name);
/// As SQL has it: "ACCESS EXCLUSIVE".
const char* wordsFor(LockMode mode);
/// What an application notices: "blocks reads and writes"; "" for modes that block neither.
const char* blockedBy(LockMode mode);

/// The kinds of relation, by the letters of pg_class.relkind.
enum class RelationKind : char {
    table = 'r', partitioned = 'p', foreign = 'f', view = 'v', materializedView = 'm', sequence = 'S', index = 'i',
    partitionedIndex = 'I', composite = 'c'
};

/// "table", "partitioned table", "index" ...
const char* nameOf(RelationKind kind);

/// What a statement does to one relation that existed before it.
struct Effect {
    std::string relation;  ///< "public.orders", each part quoted where SQL needs it
    RelationKind kind = RelationKind::table;
    LockMode lock = LockMode::none;  ///< the strongest
    bool rewrites = false;           ///< a table's rows, or a materialized view's, are written to new files
    bool scans = false;              ///< all rows are read on behalf of DDL: rewritten, validated, read to build an index
    bool rebuilds = false;           ///< an index is built anew
    bool drops = false;
    std::string renamedTo;           ///< "public.orders_old", also when it moved to another schema
    bool operator==(const Effect&) const = default;
};

/// Who says so.
enum class By : uint8_t { predicted, observed };

/// What one statement does.
struct StatementEffects {
    std::vector<Effect> effects;  ///< sorted by relation
    bool certain = true;          ///< false: there may be more or less than this, and `why` says for which reason
    std::string why;
    By by = By::predicted;

    /// The effect on that relation; nullptr when there is none.
    const Effect* on(std::string_view relation) const;
    bool operator==(const StatementEffects&) const = default;
};

}  // namespace slipway
