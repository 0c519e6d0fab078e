#include "model/event.h"

namespace slipway {

const char* nameOf(Event::Kind kind) {
    switch (kind) {
        case Event::Kind::runStarted: return "run_started";
        case Event::Kind::stageStarted: return "stage_started";
        case Event::Kind::stageFinished: return "stage_finished";
        case Event::Kind::scriptStarted: return "script_started";
        case Event::Kind::scriptFinished: return "script_finished";
        case Event::Kind::statementStarted: return "statement_started";
        case Event::Kind::statementFinished: return "statement_finished";
        case Event::Kind::statementWaiting: return "statement_waiting";
        case Event::Kind::notice: return "notice";
        case Event::Kind::retry: return "retry";
        case Event::Kind::waitingForRelease: return "waiting_for_release";
        case Event::Kind::backfillProgress: return "backfill_progress";
        case Event::Kind::message: return "message";
    }
    return "";
}

}  // namespace slipway
