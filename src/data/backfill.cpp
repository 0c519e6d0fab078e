#include "data/backfill.h"

#include <thread>

#include "base/crash.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "data/keyset.h"

namespace slipway::data {

namespace {

constexpr int mostPasses = 3;

/// Where a walk stands; as JSON it is what a checkpoint is told.
struct Progress {
    postgres::Value after;   ///< the last row of the last batch; none: nothing is done yet
    bool inclusive = false;  ///< `after` itself is still to be done: a further pass begins there
    Place until;             ///< the table's last row when the walk began
    int64_t walked = 0;
    int64_t rows = 0;

    std::string json() const {
        return fmt::format(R"({{"after":{},"until":{},"walked":{},"rows":{}}})", after.value_or("null"), until, walked,
                           rows);
    }
};

class Walk {
  public:
    Walk(postgres::Connection& connection, const BackfillRun& run, const Checkpoint& checkpoint, const EventSink& sink)
        : connection_(connection),
          run_(run),
          checkpoint_(checkpoint),
          sink_(sink),
          keyset_(connection, run.declared, run.file),
          where_(run.declared.where.empty() ? "true" : "(\n" + run.declared.where + "\n)") {}

    BackfillResult walk() {
        total_ = keyset_.estimateRows(connection_);
        for (bool more = run_.resumeFrom.empty() ? begin() : resume(); more; more = beginAgain()) {
            if (result_.passes == mostPasses) incomplete();
            result_.passes++;
            while (batch()) pause();
        }
        result_.rows = progress_.rows;
        result_.took = sinceBegin_.elapsed();
        return result_;
    }

  private:
    /// The walk ends where the table ends now: rows that come later come from an application that knows the new shape.
    bool begin() {
        const auto last = connection_.value(fmt::format("SELECT {} FROM {} ORDER BY {} LIMIT 1", keyset_.place(),
                                                        keyset_.table(), keyset_.descending()));
        progress_.until = last.value_or("");
        return last.has_value();
    }

    bool resume() {
        const postgres::Result stored = connection_.query(
            "SELECT $1::json ->> 'after', $1::json ->> 'until', $1::json ->> 'walked', $1::json ->> 'rows'",
            {run_.resumeFrom});
        progress_ = {stored.rows[0][0], false, stored.text(0, 1), std::stoll(stored.text(0, 2)),
                     std::stoll(stored.text(0, 3))};
        return true;
    }

    /// Another pass from the first row that still matches, if there is one.
    bool beginAgain() {
        if (run_.declared.where.empty()) return false;
        const auto left = connection_.value(fmt::format("SELECT {} FROM {} WHERE {} ORDER BY {} LIMIT 1",
                                                        keyset_.place(), keyset_.table(), where_, keyset_.columns()));
        if (!left) return false;
        progress_.after = left;
        progress_.inclusive = true;
        return begin();
    }

    /// Updates the next rows in a transaction; false when the walk is at its end.
    bool batch() {
        if (progress_.after == progress_.until && !progress_.inclusive) return false;
        checkInterrupted();
        const Stopwatch watch;
        Place upper;
        int64_t updated = 0;
        Progress next = progress_;
        try {
            connection_.run(fmt::format("BEGIN; SET LOCAL lock_timeout = {}; SET LOCAL statement_timeout = {}",
                                        run_.timeouts.lock.count(), run_.timeouts.statement.count()));
            const auto full = connection_.value(lastOfBatch(), bounds(progress_.until));
            upper = full.value_or(progress_.until);
            updated = connection_.query(update(), bounds(upper)).affected;
            next = {upper, false, progress_.until, progress_.walked + (full ? size() : updated),
                    progress_.rows + updated};
            checkpoint_(next.json(), next.rows);
            crashPoint("backfill-batch-before-commit");
            connection_.run("COMMIT");
        } catch (const Error& error) {
            fail(error, upper);
        }
        crashPoint("backfill-batch-after-commit");
        progress_ = next;
        finished(updated, watch.elapsed());
        return true;
    }

    int size() const { return std::max(run_.declared.batch, 1); }

    /// What lies before the walker, up to the row in parameter $1.
    std::string ahead() const {
        const std::string upper = keyset_.lies("<=", 1);
        return progress_.after ? keyset_.lies(progress_.inclusive ? ">=" : ">", 2) + " AND " + upper : upper;
    }

