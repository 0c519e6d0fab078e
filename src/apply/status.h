// How the files of a project and the history of a database stand to each other, in Flyway's terms.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/finding.h"
#include "model/history.h"
#include "model/migration.h"
#include "model/settings.h"

namespace slipway::apply {

/// Flyway's states (MigrationState); display() gives Flyway's words.
enum class State {
    pending, aboveTarget, belowBaseline, ignoredBaseline, baseline, ignored, missing, failedMissing, success, undone,
    available, failed, outOfOrder, future, failedFuture, outdated, superseded, deleted
};

const char* display(State state);

/// One line of `info`: a file, a row, or both.
struct Status {
    const Migration* migration = nullptr;  ///< none: applied, but no file is there
    const HistoryRow* row = nullptr;       ///< none: not applied
    State state = State::pending;

    std::optional<Version> version() const;
    std::string description() const;
    /// Whether the row says that the migration is in the database now: it succeeded, nothing took it back, and it is
    /// not itself the word of an undo or a repair. An outdated run of a repeatable counts, a superseded one does not.
    bool applied() const;
    bool repeatable() const { return migration ? migration->kind == MigrationKind::repeatable : !row->version; }
};

/// What `statusOf` needs to know beside files and rows.
struct StatusOptions {
    std::optional<Version> target;  ///< nothing above it is pending
    bool outOfOrder = false;
};

/// The whole picture, in the order in which `info` shows it: applied rows by rank and pending files by version after
/// them, repeatables last. The pointers reach into the arguments.
std::vector<Status> statusOf(const Changelog& changelog, const std::vector<HistoryRow>& rows, const StatusOptions& options);

/// The migrations that `migrate` would run now, in order.
std::vector<const Migration*> pendingOf(const std::vector<Status>& statuses);

/// The applied versioned migrations that `undo` would take back, the latest first; rows that DELETE or UNDO_SQL took
/// back already are not among them.
std::vector<Status> undoableOf(const std::vector<Status>& statuses);

/// What Flyway's validate finds: checksum, description and type mismatches, missing, failed and ignored migrations.
/// `patterns` is ignoreMigrationPatterns ("*:future"); Throws "config-pattern" (usage) for one that does not parse.
std::vector<Finding> validate(const std::vector<Status>& statuses, const std::vector<std::string>& patterns, bool withPending);

}  // namespace slipway::apply
