// A release as rules see it: each statement with what surrounds it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/release_effects.h"

namespace slipway::analysis {

/// A lock that an earlier statement of the same transaction took on something that was there before.
struct Held {
    LockMode mode = LockMode::none;
    size_t by = 0;  ///< index of that statement
    RelationKind kind = RelationKind::table;
};

/// What the script has said about a timeout; nothing said leaves it to whoever runs the script.
struct OwnTimeout {
    std::optional<Milliseconds> value;  ///< 0: no limit
    size_t by = 0;                      ///< index of the statement that set it
};

struct StatementView {
    const ReleaseEffects& release;
    const JudgedScript& script;
    const JudgedStatement& judged;
    size_t index = 0;  ///< in script.statements
    const std::map<std::string, Held>& held;
    OwnTimeout lockTimeout, statementTimeout;

    const Statement& statement() const { return judged.statement; }
    const StatementEffects& effects() const { return judged.effects; }
    bool alone() const { return judged.statement.runs == Runs::alone; }
    const Effect* effectOn(const RelationRef& relation) const { return judged.effects.on(relation.name); }
    /// Whether the statement was told, or seen, to rewrite that table; to read it whole.
    bool rewrites(const RelationRef& relation) const;
    bool scans(const RelationRef& relation) const;
};

/// Whether it is a table of the database's own, partitioned or not.
inline bool holdsRows(const Effect& effect) { return effect.kind == RelationKind::table || effect.kind == RelationKind::partitioned; }

/// The line of the file on which a statement of the script begins.
int lineOf(const JudgedScript& script, const JudgedStatement& one);

/// Calls `visit` for each statement of the script in order, also for one that a server would refuse: it has no effects.
void forEachStatement(const ReleaseEffects& release, const JudgedScript& script, const std::function<void(const StatementView&)>& visit);

/// "5s", "300ms", "1min", "1000" (milliseconds), "0": a value of lock_timeout as PostgreSQL reads it (manual, 20.1.1).
/// nullopt for anything else.
std::optional<Milliseconds> timeoutValue(std::string_view text);

}  // namespace slipway::analysis