    std::vector<postgres::Value> bounds(const Place& upper) const {
        return progress_.after ? std::vector<postgres::Value>{upper, progress_.after}
                               : std::vector<postgres::Value>{upper};
    }

    /// The last row of the next batch; none when fewer are left. Only the key is looked at, so that its index is enough
    /// and no statistics of a column that is just being filled can lead the planner astray.
    std::string lastOfBatch() const {
        return fmt::format("SELECT {} FROM {} WHERE {} ORDER BY {} OFFSET {} LIMIT 1", keyset_.place(), keyset_.table(),
                           ahead(), keyset_.columns(), size() - 1);
    }

    std::string update() const {
        return fmt::format("UPDATE {} SET {}\nWHERE {} AND {}", keyset_.table(), run_.declared.set, ahead(), where_);
    }

    std::string rowsUpTo(const Place& upper) const {
        std::string range = keyset_.shown();
        if (progress_.after) range += (progress_.inclusive ? " from " : " after ") + keyset_.shown(*progress_.after);
        return upper.empty() ? range : range + " up to " + keyset_.shown(upper);
    }

    void finished(int64_t updated, Milliseconds took) {
        result_.batches++;
        result_.slowest = std::max(result_.slowest, took);
        lastUpdated_ = updated;
        Event event{Event::Kind::backfillProgress, run_.label, run_.file, run_.declared.line};
        event.text = fmt::format("batch {}: {} in {}, up to {} {}", result_.batches, count(updated, "row"),
                                 showDuration(took), keyset_.shown(), keyset_.shown(*progress_.after));
        event.rows = updated;
        event.done = progress_.walked;
        event.total = progress_.after == progress_.until ? progress_.walked : std::max(total_, progress_.walked);
        event.took = sinceBegin_.elapsed();
        sink_(event);
    }

    /// The declared pause, ended early by an interrupt. A batch that found nothing to do was no burden to anybody.
    void pause() const {
        if (lastUpdated_ == 0) return;
        const Stopwatch watch;
        while (watch.elapsed() < run_.declared.pause && !interrupted())
            std::this_thread::sleep_for(std::min(Milliseconds(20), run_.declared.pause - watch.elapsed()));
    }

    [[noreturn]] void fail(const Error& error, const Place& upper) {
        if (!connection_.alive()) throw error;
        if (connection_.transaction() != postgres::Transaction::idle) connection_.run("ROLLBACK");
        if (error.code == "interrupted") throw error;
        Error failed(
            "backfill-failed", Exit::no,
            fmt::format("batch {} of the backfill of {} failed, rows of {} with {}: {}", result_.batches + 1,
                        run_.label, keyset_.table(), rowsUpTo(upper), error.message),
            "a batch is never tried again by itself, and those before it stay committed: see to the cause, then "
            "run the same command again, which goes on with these rows");
        failed.at(run_.file, run_.declared.line).withState(error.sqlstate).withDetail(error.detail);
        failed.sql = error.sql.empty() ? update() : error.sql;
        throw failed;
    }

    [[noreturn]] void incomplete() {
        const auto left = connection_.value(fmt::format("SELECT count(*) FROM {} WHERE {}", keyset_.table(), where_));
        throw Error(
            "backfill-incomplete", Exit::no,
            fmt::format("after {} passes the `where` of the backfill of {} still matches {} of {}, the first with "
                        "{} {}",
                        mostPasses, run_.label, count(std::stoll(left.value_or("0")), "row"), keyset_.table(),
                        keyset_.shown(), keyset_.shown(*progress_.after)),
            "either `set` leaves such a row as it was, or the application goes on writing such rows: a trigger that "
            "fills them on every write ends that; then run the same command again")
            .at(run_.file, run_.declared.line);
    }

    postgres::Connection& connection_;
    const BackfillRun& run_;
    const Checkpoint& checkpoint_;
    const EventSink& sink_;
    const Keyset keyset_;
    const std::string where_;
    const Stopwatch sinceBegin_;
    Progress progress_;
    BackfillResult result_;
    int64_t total_ = 0;
    int64_t lastUpdated_ = 0;
};

}  // namespace

BackfillResult run(postgres::Connection& connection, const BackfillRun& run, const Checkpoint& checkpoint,
                   const EventSink& sink) {
    return Walk(connection, run, checkpoint, sink).walk();
}

}  // namespace slipway::data
