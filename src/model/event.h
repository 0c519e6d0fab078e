// What happens during a run, told as it happens: the terminal, the log and the journal all listen to this.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace slipway {

/// One thing that happened (R97). Fields that do not concern a kind are left empty.
struct Event {
    enum class Kind {
        runStarted,                         ///< `subject` is the verb, `text` says on which environment and database
        stageStarted, stageFinished,
        scriptStarted, scriptFinished,      ///< a migration, an undo script or a callback
        statementStarted, statementFinished,
        statementWaiting,                   ///< still running after a while; `blockers` when somebody is in the way
        notice,                             ///< the server said something
        retry,                              ///< a segment is tried again after a lock timeout
        waitingForRelease,                  ///< another Slipway or Flyway holds the release lock
        backfillProgress,
        message                             ///< Slipway itself has something to say
    };
    Kind kind{};
    std::string subject;     ///< what it is about: "V4 Add payments", a stage's name
    std::string file;
    int line = 0;
    std::string sql;         ///< the statement, whole
    std::string text;        ///< for people
    std::string severity;    ///< of a notice: NOTICE, WARNING ...
    std::string outcome;     ///< finished: "ok", "failed", "skipped"
    int64_t rows = -1;       ///< affected, when the server said so
    int64_t done = 0;        ///< progress
    int64_t total = 0;       ///< 0: unknown
    Milliseconds took{0};
    std::vector<std::string> blockers;
};

using EventSink = std::function<void(const Event&)>;

/// The name of a kind in logs: "statement_finished".
const char* nameOf(Event::Kind kind);

}  // namespace slipway
