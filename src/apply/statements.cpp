#include "apply/statements.h"

#include "apply/timeouts.h"
#include "apply/watch.h"
#include "base/crash.h"
#include "base/interrupt.h"
#include "base/text.h"

namespace slipway::apply {

namespace {

constexpr size_t mostEntries = 200;

/// The byte of `sql` at which its character `column` (from 1) begins.
size_t byteOf(std::string_view sql, int column) {
    size_t at = 0;
    for (int seen = 0; at < sql.size(); at++)
        if ((static_cast<unsigned char>(sql[at]) & 0xC0) != 0x80 && ++seen == column) break;
    return at;
}

}  // namespace

void locate(Error& error, const ScriptText& script, const Statement& statement) {
    const std::string_view sql = statement.span.of(script.text);
    const size_t offset = error.column > 0 ? byteOf(sql, error.column) : 0;
    Position position = script.positionOf(statement.span.begin + offset);
    // The server counts the lines of COPY's data: "COPY orders, line 2, column id".
    static constexpr std::string_view line = ", line ";
    const size_t at = statement.copyIn && error.detail.contains("COPY ") ? error.detail.find(line) : std::string::npos;
    if (int row = 0; at != std::string::npos && (row = std::atoi(error.detail.c_str() + at + line.size())) > 0)
        position = {script.positionOf(statement.data.begin).line + row - 1, 1};
    error.at(script.file, position.line, position.column);
    error.sql = withoutSecrets(sql);
}

void StatementLog::add(const ScriptText& script, const Statement& statement, Milliseconds took, int64_t rows,
                       const std::vector<postgres::Notice>& notices) {
    if (entries_.size() >= mostEntries) {
        more_++;
        return;
    }
    // Counting lines from the top for each statement would be quadratic in a large script; the first entries are near it.
    nlohmann::json entry = {{"line", script.positionOf(statement.span.begin).line}, {"kind", statement.kind}, {"ms", took.count()}};
    if (rows >= 0) entry["rows"] = rows;
    for (const postgres::Notice& notice : notices) entry["notices"].push_back(notice.severity + ": " + notice.message);
    entries_.push_back(std::move(entry));
}

std::string StatementLog::json() const {
    if (!more_) return entries_.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    nlohmann::json all = entries_;
    all.push_back({{"more", more_}});
    return all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void runStatement(Context& context, const ScriptText& script, const Statement& statement, StatementLog& log) {
    postgres::Connection& connection = context.connection;
    const std::string_view sql = statement.span.of(script.text);
    std::vector<postgres::Notice> notices;
    auto event = [&](Event::Kind kind) {
        Event told{kind};
        told.file = script.file;
        told.sql = withoutSecrets(sql.substr(0, 10'000));
        return told;
    };
    connection.onNotice([&](const postgres::Notice& notice) {
        if (notices.size() < 100) notices.push_back(notice);
        if (!context.sink) return;
        Event told = event(Event::Kind::notice);
        told.severity = notice.severity;
        told.text = notice.message;
        context.sink(told);
    });
    Watch watch(context, event(Event::Kind::statementWaiting));
    if (context.sink) context.sink(event(Event::Kind::statementStarted));
    Stopwatch since;
    try {
        const postgres::Result result =
            statement.copyIn ? connection.copyIn(sql, statement.data.of(script.text)) : connection.run(sql);
        log.add(script, statement, since.elapsed(), result.affected, notices);
        if (context.sink) {
            Event done = event(Event::Kind::statementFinished);
            done.outcome = "ok";
            done.rows = result.affected;
            done.took = since.elapsed();
            done.text = result.tag;
            context.sink(done);
        }
    } catch (Error& error) {
        connection.onNotice({});
        locate(error, script, statement);
        if (error.sqlstate == "55P03" && !watch.blockers().empty()) error.detail = "in the way: " + join(watch.blockers(), "; ");
        if (context.sink) {
            Event failed = event(Event::Kind::statementFinished);
            failed.outcome = "failed";
            failed.took = since.elapsed();
            failed.text = error.message;
            failed.line = error.line;
            context.sink(failed);
        }
        throw;
    }
    connection.onNotice({});
}

namespace {

/// After a SET in the script: puts back the limits that it loosened.
void holdTimeouts(Context& context, const Timeouts& limits, const ScriptText& script, const Statement& statement) {
    const Timeouts now = sessionTimeouts(context.connection);
    const Timeouts held = tighter(limits, now);
    if (held.lock == now.lock && held.statement == now.statement) return;
    context.connection.run(timeoutSql(held, "LOCAL"));
    if (!context.sink) return;
    Event told{Event::Kind::message};
    told.file = script.file;
    told.line = script.positionOf(statement.span.begin).line;
    told.text = "the script loosens a timeout; the environment's limit stays in force";
    context.sink(told);
}

bool setsSomething(const Statement& statement) {
    const std::string_view kind = statement.kind;
    return statement.session || kind == "set" || kind == "reset";
}

}  // namespace

void runStatements(Context& context, const Step& step, const Segment& segment, StatementLog& log, size_t& failed) {
    for (size_t i = segment.first; i < segment.end; i++) {
        const Statement& statement = step.statements[i];
        if (statement.runs == Runs::begin || statement.runs == Runs::commit) continue;
        checkInterrupted();
        failed = i;
        runStatement(context, step.script, statement, log);
        crashPoint("after-statement");
        if (setsSomething(statement) && segment.kind == SegmentKind::atomic)
            holdTimeouts(context, segment.timeouts, step.script, statement);
    }
    failed = segment.end;
}

}  // namespace slipway::apply
