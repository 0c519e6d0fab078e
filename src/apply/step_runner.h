// One script, segment by segment.
#pragma once

#include "apply/context.h"
#include "apply/statements.h"

namespace slipway::apply {

/// Brings one migration or undo script from where it stands to its end.
///
/// A script of one atomic segment has its history and journal rows in its own transaction: it is there or it is not.
/// Any other script gets its history row, with success = false, together with the first thing that lasts, so that
/// Flyway keeps away while it is half done; its last segment sets success = true.
class StepRunner {
  public:
    /// `pause`: stop before the backfill that is the step's last segment.
    StepRunner(Context& context, Step& step, int rank, bool pause);

    /// False when it paused.
    bool run();

    /// A script without history: a callback.
    static void runLoose(Context& context, const Script& script);

    /// Undoes what the script before has set: each begins with the session that the project's settings describe.
    static void resetSession(Context& context);
    static std::string resetSql(const Context& context);

  private:
    bool runSegments();
    void runWhole();
    void runAtomic(size_t index);
    void runAlone(size_t index);
    void runBackfill(size_t index);
    bool takeUp(size_t index, const JournalRow& before);
    void repair(const postgres::Probed& probed);
    void cleanUp(const Statement& statement, const std::string& facts, Error& error);

    void recordDone(size_t index);

    void replaySession(const Segment& segment);
    void begin(const Segment& segment, const std::string& first = "");
    void commit(const std::string& rows);
    void rollback();
    void retrying(const Segment& segment, const std::function<void()>& body);
    bool cutHere(size_t index, const Error& error);
    void callbacksInside(const char* event);
    void check(const std::vector<Check>& checks, const char* table);

    void prepareRows();
    std::string wholeRows() const;
    std::string openRow();
    std::string alsoUndone() const;
    HistoryRow historyRow(bool success) const;
    JournalRow journalRow(size_t index, const char* state, std::string facts = "") const;
    void write(const std::string& rows, const char* end = "");
    void record(const std::string& rows);
    void withdraw();
    void explain(Error& error) const;
    void tell(Event::Kind kind, const std::string& outcome = "") const;
    int elapsedMs() const { return static_cast<int>(since_.elapsed().count()); }
    bool last(size_t index) const { return index + 1 == step_.segments.size(); }
    bool forward() const { return step_.direction == Direction::up; }

    Context& context_;
    postgres::Connection& connection_;
    Step& step_;
    int rank_;
    bool pause_;
    bool opened_;          ///< the history row is there
    bool finished_ = false;  ///< and says success
    size_t done_ = 0;      ///< segments that are done
    size_t failed_ = 0;    ///< the statement that failed last
    bool lasting_ = false; ///< something of the segment that failed stays
    Timeouts own_;         ///< what the session's own settings limit
    StatementLog log_;
    Stopwatch since_;
};

}  // namespace slipway::apply
