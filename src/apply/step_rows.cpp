// The rows that a script leaves in the history and in the journal.
#include "apply/step_runner.h"

namespace slipway::apply {

HistoryRow StepRunner::historyRow(bool success) const {
    const Migration& migration = step_.migration;
    HistoryRow row;
    if (forward()) {
        row.version = migration.version ? std::optional(migration.version->text()) : std::nullopt;
        row.description = migration.description;
        row.type = migration.kind == MigrationKind::baseline ? "SQL_BASELINE" : "SQL";
        row.script = migration.up.name;
        row.checksum = migration.checksum;
    } else {
        row = *step_.undoes;
        row.type = context_.undoRows ? "UNDO_SQL" : "DELETE";
        if (context_.undoRows) {
            row.script = migration.down->name;
            row.checksum = migration.down->checksum;
        }
    }
    row.rank = rank_;
    row.installedBy = context_.installedBy;
    row.executionTime = success ? elapsedMs() : 0;
    row.success = success;
    return row;
}

JournalRow StepRunner::journalRow(size_t index, const char* state, std::string facts) const {
    JournalRow row;
    row.historyOid = context_.historyOid;
    row.rank = rank_;
    row.checksum = forward() ? step_.migration.checksum : step_.migration.down->checksum;
    row.direction = forward() ? "up" : "down";
    row.segment = static_cast<int>(index) + 1;
    row.segments = static_cast<int>(step_.segments.size());
    row.kind = nameOf(step_.segments[index].kind);
    row.state = state;
    row.digest = step_.segments[index].digest;
    row.facts = std::move(facts);
    return row;
}

/// Once a run. Where a pooler's session has statements of these names from somebody else, rows are sent in full.
void StepRunner::prepareRows() {
    try {
        connection_.run(postgres::prepareHistorySql(context_.table) + ";" + postgres::prepareJournalSql());
        context_.rowsPrepared = true;
    } catch (const Error& error) {
        if (error.sqlstate != "42P05") throw;
    }
}

/// The rows of a script that is done in one transaction.
std::string StepRunner::wholeRows() const {
    const HistoryRow history = historyRow(true);
    const JournalRow journal = journalRow(0, "done");
    if (context_.rowsPrepared)
        return postgres::executeHistorySql(connection_, history) + ";" + postgres::executeJournalSql(connection_, journal, log_.json(), context_.run);
    return postgres::insertHistorySql(connection_, context_.table, history) + ";" +
           postgres::insertJournalSql(connection_, journal, log_.json(), context_.run);
}

/// The history row of a script that is half done, written with the first thing that lasts.
std::string StepRunner::openRow() {
    return opened_ ? "" : postgres::insertHistorySql(connection_, context_.table, historyRow(false)) + ";";
}

/// DELETE rows for the repeatables that ran after what is undone.
std::string StepRunner::alsoUndone() const {
    std::string sql;
    int rank = rank_;
    for (HistoryRow row : step_.alsoUndoes) {
        row.rank = ++rank;
        row.type = "DELETE";
        row.installedBy = context_.installedBy;
        row.executionTime = 0;
        sql += ";" + postgres::insertHistorySql(connection_, context_.table, row);
    }
    return sql;
}

/// Sends rows in the open transaction, which fails when the release lock is no longer ours: without it somebody else may
/// be writing the same history. `end` goes with them, in the same round trip.
void StepRunner::write(const std::string& rows, const char* end) {
    try {
        // A script may have set a role that owns its objects; the rows are written by whoever logged in.
        connection_.run("SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL ROLE NONE; " + rows + ";" + context_.lock.heldSql() + end);
    } catch (const Error& error) {
        if (!postgres::ReleaseLock::lostBy(error)) throw;
        throw Error("release-lock-lost", Exit::outside,
                    "this session no longer holds the release lock: something freed its advisory locks (pg_advisory_unlock_all "
                    "or DISCARD ALL, in the script or in a pooler)",
                    "take that statement out of the script, or connect without the pooler, and run the command again; the "
                    "transaction was rolled back");
    }
}

/// Rows in a transaction of their own.
void StepRunner::record(const std::string& rows) {
    begin({});
    commit(rows);
}

/// Nothing of the script lasted: its history row goes, and the rank is free again.
void StepRunner::withdraw() {
    JournalRow row = journalRow(0, "withdrawn");
    row.segment = 0;
    try {
        record(fmt::format("DELETE FROM {} WHERE installed_rank = {} AND NOT success;", postgres::nameOf(context_.table), rank_) +
               postgres::insertJournalSql(connection_, row, log_.json(), context_.run));
        opened_ = false;
    } catch (const Error&) {
        // What made the script fail is the one to be told; with the row still there the next run goes on from it.
        if (connection_.alive() && connection_.transaction() != postgres::Transaction::idle) rollback();
    }
}

void StepRunner::explain(Error& error) const {
    if (error.connectionLost || error.exit == Exit::doubt) return;
    if (done_ == 0 && !opened_) return;
    const std::string done = fmt::format("{}{} of the {} segments of {} {} done", error.detail.empty() ? "" : "\n", done_, step_.segments.size(),
                                         step_.label(), done_ == 1 ? "is" : "are");
    if (context_.disposable) {
        if (done_ > 0) error.detail += done + "; in the environment itself that would stay";
        return;
    }
    error.detail += fmt::format("{} and {}; its history row says success = false until the rest is done", done, done_ == 1 ? "stays" : "stay");
    error.hint += fmt::format(". `slipway {}` goes on at segment {}; where the file had to change, run `slipway repair` before it",
                              forward() ? "migrate" : "undo", done_ + 1);
}

}  // namespace slipway::apply
