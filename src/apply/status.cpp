#include "apply/status.h"

#include <unordered_set>

#include "base/error.h"
#include "base/text.h"

namespace slipway::apply {

namespace {

bool isTombstone(const HistoryRow& row) { return row.type == "DELETE"; }
bool isUndo(const HistoryRow& row) { return row.type == "UNDO_SQL" || row.type == "UNDO_SCRIPT"; }
bool isBaselineFile(const HistoryRow& row) { return row.type == "SQL_BASELINE"; }
bool isSynthetic(const HistoryRow& row) { return row.type == "SCHEMA" || row.type == "BASELINE" || isTombstone(row); }

std::optional<Version> versionOf(const HistoryRow& row) {
    return row.version ? Version::parse(*row.version) : std::nullopt;
}

/// What later rows did to a row.
enum class Fate { stands, deleted, undone };

std::vector<Fate> fatesOf(const std::vector<HistoryRow>& rows) {
    std::vector<Fate> fates(rows.size(), Fate::stands);
    for (size_t i = 0; i < rows.size(); i++) {
        if (!rows[i].success || (!isTombstone(rows[i]) && !isUndo(rows[i]))) continue;
        const auto version = versionOf(rows[i]);
        for (size_t k = i; k-- > 0;) {
            if (fates[k] != Fate::stands || isTombstone(rows[k]) || isUndo(rows[k])) continue;
            const bool same = version ? versionOf(rows[k]) == version
                                      : !rows[k].version && rows[k].description == rows[i].description;
            if (!same) continue;
            fates[k] = isUndo(rows[i]) ? Fate::undone : Fate::deleted;
            break;
        }
    }
    return fates;
}

bool matchesChecksum(const Migration& migration, const HistoryRow& row) {
    return !row.checksum || *row.checksum == migration.checksum || row.checksum == migration.equivalentChecksum;
}

const char* typeOf(const Migration& migration) { return migration.kind == MigrationKind::baseline ? "SQL_BASELINE" : "SQL"; }

}  // namespace

const char* display(State state) {
    switch (state) {
        case State::pending: return "Pending";
        case State::aboveTarget: return "Above Target";
        case State::belowBaseline: return "Below Baseline";
        case State::ignoredBaseline: return "Ignored (Baseline)";
        case State::baseline: return "Baseline";
        case State::ignored: return "Ignored";
        case State::missing: return "Missing";
        case State::failedMissing: return "Failed (Missing)";
        case State::success: return "Success";
        case State::undone: return "Undone";
        case State::available: return "Available";
        case State::failed: return "Failed";
        case State::outOfOrder: return "Out of Order";
        case State::future: return "Future";
        case State::failedFuture: return "Failed (Future)";
        case State::outdated: return "Outdated";
        case State::superseded: return "Superseded";
        case State::deleted: return "Deleted";
    }
    return "";
}

std::optional<Version> Status::version() const {
    if (migration) return migration->version;
    return versionOf(*row);
}

bool Status::applied() const {
    const bool takenBack = state == State::deleted || state == State::undone || state == State::superseded;
    return row && row->success && !takenBack && !isTombstone(*row) && !isUndo(*row);
}

std::string Status::description() const { return migration ? migration->description : row->description; }

std::vector<Status> statusOf(const Changelog& changelog, const std::vector<HistoryRow>& rows, const StatusOptions& options) {
    const std::vector<Fate> fates = fatesOf(rows);
    std::vector<std::optional<Version>> versions;
    versions.reserve(rows.size());
    for (const HistoryRow& row : rows) versions.push_back(versionOf(row));

    // Version has no hash: a sorted index by version and one by description keep this at n log n.
    const auto less = [](const Version* a, const Version* b) { return *a < *b; };
    std::map<const Version*, const Migration*, decltype(less)> versioned;
    std::map<const Version*, const Migration*, decltype(less)> baselines;
    std::map<std::string, const Migration*> repeatables;
    for (const Migration& migration : changelog.migrations) {
        if (migration.kind == MigrationKind::versioned) versioned.emplace_hint(versioned.end(), &*migration.version, &migration);
        if (migration.kind == MigrationKind::baseline) baselines.emplace(&*migration.version, &migration);
        if (migration.kind == MigrationKind::repeatable) repeatables.emplace(migration.description, &migration);
    }

    const Version* baseline = nullptr;     // the version below which nothing runs any more
    const Version* lastApplied = nullptr;
    std::map<std::string, size_t> lastRun;  // of a repeatable, by description
    for (size_t i = 0; i < rows.size(); i++) {
        if (fates[i] != Fate::stands || isTombstone(rows[i]) || isUndo(rows[i])) continue;
        if (!rows[i].version) {
            if (rows[i].type != "SCHEMA") lastRun[rows[i].description] = i;
            continue;
        }
        if (!versions[i]) continue;
        const Version* version = &*versions[i];
        if (rows[i].type == "BASELINE" || isBaselineFile(rows[i])) baseline = version;
        if (!lastApplied || *version > *lastApplied) lastApplied = version;
    }
    const Version* highestFile = versioned.empty() ? nullptr : versioned.rbegin()->first;

    // Without any history the newest baseline file at or below the target stands in for what is older.
    const Migration* startHere = nullptr;
    if (!lastApplied) {
        for (const auto& [version, migration] : baselines)
            if (!options.target || *version <= *options.target) startHere = migration;
    }

    std::vector<Status> statuses;
    statuses.reserve(rows.size() + changelog.migrations.size());
    std::unordered_set<const Migration*> applied;
    const Version* highestSoFar = nullptr;
    for (size_t i = 0; i < rows.size(); i++) {
        const HistoryRow& row = rows[i];
        Status status{nullptr, &row, State::success};
        const Version* version = versions[i] ? &*versions[i] : nullptr;
        if (row.type == "SCHEMA") {
            statuses.push_back(status);
            continue;
        }
        if (row.type == "BASELINE") {
            status.state = fates[i] == Fate::stands ? State::baseline : State::deleted;
            statuses.push_back(status);
            continue;
        }
        if (version) {
            const auto& files = isBaselineFile(row) ? baselines : versioned;
            if (const auto file = files.find(version); file != files.end()) status.migration = file->second;
        } else if (const auto file = repeatables.find(row.description); file != repeatables.end()) {
            status.migration = file->second;
        }
        if (isTombstone(row) || isUndo(row)) {
            status.state = row.success ? State::success : State::failed;
        } else if (fates[i] == Fate::deleted) {
            status.state = State::deleted;
        } else if (fates[i] == Fate::undone) {
            status.state = State::undone;
        } else if (!version) {
            if (!row.success) status.state = status.migration ? State::failed : State::failedMissing;
            else if (lastRun[row.description] != i) status.state = State::superseded;
            else if (!status.migration) status.state = State::missing;
            else if (!matchesChecksum(*status.migration, row)) status.state = State::outdated;
            // One that stopped half way is gone on with by its row.
            if (status.migration && (status.state == State::success || status.state == State::failed)) applied.insert(status.migration);
        } else {
            if (status.migration) applied.insert(status.migration);
            const bool future = !status.migration && (!highestFile || *version > *highestFile);
            if (!row.success) status.state = status.migration ? State::failed : future ? State::failedFuture : State::failedMissing;
            else if (!status.migration) status.state = future ? State::future : State::missing;
            else if (highestSoFar && *version < *highestSoFar) status.state = State::outOfOrder;
            if (!highestSoFar || *version > *highestSoFar) highestSoFar = version;
        }
        statuses.push_back(status);
    }

    for (const Migration& migration : changelog.migrations) {
        if (applied.contains(&migration)) continue;
        Status status{&migration, nullptr, migration.up.config.shouldExecute ? State::pending : State::ignored};
        if (migration.kind == MigrationKind::repeatable) {
            statuses.push_back(status);
            continue;
        }
        const Version& version = *migration.version;
        if (migration.kind == MigrationKind::baseline) {
            if (&migration != startHere) continue;  // a baseline file matters only to an empty history
        } else if (startHere && version <= *startHere->version) {
            status.state = version == *startHere->version ? State::ignoredBaseline : State::belowBaseline;
        } else if (baseline && version <= *baseline) {
            status.state = version == *baseline ? State::ignoredBaseline : State::belowBaseline;
        } else if (options.target && version > *options.target) {
            status.state = State::aboveTarget;
        } else if (lastApplied && version < *lastApplied && !options.outOfOrder) {
            status.state = State::ignored;
        }
        statuses.push_back(status);
    }
    return statuses;
}

std::vector<const Migration*> pendingOf(const std::vector<Status>& statuses) {
    std::vector<const Migration*> pending;
    std::vector<const Migration*> repeatables;
    for (const Status& status : statuses) {
        if (status.state != State::pending) continue;
        (status.repeatable() ? repeatables : pending).push_back(status.migration);
    }
    std::ranges::stable_sort(pending, [](const Migration* a, const Migration* b) { return *a->version < *b->version; });
    std::ranges::stable_sort(repeatables, {}, [](const Migration* m) { return m->description; });
    pending.insert(pending.end(), repeatables.begin(), repeatables.end());
    return pending;
}

std::vector<Status> undoableOf(const std::vector<Status>& statuses) {
    std::vector<Status> applied;
    for (const Status& status : statuses) {
        if (!status.row || !status.row->success || !status.row->version || isSynthetic(*status.row)) continue;
        if (status.state == State::deleted || status.state == State::undone || isUndo(*status.row)) continue;
        applied.push_back(status);
    }
    std::ranges::stable_sort(applied, [](const Status& a, const Status& b) { return a.row->rank > b.row->rank; });
    return applied;
}

namespace {

struct Pattern {
    std::string type;
    std::string state;
};

Pattern parsePattern(const std::string& text) {
    const auto parts = split(text, ':');
    static const std::vector<std::string> types = {"*", "repeatable", "versioned"};
    static const std::vector<std::string> states = {"*", "missing", "pending", "ignored", "future"};
    if (parts.size() == 2) {
        const Pattern pattern{lower(trim(parts[0])), lower(trim(parts[1]))};
        if (std::ranges::find(types, pattern.type) != types.end() && std::ranges::find(states, pattern.state) != states.end()) return pattern;
    }
    throw Error("config-pattern", Exit::usage, fmt::format("'{}' is no pattern for ignoreMigrationPatterns", text),
                "write type:state, with type *, repeatable or versioned and state *, missing, pending, ignored or future");
}

}  // namespace

std::vector<Finding> validate(const std::vector<Status>& statuses, const std::vector<std::string>& patterns, bool withPending) {
    std::vector<Pattern> ignored;
    for (const std::string& pattern : patterns) ignored.push_back(parsePattern(pattern));
    auto passes = [&](const Status& status, std::string_view state) {
        return std::ranges::any_of(ignored, [&](const Pattern& p) {
            return (p.type == "*" || (p.type == "repeatable") == status.repeatable()) && (p.state == "*" || p.state == state);
        });
    };
    std::unordered_set<const Migration*> outdated;  // told as such; that they are pending follows
    for (const Status& status : statuses)
        if (status.state == State::outdated) outdated.insert(status.migration);
    std::vector<Finding> findings;
    for (const Status& status : statuses) {
        const auto name = [&] {
            if (status.row && status.row->version) return "version " + *status.row->version;
            return status.version() ? "version " + status.version()->text() : "repeatable " + status.description();
        };
        const auto find = [&](const char* rule, std::string message, std::string help) {
            findings.push_back({rule, Severity::error, status.migration ? status.migration->up.file : "", 0, 0, std::move(message), std::move(help)});
        };
        switch (status.state) {
            case State::failed:
            case State::failedMissing:
            case State::failedFuture:
                if (status.state == State::failedFuture && passes(status, "future")) break;
                if (status.state == State::failedMissing && passes(status, "missing")) break;
                find("failed-migration",
                     fmt::format("Detected failed migration to {} ({})", name(), status.row->description),
                     "`slipway migrate` goes on where a script of several segments stopped; `slipway repair` removes the "
                     "failed row once you have put the database right by hand");
                break;
            case State::missing:
                if (!passes(status, "missing"))
                    find("missing-migration", fmt::format("Detected applied migration not resolved locally: {}", name()),
                         "bring the file back, or run `slipway repair` to mark the migration as deleted");
                break;
            case State::future:
                if (!passes(status, "future"))
                    find("future-migration", fmt::format("Detected applied migration not resolved locally: {}", name()),
                         "update your checkout: the database is ahead of these files");
                break;
            case State::ignored:
                if (status.migration->up.config.shouldExecute && !passes(status, "ignored"))
                    find("late-migration", fmt::format("Detected resolved migration not applied to database: {}", name()),
                         "it arrived after a later version was applied: give the file a new, higher version, or, where "
                         "the order does not matter, set out_of_order = true (flyway.conf: flyway.outOfOrder=true)");
                break;
            case State::pending:
                if (withPending && !passes(status, "pending") && !outdated.contains(status.migration))
                    find("pending-migration", fmt::format("Detected resolved migration not applied to database: {}", name()),
                         "run `slipway migrate`");
                break;
            case State::outdated:
                if (withPending && !passes(status, "pending"))
                    find("outdated-migration",
                         fmt::format("Detected outdated resolved repeatable migration that should be re-applied to database: {}",
                                     status.description()),
                         "run `slipway migrate`");
                break;
            case State::success:
            case State::outOfOrder: {
                const bool own = status.migration && status.row && status.row->version && !isSynthetic(*status.row) && !isUndo(*status.row);
                if (!own) break;
                if (status.row->type != typeOf(*status.migration)) {
                    find("type-mismatch",
                         fmt::format("Migration type mismatch for migration {}\n-> Applied to database : {}\n-> Resolved locally    : {}",
                                     name(), status.row->type, typeOf(*status.migration)),
                         "revert the change to the file, or run `slipway repair` to update the history");
                } else if (!matchesChecksum(*status.migration, *status.row)) {
                    find("checksum-mismatch",
                         fmt::format("Migration checksum mismatch for migration {}\n-> Applied to database : {}\n-> Resolved locally    : {}",
                                     name(), *status.row->checksum, status.migration->checksum),
                         "revert the changes to the migration, or run `slipway repair` to update the history");
                } else if (status.row->description != status.migration->description && status.migration->description.size() <= 200) {
                    find("description-mismatch",
                         fmt::format("Migration description mismatch for migration {}\n-> Applied to database : {}\n-> Resolved locally    : {}",
                                     name(), status.row->description, status.migration->description),
                         "revert the change to the file's name, or run `slipway repair` to update the history");
                }
                break;
            }
            default: break;
        }
    }
    return findings;
}

}  // namespace slipway::apply
