#include "apply/step_runner.h"

#include <utility>

#include "apply/runner.h"
#include "apply/segments.h"
#include "apply/timeouts.h"
#include "base/interrupt.h"
#include "base/text.h"

namespace slipway::apply {

StepRunner::StepRunner(Context& context, Step& step, int rank, bool pause)
    : context_(context), connection_(context.connection), step_(step), rank_(rank), pause_(pause), opened_(step.resumed.has_value()) {}

void StepRunner::tell(Event::Kind kind, const std::string& outcome) const {
    if (!context_.sink) return;
    Event event{kind};
    event.subject = step_.label();
    event.file = forward() ? step_.migration.up.file : step_.migration.down->file;
    event.outcome = outcome;
    event.took = since_.elapsed();
    event.total = static_cast<int64_t>(step_.segments.size());
    context_.sink(event);
}

bool StepRunner::run() {
    tell(Event::Kind::scriptStarted);
    if (step_.statements.empty() && step_.segments[0].kind == SegmentKind::atomic && context_.sink) {
        Event told{Event::Kind::message};
        told.subject = step_.label();
        told.text = "the script holds no statement; all that it leaves is its row in the history";
        context_.sink(told);
    }
    bool finished = true;
    try {
        if (!context_.sessionLimits) {
            resetSession(context_);
            context_.sessionLimits = sessionTimeouts(connection_);
            prepareRows();
        }
        own_ = *context_.sessionLimits;
        if (step_.segments.size() == 1 && step_.segments[0].kind == SegmentKind::atomic && !step_.resumed)
            runWhole();
        else
            finished = runSegments();
    } catch (Error& error) {
        if (connection_.alive() && connection_.transaction() != postgres::Transaction::idle) rollback();
        if (error.file.empty()) error.at(forward() ? step_.migration.up.file : step_.migration.down->file);
        if (connection_.alive() && !opened_)
            error.detail += (error.detail.empty() ? "" : "\n") + (forward() ? fmt::format("nothing of {} was applied", step_.label()) : fmt::format("the {} changed nothing", step_.label()));
        tell(Event::Kind::scriptFinished, "failed");
        if (connection_.alive() && forward() && error.exit != Exit::interrupted) {
            try {
                runCallbacks(context_, "afterEachMigrateError");
            } catch (const Error&) {
                // The migration's own error is the one to be told.
            }
        }
        throw;
    }
    tell(Event::Kind::scriptFinished, finished ? "ok" : "paused");
    return finished;
}

/// The common case: one transaction for the script, its checks, its callbacks and its rows.
void StepRunner::runWhole() {
    try {
        retrying(step_.segments[0], [&] {
            log_ = {};
            failed_ = step_.segments[0].end;
            begin(step_.segments[0], resetSql(context_));
            if (forward()) check(step_.migration.declarations.pre, "pre");
            if (forward()) callbacksInside("beforeEachMigrate");
            runStatements(context_, step_, step_.segments[0], log_, failed_);
            if (forward()) callbacksInside("afterEachMigrate");
            if (forward()) check(step_.migration.declarations.post, "post");
            commit(wholeRows() + alsoUndone());
        });
    } catch (Error& error) {
        // The script has thrown away what was prepared, and was rolled back: again, with rows that need nothing before them.
        if (error.sqlstate == "26000" && std::exchange(context_.rowsPrepared, false)) return runWhole();
        if (!cutHere(0, error)) throw;
        runSegments();
    }
}

bool StepRunner::runSegments() {
    resetSession(context_);
    const Resumed* resumed = step_.resumed ? &*step_.resumed : nullptr;
    if (forward() && !resumed) check(step_.migration.declarations.pre, "pre");
    if (forward() && !resumed) runCallbacks(context_, "beforeEachMigrate");
    for (size_t i = 0; i < step_.segments.size(); i++) {
        if (resumed && resumed->done(static_cast<int>(i) + 1)) {
            replaySession(step_.segments[i]);
            done_++;
            continue;
        }
        checkInterrupted();
        log_ = {};
        lasting_ = false;
        try {
            switch (step_.segments[i].kind) {
                case SegmentKind::atomic: runAtomic(i); break;
                case SegmentKind::verifiable:
                case SegmentKind::opaque: runAlone(i); break;
                case SegmentKind::backfill:
                    if (pause_) return false;
                    runBackfill(i);
                    break;
            }
        } catch (Error& error) {
            if (step_.segments[i].kind == SegmentKind::atomic && cutHere(i, error)) {
                i--;
                continue;
            }
            if (connection_.alive() && connection_.transaction() != postgres::Transaction::idle) rollback();
            if (connection_.alive() && done_ == 0 && opened_ && !lasting_ && error.exit != Exit::doubt) withdraw();
            explain(error);
            throw;
        }
        done_++;
    }
    if (!finished_) {
        begin({});
        if (forward()) check(step_.migration.declarations.post, "post");
        commit(postgres::finishHistorySql(connection_, context_.table, rank_, elapsedMs()) + alsoUndone());
    }
    if (forward()) runCallbacks(context_, "afterEachMigrate");
    return true;
}

void StepRunner::runAtomic(size_t index) {
    const Segment segment = step_.segments[index];
    retrying(segment, [&] {
        log_ = {};
        failed_ = segment.end;
        begin(segment);
        runStatements(context_, step_, segment, log_, failed_);
        std::string rows = openRow() + postgres::insertJournalSql(connection_, journalRow(index, "done"), log_.json(), context_.run);
        if (last(index)) {
            if (forward()) check(step_.migration.declarations.post, "post");
            rows += ";" + postgres::finishHistorySql(connection_, context_.table, rank_, elapsedMs()) + alsoUndone();
        }
        commit(rows);
        opened_ = true;
        finished_ = last(index);
    });
    const bool sets = std::any_of(step_.statements.begin() + static_cast<std::ptrdiff_t>(segment.first),
                                  step_.statements.begin() + static_cast<std::ptrdiff_t>(segment.end),
                                  [](const Statement& statement) { return statement.session; });
    if (sets) own_ = sessionTimeouts(connection_);
}

void StepRunner::runBackfill(size_t index) {
    const JournalRow* before = step_.resumed ? step_.resumed->lastOf(static_cast<int>(index) + 1) : nullptr;
    std::string id;
    std::string from;
    if (before && before->state == "started") {
        id = std::to_string(before->id);
        from = before->facts;
    } else {
        record(openRow() + postgres::insertJournalSql(connection_, journalRow(index, "started"), "[]", context_.run));
        opened_ = true;
        id = connection_.value("SELECT max(id) FROM slipway.journal WHERE history_oid = $1 AND rank = $2",
                               {std::to_string(context_.historyOid), std::to_string(rank_)}).value_or("0");
    }
    int64_t rows = 0;
    try {
        rows = context_.hooks.backfill(
            connection_, step_.migration, step_.segments[index].timeouts, from,
            [&](const std::string& lastKey, int64_t) { write(postgres::updateFactsSql(connection_, std::stoll(id), lastKey)); },
            context_.sink);
    } catch (const Error&) {
        // Its place is written in the transaction of each batch: any place says that a batch was committed.
        lasting_ = !connection_.alive() || connection_.value("SELECT facts FROM slipway.journal WHERE id = $1", {id}) != "";
        throw;
    }
    record(postgres::insertJournalSql(connection_, journalRow(index, "done", fmt::format("{{\"rows\":{}}}", rows)), "[]", context_.run));
}

}  // namespace slipway::apply
