// What a run needs: the session, the lock, where the history lies, and the work that other folders do for it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engines/engine.h"
#include "model/event.h"
#include "model/finding.h"
#include "model/plan.h"
#include "model/settings.h"

namespace slipway::apply {

/// Work that lies outside src/apply and is handed in by the command.
struct Hooks {
    /// The text of a script with its placeholders filled in.
    std::function<ScriptText(const Script&)> load;
    /// Runs declared checks ("pre" or "post" of `file`) in the session as it stands; the findings are the failed ones.
    std::function<std::vector<Finding>(postgres::Connection&, const std::vector<Check>&, const std::string& table, const std::string& file)> check;
    /// Runs a declared backfill from `resumeFrom` on; calls `checkpoint` inside each batch's transaction. Returns rows.
    std::function<int64_t(postgres::Connection&, const Migration&, const Timeouts&, const std::string& resumeFrom,
                          const std::function<void(const std::string& lastKey, int64_t rows)>& checkpoint, const EventSink&)> backfill;
};

struct Context {
    postgres::Connection& connection;
    postgres::ReleaseLock& lock;
    HistoryTable table;
    uint32_t historyOid = 0;
    int backendPid = 0;                 ///< as the server knows it: a pooler makes up the one of the protocol
    std::string run;                    ///< names this run in the journal and the log
    std::string installedBy;
    std::vector<std::string> session;   ///< SET statements that every migration starts with
    std::optional<Timeouts> sessionLimits; ///< the timeouts of a session that was just reset; asked once a run
    bool rowsPrepared = false;          ///< the session has run what prepared_rows.h says
    const Changelog* changelog = nullptr;  ///< for its callbacks
    bool undoRows = false;              ///< the table has UNDO_SQL rows already: go on writing them, else DELETE
    std::function<std::unique_ptr<postgres::Connection>()> watch;  ///< opens a second session, to see who is in the way
    std::unique_ptr<postgres::Connection> watcher;  ///< what `watch` opened, once it was needed
    bool disposable = false;            ///< nobody goes on in this database: what to run next is no question there
    bool leaveTrailingBackfill = false; ///< stop before backfills that nothing follows: the next run takes them up
    Hooks hooks;
    EventSink sink;
};

}  // namespace slipway::apply
