// The transactions, settings and checks around a script's statements.
#include <random>
#include <thread>

#include "apply/segments.h"
#include "apply/step_runner.h"
#include "apply/timeouts.h"
#include "base/crash.h"
#include "base/interrupt.h"
#include "base/text.h"

namespace slipway::apply {

/// What one migration set must not change the meaning of the next.
std::string StepRunner::resetSql(const Context& context) {
    std::string sql = "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL;";
    for (const std::string& setting : context.session) sql += setting + ";";
    return sql;
}

void StepRunner::resetSession(Context& context) { context.connection.run(resetSql(context)); }

/// The SETs of a segment that an earlier run has finished: later segments count on them.
void StepRunner::replaySession(const Segment& segment) {
    for (size_t i = segment.first; i < segment.end; i++)
        if (step_.statements[i].session) connection_.run(step_.statements[i].span.of(step_.script.text));
    own_ = sessionTimeouts(connection_);
}

/// Opens the segment's transaction in one round trip. `first` is part of it: when it is rolled back, so is what `first` set.
void StepRunner::begin(const Segment& segment, const std::string& first) {
    const Timeouts limits = tighter(segment.timeouts, own_);
    const bool tightens = limits.lock != own_.lock || limits.statement != own_.statement;
    connection_.run(first + "BEGIN " + segment.begin + (tightens ? ";" + timeoutSql(limits, "LOCAL") : ""));
}

/// Writes the last rows of a transaction and commits it, in one round trip.
void StepRunner::commit(const std::string& rows) {
    crashPoint("before-commit");
    try {
        write(rows, ";COMMIT");
    } catch (Error& error) {
        if (!error.connectionLost) {
            // A deferred constraint speaks up here; what fails before it leaves the transaction open.
            if (connection_.transaction() == postgres::Transaction::idle) error.message = "while committing: " + error.message;
            throw;
        }
        error.exit = Exit::doubt;
        error.outcomeInDoubt = true;
        error.message = "the connection was lost while the commit was under way: " + error.message;
        error.hint = "run the same command again: the history tells whether the commit took place, and the run goes on from there";
        throw;
    }
    crashPoint("after-commit");
}

void StepRunner::rollback() {
    connection_.run("ROLLBACK");
}

/// Runs a transaction, again and again within the budget of its timeouts while locks are not to be had.
void StepRunner::retrying(const Segment& segment, const std::function<void()>& body) {
    static std::minstd_rand random(std::random_device{}());
    Stopwatch spent;
    Milliseconds pause{100};
    for (int attempt = 1;; attempt++) {
        try {
            body();
            return;
        } catch (Error& error) {
            if (!connection_.alive()) throw;
            if (connection_.transaction() != postgres::Transaction::idle) rollback();
            const bool contention = error.sqlstate == "55P03" || error.sqlstate == "40P01" || error.sqlstate == "40001";
            if (!contention || segment.timeouts == Timeouts{}) throw;
            if (spent.elapsed() + pause >= segment.timeouts.lockBudget) {
                if (error.sqlstate == "55P03") error.exit = Exit::outside;
                error.message = fmt::format("{} (tried {} in {})", error.message, count(attempt, "time"), showDuration(spent.elapsed()));
                error.hint = "somebody holds a lock that conflicts; wait for that session to end, or raise lock_timeout and "
                             "lock_budget of the environment. Nothing of this transaction was applied";
                throw;
            }
            Event told{Event::Kind::retry};
            told.subject = step_.label();
            told.file = error.file;
            told.line = error.line;
            told.text = error.message;
            told.done = attempt;
            told.took = pause;
            if (!error.detail.empty()) told.blockers.push_back(error.detail);
            if (context_.sink) context_.sink(told);
            // Jitter keeps two that get in each other's way from meeting again.
            const Milliseconds wait(pause.count() / 2 + static_cast<int64_t>(random()) % (pause.count() / 2 + 1));
            for (Stopwatch slept; slept.elapsed() < wait;) {
                std::this_thread::sleep_for(std::min(wait, Milliseconds(50)));
                checkInterrupted();
            }
            pause = std::min(pause * 2, Milliseconds(5000));
        }
    }
}

/// A statement that the parser took for transactional and the server would not run in a transaction (a COMMIT in a DO
/// block or procedure: 2D000; a form newer than the parser: 25001): the segment is cut around it and the cut journalled.
bool StepRunner::cutHere(size_t index, const Error& error) {
    if (error.sqlstate != "25001" && error.sqlstate != "2D000") return false;
    const Segment& segment = step_.segments[index];
    if (failed_ < segment.first || failed_ >= segment.end) return false;
    for (size_t i = segment.first; i < segment.end; i++)
        if (step_.statements[i].runs == Runs::begin) return false;  // the script itself put it in a transaction
    if (connection_.transaction() != postgres::Transaction::idle) rollback();
    const size_t alone = failed_;
    JournalRow row = journalRow(index, "cut", fmt::format("{{\"statement\":{}}}", alone));
    row.segment = 0;
    record(openRow() + postgres::insertJournalSql(connection_, row, "[]", context_.run));
    opened_ = true;
    cutAround(step_.script, step_.statements, step_.segments, index, alone);
    Event told{Event::Kind::message};
    told.subject = step_.label();
    told.file = step_.script.file;
    told.line = step_.script.positionOf(step_.statements[alone].span.begin).line;
    told.text = "the server will not run this statement in a transaction; it runs on its own, and the script is cut around it";
    if (context_.sink) context_.sink(told);
    return true;
}

void StepRunner::callbacksInside(const char* event) {
    if (!context_.changelog) return;
    for (const Callback& callback : context_.changelog->callbacks) {
        if (callback.event != event || !callback.script.config.shouldExecute) continue;
        const ScriptText script = context_.hooks.load(callback.script);
        for (const Statement& statement : postgres::parse(script))
            if (statement.runs != Runs::begin && statement.runs != Runs::commit) runStatement(context_, script, statement, log_);
    }
}

void StepRunner::runLoose(Context& context, const Script& callback) {
    Step step;
    step.script = context.hooks.load(callback);
    step.statements = postgres::parse(step.script);
    step.segments = cut(step.script, step.statements, {callback.config.executeInTransaction.value_or(true)});
    postgres::Connection& connection = context.connection;
    resetSession(context);
    StatementLog log;
    size_t failed = 0;
    try {
        for (const Segment& segment : step.segments) {
            if (segment.kind == SegmentKind::atomic) connection.run("BEGIN " + segment.begin);
            runStatements(context, step, segment, log, failed);
            if (segment.kind == SegmentKind::atomic) connection.run("COMMIT");
        }
    } catch (Error& error) {
        if (connection.alive() && connection.transaction() != postgres::Transaction::idle) connection.run("ROLLBACK");
        throw;
    }
}

void StepRunner::check(const std::vector<Check>& checks, const char* table) {
    if (checks.empty() || !context_.hooks.check) return;
    const auto failed = context_.hooks.check(connection_, checks, table, step_.migration.declarations.file);
    if (failed.empty()) return;
    std::vector<std::string> more;
    for (size_t i = 1; i < failed.size(); i++) more.push_back(failed[i].message);
    Error error("check-failed", Exit::no, fmt::format("{}: {}", step_.label(), failed[0].message), failed[0].help);
    throw error.at(failed[0].file, failed[0].line).withDetail(join(more, "\n"));
}

}  // namespace slipway::apply
