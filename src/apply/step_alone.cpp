// Statements that run outside transactions: noted before, told done from undone after a crash, cleaned up after.
#include "apply/step_runner.h"
#include "apply/timeouts.h"
#include "apply/watch.h"
#include "base/crash.h"
#include "base/text.h"

namespace slipway::apply {

namespace {

constexpr Milliseconds cleanUpPatience{5000};

}  // namespace

void StepRunner::recordDone(size_t index) {
    record(postgres::insertJournalSql(connection_, journalRow(index, "done"), log_.json(), context_.run));
}

void StepRunner::repair(const postgres::Probed& probed) {
    for (const std::string& sql : probed.repairs) {
        Event told{Event::Kind::message};
        told.subject = step_.label();
        told.sql = sql;
        told.text = fmt::format("{}: {}", probed.says, sql);
        if (context_.sink) context_.sink(told);
        Watch watch(context_, told);
        connection_.run(sql);
        crashPoint("after-repair");
    }
}

/// What an earlier run began and did not finish: true when it turns out to be done, or is brought to its end here.
bool StepRunner::takeUp(size_t index, const JournalRow& before) {
    const Segment& segment = step_.segments[index];
    const Statement& statement = step_.statements[segment.first];
    if (segment.kind == SegmentKind::opaque) {
        Error error("outcome-unknown", Exit::doubt,
                    fmt::format("{} stopped while this statement ran, and nothing in the catalog tells whether it took "
                                "effect (segment {} of {}, started {} by {})",
                                step_.label(), index + 1, step_.segments.size(), before.at, before.host),
                    "look whether it did, then run `slipway resume --done` or `slipway resume --redo`");
        locate(error, step_.script, statement);
        throw error;
    }
    const postgres::Probed probed = postgres::probe(connection_, *statement.alone, before.facts);
    if (probed.state == postgres::Probed::State::undone) return false;
    if (probed.state == postgres::Probed::State::half) repair(probed);
    return probed.state == postgres::Probed::State::done || probed.repairCompletes;
}

/// What a failed concurrent build leaves behind can still reject writes, so it goes in this very run. Where somebody is in
/// the way of that, and where only going on helps, the next run does it.
void StepRunner::cleanUp(const Statement& statement, const std::string& facts, Error& error) {
    auto leave = [&](const std::string& why) {
        lasting_ = true;
        error.detail += fmt::format("{}{}; the next run sees to it first", error.detail.empty() ? "" : "\n", why);
    };
    try {
        const postgres::Probed probed = postgres::probe(connection_, *statement.alone, facts);
        if (probed.state == postgres::Probed::State::undone) return;
        if (probed.state == postgres::Probed::State::done || probed.repairCompletes) return leave(probed.says);
        connection_.run(timeoutSql({cleanUpPatience}, ""));
        try {
            repair(probed);
        } catch (const Error& inTheWay) {
            leave(fmt::format("{}, and could not be dropped yet: {}", probed.says, inTheWay.message));
        }
    } catch (const Error& blind) {
        leave("what it left behind could not be seen: " + blind.message);
    }
}

void StepRunner::runAlone(size_t index) {
    const Segment& segment = step_.segments[index];
    const Statement& statement = step_.statements[segment.first];
    const JournalRow* before = step_.resumed ? step_.resumed->lastOf(static_cast<int>(index) + 1) : nullptr;
    connection_.run(timeoutSql({}, ""));  // a timeout would leave an invalid index behind
    if (before && before->state == "started" && takeUp(index, *before)) {
        recordDone(index);
        connection_.run(timeoutSql(own_, ""));
        return;
    }
    std::string facts = "{}";
    try {
        if (segment.kind == SegmentKind::verifiable) facts = postgres::factsBefore(connection_, *statement.alone);
    } catch (Error& error) {
        locate(error, step_.script, statement);
        throw;
    }
    record(openRow() + postgres::insertJournalSql(connection_, journalRow(index, "started", facts), "[]", context_.run));
    opened_ = true;
    crashPoint("before-alone");
    try {
        retrying(segment, [&] {
            log_ = {};
            connection_.run(timeoutSql(segment.timeouts, ""));
            runStatement(context_, step_.script, statement, log_);
        });
    } catch (Error& error) {
        lasting_ = segment.kind == SegmentKind::opaque;
        if (!connection_.alive()) throw;
        if (segment.kind == SegmentKind::verifiable) cleanUp(statement, facts, error);
        if (statement.runs == Runs::mayCommit)
            error.detail += (error.detail.empty() ? "" : "\n") + std::string("what its body committed before it failed stays");
        if (!lasting_ || segment.kind == SegmentKind::opaque)
            connection_.run(postgres::insertJournalSql(connection_, journalRow(index, "failed"), log_.json(), context_.run));
        throw;
    }
    crashPoint("after-alone");
    recordDone(index);
    connection_.run(timeoutSql(own_, ""));
}

}  // namespace slipway::apply
