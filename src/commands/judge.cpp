#include "commands/judge.h"

#include <tuple>

#include "base/error.h"
#include "engines/postgres/syntax.h"

namespace slipway::commands {

namespace {

constexpr int mostFindings = 100;  // of one kind in one script: more help nobody

/// The first byte at or behind a place of the file.
size_t offsetOf(const ScriptText& script, Position wanted) {
    size_t low = 0, high = script.text.size();
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const Position at = script.positionOf(middle);
        if (std::tie(at.line, at.column) < std::tie(wanted.line, wanted.column))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void blank(std::string& text, size_t begin, size_t end) {
    for (size_t i = begin; i < end; i++)
        if (text[i] != '\n' && text[i] != '\r') text[i] = ' ';
}

/// Where the statement begins that is still open at `place`; `place` when none is.
size_t beginOfOpen(const std::string& text, size_t place) {
    ScriptText before;
    before.text = text.substr(0, place);
    try {
        const auto pieces = postgres::split(before);
        if (!pieces.empty() && text.find(';', pieces.back().span.end) >= place) return pieces.back().span.begin;
    } catch (const Error&) {
        // Something else is open, too, and will be told next.
    }
    return place;
}

/// Takes out of the text what the splitter stumbled upon at `place`: the line of a psql command; of a quote that never
/// ends the statement it stands in, and all that it swallows.
void takeOut(std::string& text, const Error& error, size_t place) {
    if (error.code == "psql-command")
        blank(text, place, std::min(text.find('\n', place), text.size()));
    else
        blank(text, beginOfOpen(text, place), text.size());
}

/// What of the script can be cut into statements. Offsets stay what they are.
ScriptText readable(const ScriptText& script, std::vector<Finding>& findings) {
    ScriptText rest = script;
    for (int i = 0; i < mostFindings; i++) {
        try {
            postgres::split(rest);
            return rest;
        } catch (const Error& error) {
            if (!isAboutText(error)) throw;
            findings.push_back(findingOf(error));
            if (!error.line) break;
            takeOut(rest.text, error, offsetOf(script, {error.line, error.column}));
        }
    }
    blank(rest.text, 0, rest.text.size());
    return rest;
}

void play(postgres::Predictor& predictor, JudgedScript& judged) {
    auto take = [&](postgres::Predicted&& predicted) {
        JudgedStatement& one = judged.statements.emplace_back();
        one.statement = std::move(predicted.statement);
        one.effects = std::move(predicted.effects);
        one.changes = std::move(predicted.changes);
        one.refused = predicted.problem.has_value();
        if (predicted.problem) judged.findings.push_back(std::move(*predicted.problem));
    };
    try {
        return predictor.play(judged.script, take);
    } catch (const Error& error) {
        if (!isAboutText(error)) throw;
    }
    predictor.play(readable(judged.script, judged.findings), take);
}

Finding at(const ScriptText& script, size_t offset, std::string rule, std::string message, std::string help) {
    const Position place = script.positionOf(offset);
    return {std::move(rule), Severity::error, script.file, place.line, place.column, std::move(message), std::move(help)};
}

/// A statement that the parser refuses is wrong, unless a newer server's grammar may have it.
void judgeSyntax(JudgedScript& judged, JudgedStatement& one, int serverMajor) {
    const auto problem = postgres::syntaxProblemOf(one.statement.span.of(judged.script.text));
    if (!problem) return;
    const int parser = postgres::parserMajor();
    if (serverMajor > parser && std::string_view(one.statement.kind) != "opaque") {
        one.effects.why = fmt::format("the parser knows the syntax of PostgreSQL {}, which has this not: {}", parser, problem->message);
        return;
    }
    one.refused = true;
    judged.findings.push_back(at(judged.script, one.statement.span.begin + problem->at, "syntax", problem->message,
                                 "correct the statement; PostgreSQL would refuse it as it is"));
}

/// Makes a statement that cannot be part of any segment one that can, so that the others get their numbers.
void neutralize(Statement& statement) {
    statement.runs = statement.runs == Runs::rollback ? Runs::commit : Runs::transactional;
}

/// The numbers of the segments, as the plan would count them, and a finding for each statement that has no place in one.
void number(JudgedScript& judged, const apply::CutOptions& options) {
    std::vector<Statement> statements;
    statements.reserve(judged.statements.size());
    for (const JudgedStatement& one : judged.statements) statements.push_back(one.statement);
    apply::CutOptions lenient = options;
    std::vector<Segment> segments;
    for (int i = 0; i < mostFindings; i++) {
        try {
            segments = apply::cut(judged.script, statements, lenient);
            break;
        } catch (const Error& error) {
            judged.findings.push_back(findingOf(error));
            if (error.code == "mixed") {
                lenient.mixed.reset();
                continue;
            }
            const size_t offset = offsetOf(judged.script, {error.line, error.column});
            const auto which = std::ranges::lower_bound(statements, offset, {}, [](const Statement& s) { return s.span.begin; });
            if (which == statements.end()) break;
            neutralize(*which);
            judged.statements[static_cast<size_t>(which - statements.begin())].refused = true;
        }
    }
    size_t segment = 0;
    for (size_t i = 0; i < judged.statements.size(); i++) {
        while (segment + 1 < segments.size() && i >= segments[segment].end) segment++;
        judged.statements[i].segment = static_cast<int>(segment) + 1;
    }
}

}  // namespace

Finding findingOf(const Error& error) {
    return {error.code, Severity::error, error.file, error.line, error.column, error.message, error.hint};
}

bool isAboutText(const Error& error) { return error.exit == Exit::usage && error.code != "file-unreadable"; }

JudgedScript judge(postgres::Predictor& predictor, ScriptText script, const apply::CutOptions& options, int serverMajor) {
    JudgedScript judged;
    judged.script = std::move(script);
    play(predictor, judged);
    for (JudgedStatement& one : judged.statements)
        if (!one.refused && one.statement.why && one.statement.runs != Runs::forbidden) judgeSyntax(judged, one, serverMajor);
    number(judged, options);
    std::ranges::stable_sort(judged.findings, {}, [](const Finding& f) { return std::pair(f.line, f.column); });
    return judged;
}

}  // namespace slipway::commands
