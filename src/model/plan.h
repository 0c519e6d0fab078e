// The ordered segments that bring one target up to date.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/history.h"
#include "model/migration.h"
#include "model/script.h"
#include "model/statement.h"

namespace slipway {

enum class SegmentKind {
    atomic,      ///< a transaction; its history and journal rows are written in it
    verifiable,  ///< one statement outside transactions whose outcome the catalog tells
    opaque,      ///< one statement outside transactions whose outcome nothing tells
    backfill     ///< the declared backfill: a transaction a batch, resumed from the last key
};

/// "atomic", "verifiable", "opaque", "backfill".
const char* nameOf(SegmentKind kind);

/// Zero means: no limit.
struct Timeouts {
    Milliseconds lock{0};
    Milliseconds statement{0};
    Milliseconds lockBudget{0};  ///< how long a segment may go on asking for its locks, all tries together
    bool operator==(const Timeouts&) const = default;
};

struct Segment {
    SegmentKind kind = SegmentKind::atomic;
    size_t first = 0;   ///< index of its first statement
    size_t end = 0;     ///< one past its last statement; equal to `first` for a backfill or an empty script
    std::string begin;  ///< the options of an explicit BEGIN
    Timeouts timeouts;
    std::string digest; ///< of its statements' text
};

enum class Direction { up, down };

/// What an interrupted run of a script left: its history row stands with success = false.
struct Resumed {
    int rank = 0;
    std::vector<JournalRow> journal;  ///< about this rank, oldest first
    /// The last thing the journal says about a segment (from 1); nullptr when it says nothing.
    const JournalRow* lastOf(int segment) const;
    bool done(int segment) const;
};

/// One script to be run: a migration forward, or its undo script.
struct Step {
    Direction direction = Direction::up;
    Migration migration;
    ScriptText script;
    std::vector<Statement> statements;
    std::vector<Segment> segments;  ///< at least one
    std::optional<Resumed> resumed; ///< set on the first step of a run that goes on where another stopped
    std::optional<HistoryRow> undoes;  ///< Direction::down: the row that is taken back
    std::vector<HistoryRow> alsoUndoes;  ///< rows of repeatables that ran after it: they run again with the next migrate
    std::string label() const;      ///< "V4 Add payments", "undo of V4 Add payments"
};

struct Plan {
    std::string environment;
    std::string target;             ///< the version that was asked for; empty: the latest
    std::string server;             ///< "PostgreSQL 15.20, database shop_dev": what the plan was made for
    std::vector<Step> steps;
    std::string historyDigest;      ///< of the history rows the plan builds upon
    std::string digest;             ///< what people approve: all of the above that has an effect
};

}  // namespace slipway
