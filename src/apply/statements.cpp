#include "apply/statements.h"

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

void locate(Error& error, const ScriptText& script, const Statement& statement) {
    const std::string_view sql = statement.span.of(script.text);
    const size_t offset = error.column > 0 ? byteOf(sql, error.column) : 0;
    const Position position = script.positionOf(statement.span.begin + offset);
    error.at(script.file, position.line, position.column);
    error.sql = std::string(sql);
}

/// Who keeps this session waiting; asked from a second session, since this one is busy.
std::vector<std::string> blockersOf(postgres::Connection& watcher, int pid) {
    const postgres::Result found = watcher.query(
        "SELECT a.pid, coalesce(a.application_name, ''), coalesce(a.state, ''), "
        "coalesce(extract(epoch FROM now() - a.xact_start)::int, 0), left(coalesce(a.query, ''), 80) "
        "FROM unnest(pg_blocking_pids($1::int)) b JOIN pg_catalog.pg_stat_activity a ON a.pid = b",
        {std::to_string(pid)});
    std::vector<std::string> blockers;
    for (size_t i = 0; i < found.rows.size(); i++)
        blockers.push_back(fmt::format("{} (process {}, {}, in its transaction for {} s): {}",
                                       found.text(i, 1).empty() ? "a session" : found.text(i, 1), found.text(i, 0),
                                       found.text(i, 2), found.text(i, 3), found.text(i, 4)));
    return blockers;
}

}  // namespace

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
        told.sql = std::string(sql.substr(0, 10'000));
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
    std::unique_ptr<postgres::Connection> watcher;
    Milliseconds told{0};
    std::vector<std::string> blockers;
    connection.onWait([&](Milliseconds since) {
        if (!context.sink || since - told < std::chrono::seconds(1)) return;
        told = since;
        Event waiting = event(Event::Kind::statementWaiting);
        waiting.took = since;
        if (context.watch) {
            try {
                if (!watcher) watcher = context.watch();
                waiting.blockers = blockersOf(*watcher, connection.backendPid());
                if (!waiting.blockers.empty()) blockers = waiting.blockers;
            } catch (const Error&) {
                watcher.reset();  // whoever watches must not fail the work
            }
        }
        context.sink(waiting);
    });
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
        connection.onWait({});
        locate(error, script, statement);
        if (error.sqlstate == "55P03" && !blockers.empty()) error.detail = "in the way: " + join(blockers, "; ");
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
    connection.onWait({});
}

std::string timeoutSql(const Timeouts& timeouts) {
    return fmt::format("SET LOCAL lock_timeout = {}; SET LOCAL statement_timeout = {}", timeouts.lock.count(),
                       timeouts.statement.count());
}

namespace {

/// After a SET in the script: puts back the limits that it loosened.
void holdTimeouts(Context& context, const Timeouts& limits, const ScriptText& script, const Statement& statement) {
    const postgres::Result now = context.connection.query(
        "SELECT (SELECT setting::bigint FROM pg_catalog.pg_settings WHERE name = 'lock_timeout'), "
        "(SELECT setting::bigint FROM pg_catalog.pg_settings WHERE name = 'statement_timeout')");
    std::string repair;
    auto hold = [&](const char* name, size_t column, Milliseconds limit) {
        const int64_t value = std::stoll(now.text(0, column));
        if (limit.count() > 0 && (value == 0 || value > limit.count()))
            repair += fmt::format("SET LOCAL {} = {};", name, limit.count());
    };
    hold("lock_timeout", 0, limits.lock);
    hold("statement_timeout", 1, limits.statement);
    if (repair.empty()) return;
    context.connection.run(repair);
    if (!context.sink) return;
    Event told{Event::Kind::message};
    told.file = script.file;
    told.line = script.positionOf(statement.span.begin).line;
    told.text = "the script loosens a timeout; the environment's limit stays in force";
    context.sink(told);
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
        if (statement.session && segment.kind == SegmentKind::atomic &&
            (segment.timeouts.lock.count() > 0 || segment.timeouts.statement.count() > 0))
            holdTimeouts(context, segment.timeouts, step.script, statement);
    }
    failed = segment.end;
}

}  // namespace slipway::apply
