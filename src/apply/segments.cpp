#include "apply/segments.h"

#include "base/digest.h"
#include "base/error.h"
#include "engines/engine.h"

namespace slipway::apply {

namespace {

Error at(const ScriptText& script, const Statement& statement, const char* code, std::string message, std::string hint) {
    const Position position = script.positionOf(statement.span.begin);
    Error error(code, Exit::usage, std::move(message), std::move(hint));
    error.at(script.file, position.line, position.column);
    error.sql = std::string(statement.span.of(script.text));
    return error;
}

std::string digestOf(const ScriptText& script, const std::vector<Statement>& statements, const Segment& segment) {
    Digester digester;
    for (size_t i = segment.first; i < segment.end; i++)
        digester.add(statements[i].span.of(script.text)).add(statements[i].data.of(script.text));
    return digester.hex();
}

SegmentKind kindOf(const Statement& alone) {
    const bool known = alone.alone && postgres::verifiable(*alone.alone);
    return known ? SegmentKind::verifiable : SegmentKind::opaque;
}

/// A concurrent build takes no strong lock, and a timeout would leave an invalid index behind; VACUUM FULL and its like
/// ask for their locks as politely as any transaction.
Timeouts limitsOf(const Statement& alone, const Timeouts& limits) {
    if (!alone.alone || alone.alone->kind != NonTransactional::Kind::repeatable) return {};
    return {limits.lock, Milliseconds(0), limits.lockBudget};
}

}  // namespace

void cutAround(const ScriptText& script, const std::vector<Statement>& statements, std::vector<Segment>& segments,
               size_t segment, size_t alone) {
    const Segment whole = segments[segment];
    std::vector<Segment> pieces;
    // What the server refused in a transaction may commit half way: it is not tried again.
    if (whole.first < alone) pieces.push_back({SegmentKind::atomic, whole.first, alone, whole.begin, whole.timeouts, ""});
    pieces.push_back({kindOf(statements[alone]), alone, alone + 1, "", {}, ""});
    if (alone + 1 < whole.end) pieces.push_back({SegmentKind::atomic, alone + 1, whole.end, "", whole.timeouts, ""});
    for (Segment& piece : pieces) piece.digest = digestOf(script, statements, piece);
    const auto place = segments.erase(segments.begin() + static_cast<std::ptrdiff_t>(segment));
    segments.insert(place, pieces.begin(), pieces.end());
}

std::vector<Segment> cut(const ScriptText& script, const std::vector<Statement>& statements, const CutOptions& options) {
    std::vector<Segment> segments;
    size_t start = 0;        // of the run of transactional statements that is being gathered
    bool gathered = false;   // whether it holds anything but BEGIN and COMMIT
    bool explicitly = false; // inside the script's own BEGIN
    std::string begin;
    const Statement* firstAlone = nullptr;
    bool anyTransactional = false;

    auto close = [&](size_t end) {
        if (gathered) segments.push_back({SegmentKind::atomic, start, end, begin, options.timeouts, ""});
        start = end;
        gathered = false;
        begin.clear();
    };
    for (size_t i = 0; i < statements.size(); i++) {
        const Statement& statement = statements[i];
        const bool alone = statement.runs == Runs::alone || options.alone.contains(i);
        switch (statement.runs) {
            case Runs::forbidden:
                throw at(script, statement, "forbidden-statement", *statement.why, "take the statement out of the migration");
            case Runs::begin:
                if (statement.begin && !statement.begin->empty()) {
                    close(i);
                    begin = *statement.begin;
                }
                if (!gathered) start = i;
                explicitly = true;
                continue;
            case Runs::commit:
                close(i + 1);
                explicitly = false;
                continue;
            case Runs::rollback:
                throw at(script, statement, "script-rollback", "the script rolls back what it has just done",
                         "take the ROLLBACK and what it undoes out of the script; Slipway itself rolls back when a statement fails");
            default: break;
        }
        if (!alone) {
            if (!gathered) start = start < i && statements[start].runs == Runs::begin ? start : i;
            gathered = true;
            anyTransactional = true;
            if (!options.executeInTransaction && !explicitly) close(i + 1);
            continue;
        }
        if (explicitly)
            throw at(script, statement, "alone-in-transaction",
                     "this statement cannot run inside a transaction, and the script's BEGIN has opened one",
                     "put a COMMIT before it, or leave out BEGIN and COMMIT: Slipway makes the transactions itself");
        close(i);
        segments.push_back({kindOf(statement), i, i + 1, "", limitsOf(statement, options.timeouts), ""});
        start = i + 1;
        if (!firstAlone) firstAlone = &statement;
    }
    close(statements.size());
    if (firstAlone && anyTransactional && options.mixed == false)
        throw at(script, *firstAlone, "mixed",
                 "Detected both transactional and non-transactional statements within the same migration (even though "
                 "mixed is false)",
                 "move the statement to a migration of its own, or leave `mixed` out of the configuration: Slipway then "
                 "runs the script in segments and can resume between them");
    if (segments.empty() && !options.backfill) segments.push_back({SegmentKind::atomic, 0, 0, "", options.timeouts, ""});
    if (options.backfill) segments.push_back({SegmentKind::backfill, statements.size(), statements.size(), "", options.timeouts, ""});
    for (Segment& segment : segments) segment.digest = digestOf(script, statements, segment);
    return segments;
}

}  // namespace slipway::apply
