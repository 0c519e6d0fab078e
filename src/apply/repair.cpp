#include "apply/migrate.h"
#include "apply/remains.h"
#include "apply/segments.h"
#include "base/text.h"

namespace slipway::apply {

namespace {

/// Whether a half-done script's finished segments stand unchanged in its file, so that `migrate` can go on with the rest.
std::optional<Step> resumable(Site& site, const Status& status, const std::vector<JournalRow>& journal) {
    if (!status.migration || journal.empty()) return std::nullopt;
    const bool undoing = journal.back().direction == "down";
    if (undoing && !status.migration->down) return std::nullopt;
    Step step{undoing ? Direction::down : Direction::up, *status.migration};
    const std::vector<HistoryRow> none;
    prepare(step, {site.changelog, none, site.project, site.timeouts, site.environment, "", site.hooks.load, {}});
    for (const JournalRow& row : journal) {
        if (row.state == "cut") return std::nullopt;  // numbers of segments after a cut cannot be carried over to another text
        if (row.state != "done") continue;
        const auto index = static_cast<size_t>(row.segment) - 1;
        if (index >= step.segments.size() || step.segments[index].digest != row.digest) return std::nullopt;
    }
    const bool anyDone = std::ranges::any_of(journal, [](const JournalRow& row) { return row.state == "done"; });
    return anyDone ? std::optional(step) : std::nullopt;
}

std::optional<Finding> leftBy(const Status& status, const std::vector<JournalRow>& journal) {
    const bool undoing = !journal.empty() && journal.back().direction == "down";
    const std::string name = (undoing ? "undo of " : "") + (status.row->version ? "V" + *status.row->version + " " : "R ") + status.row->description;
    std::string file;
    if (status.migration && !undoing) file = status.migration->up.file;
    if (status.migration && undoing && status.migration->down) file = status.migration->down->file;
    return remainsOf(name, file, journal);
}

}  // namespace

RepairResult repair(Site& site) {
    postgres::Connection& connection = site.connection;
    postgres::ReleaseLock lock(connection, site.table);
    lock.acquire(site.wait, site.sink);
    const Standing standing = standingOf(site, std::nullopt);
    RepairResult result;
    if (!standing.history.oid) return result;
    const std::string table = postgres::nameOf(site.table);
    int rank = standing.history.lastRank();
    connection.run("BEGIN");
    try {
        for (const Status& status : standing.statuses) {
            if (!status.row) continue;
            const HistoryRow& row = *status.row;
            const std::string name = row.version.value_or(row.description);
            if (!row.success) {
                const auto journal = postgres::readJournal(connection, standing.history.oid, row.rank);
                if (const auto step = resumable(site, status, journal)) {
                    const int32_t checksum = step->direction == Direction::up ? step->migration.checksum : step->migration.down->checksum;
                    if (step->direction == Direction::up)
                        connection.run(fmt::format("UPDATE {} SET checksum = {} WHERE installed_rank = {}", table, checksum, row.rank));
                    for (const JournalRow& old : journal) {
                        const auto index = static_cast<size_t>(old.segment) - 1;
                        // What was begun and not finished is begun anew with the text as it is now.
                        const std::string sets = old.state == "done" || index >= step->segments.size()
                                                     ? "" : fmt::format(", digest = {}", connection.literal(step->segments[index].digest));
                        connection.run(fmt::format("UPDATE slipway.journal SET checksum = {}{} WHERE id = {}", checksum, sets, old.id));
                    }
                    result.kept.push_back(name);
                    continue;
                }
                connection.run(fmt::format("DELETE FROM {} WHERE installed_rank = {}", table, row.rank));
                if (!journal.empty()) {
                    JournalRow withdrawn = journal.back();
                    withdrawn.state = "withdrawn";
                    withdrawn.segment = 0;
                    withdrawn.facts = "{}";
                    connection.run(postgres::insertJournalSql(connection, withdrawn, "[]", site.run));
                }
                result.removed.push_back(name);
                if (const auto remains = leftBy(status, journal)) result.findings.push_back(*remains);
                continue;
            }
            if (status.state == State::missing || status.state == State::future) {
                const std::vector<Finding> found = validate({status}, site.project.ignoreMigrationPatterns, false);
                if (found.empty()) continue;
                HistoryRow tombstone = row;
                tombstone.rank = ++rank;
                tombstone.type = "DELETE";
                tombstone.executionTime = 0;
                tombstone.installedBy = site.installedBy();
                connection.run(postgres::insertHistorySql(connection, site.table, tombstone));
                result.deleted.push_back(name);
                continue;
            }
            const bool own = status.migration && row.version && (row.type == "SQL" || row.type == "SQL_BASELINE") &&
                             (status.state == State::success || status.state == State::outOfOrder);
            if (!own) continue;
            const Migration& file = *status.migration;
            if (row.checksum == file.checksum && row.description == file.description) continue;
            connection.run(fmt::format("UPDATE {} SET checksum = {}, description = {} WHERE installed_rank = {}", table, file.checksum,
                                       connection.literal(abbreviate(file.description, 200)), row.rank));
            result.aligned.push_back(name);
        }
        connection.run("COMMIT");
    } catch (const Error&) {
        if (connection.alive() && connection.transaction() != postgres::Transaction::idle) connection.run("ROLLBACK");
        throw;
    }
    lock.release();
    return result;
}

void settle(Site& site, bool done) {
    postgres::Connection& connection = site.connection;
    postgres::ReleaseLock lock(connection, site.table);
    lock.acquire(site.wait, site.sink);
    const postgres::History history = postgres::readHistory(connection, site.table);
    for (const HistoryRow& row : history.rows) {
        if (row.success) continue;
        const auto journal = postgres::readJournal(connection, history.oid, row.rank);
        if (journal.empty() || journal.back().state != "started" || journal.back().kind != nameOf(SegmentKind::opaque)) continue;
        JournalRow settled = journal.back();
        settled.state = done ? "done" : "failed";
        settled.facts = done ? "{\"settled\":\"done\"}" : "{\"settled\":\"redo\"}";
        connection.run(postgres::insertJournalSql(connection, settled, "[]", site.run));
        lock.release();
        return;
    }
    throw Error("nothing-to-resume", Exit::usage, "no statement waits for somebody to say whether it took effect", "run `slipway migrate`");
}

}  // namespace slipway::apply
