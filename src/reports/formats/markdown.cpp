// One comment for a pull request, from which a reviewer knows whether to merge. GitHub takes 65,536 characters; this stays
// below 65,000 bytes, and says what it left out.
#include "base/digest.h"
#include "base/text.h"
#include "reports/effect_words.h"
#include "reports/format.h"
#include "reports/markdown.h"
#include "reports/placed.h"
#include "reports/verdict.h"

namespace slipway::reports {

namespace {

constexpr size_t mostOfComment = 64'500, mostOfChanges = 20'000, mostOfFindings = 25'000;
constexpr size_t mostOfText = 600, mostOfStatement = 2'000, mostOfLine = 400;

std::string baseName(const std::string& file) { return file.substr(file.rfind('/') + 1); }

/// Names the release, so that whoever posts the comment finds the one that was posted before, and sees whether it is about
/// the same scripts.
std::string digestOf(const ReleaseEffects& release) {
    Digester digester;
    digester.add(release.serverVersion);
    for (const JudgedScript& script : release.scripts) digester.add(script.id).add(script.script.file).add(script.script.text);
    return digester.hex();
}

/// A line of the table of changes.
struct Change {
    std::string row;
    Effect strongest;
};

std::string rowOf(const JudgedScript& script, int line, const StatementEffects& effects, const Strongest& strongest) {
    const Effect effect = strongest.effect ? *strongest.effect : Effect{};
    std::string object = strongest.effect ? code(cutTo(effect.relation, mostOfText)) : "not known";
    if (strongest.of > 1) object += fmt::format(" and {} more", strongest.of - 1);
    std::string_view blocks = blockedBy(effect.lock);
    if (blocks.starts_with("blocks ")) blocks.remove_prefix(7);
    std::string costs = costOf(effect);
    for (const std::string& more : {rebuildsOf(effects), effects.certain ? "" : "perhaps more: " + effects.why})
        if (!more.empty()) costs += (costs.empty() ? "" : "; ") + more;
    return fmt::format("| {} | {} | {}{} | {} | {} |\n", code(cutTo(fmt::format("{}:{}", baseName(script.script.file), line), mostOfText)), object,
                       strongest.effect ? wordsFor(effect.lock) : "", effects.by == By::observed ? " (observed)" : "", blocks, literal(cutTo(costs, mostOfText)));
}

/// The table of what touches something that was there before. Where not all of it fits, the strongest stay.
std::string changesOf(const ReleaseEffects& release) {
    std::vector<Change> changes;
    for (const JudgedScript& script : release.scripts) {
        LineCounter lines(script.script);
        for (const JudgedStatement& one : script.statements) {
            const int line = lines.lineOf(one.statement.span.begin);
            if (one.refused) continue;
            const Strongest strongest = strongestOf(one.effects);
            if (strongest.effect)
                changes.push_back({rowOf(script, line, one.effects, strongest), *strongest.effect});
            else if (!one.effects.certain)  // it may be as bad as can be
                changes.push_back({rowOf(script, line, one.effects, strongest), {.lock = LockMode::accessExclusive}});
        }
    }
    const std::string heading = "\n#### Changes\n\n";
    if (changes.empty()) return heading + "No statement touches anything that was there before.\n";
    std::vector<const Change*> byWeight;
    for (const Change& change : changes) byWeight.push_back(&change);
    std::ranges::stable_sort(byWeight, [](auto* a, auto* b) { return stronger(&a->strongest, &b->strongest); });
    size_t room = mostOfChanges, fits = 0;
    while (fits < byWeight.size() && byWeight[fits]->row.size() <= room) room -= byWeight[fits++]->row.size();
    byWeight.resize(fits);
    std::ranges::sort(byWeight);  // they lie in the order of the release
    std::string text = heading + "| Statement | Object | Lock | Blocks | Cost |\n|---|---|---|---|---|\n";
    for (const Change* change : byWeight) text += change->row;
    if (fits < changes.size())
        text += fmt::format("\nLeft out of this table: {} of {}, with locks no stronger than those shown.\n",
                            count(static_cast<int64_t>(changes.size() - fits), "row"), count(static_cast<int64_t>(changes.size()), "row"));
    return text;
}

std::string itemOf(const JudgedScript& script, const Placed& where, const Finding& finding) {
    std::string place = finding.file.empty() ? script.script.file : finding.file;
    if (finding.line > 0) place += fmt::format(":{}:{}", finding.line, finding.column);
    const char* ground = nameOf(finding.ground);
    std::string item = fmt::format("- {} {}: **{}**{}{}{}\n", code(cutTo(place, mostOfText)), literal(finding.rule), literal(cutTo(finding.message, mostOfText)),
                                   *ground ? " (" : "", ground, *ground ? ")" : "");
    if (where.statement) item += "  <br>" + code(onOneLine(asWritten(script.script, where.statement->statement), 120)) + "\n";
    if (!finding.help.empty()) item += "  <br>Hint: " + literal(cutTo(finding.help, mostOfText)) + "\n";
    return item;
}

/// The findings by severity. Of what does not fit the number is told.
std::string findingsOf(const ReleaseEffects& release) {
    std::string lists[3];
    int64_t leftOut[3] = {};
    size_t room = mostOfFindings;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note})
        for (const JudgedScript& script : release.scripts) {
            if (script.findings.empty()) continue;
            const FileLines lines(fileText(script.script));
            for (const Placed& one : placed(script, lines))
                for (const Finding* finding : one.findings) {
                    if (finding->severity != severity) continue;
                    const std::string item = itemOf(script, one, *finding);
                    const auto which = static_cast<size_t>(severity);
                    if (item.size() > room) {
                        leftOut[which]++;
                        room = 0;  // else a shorter one would pass by one that stands before it
                        continue;
                    }
                    lists[which] += item;
                    room -= item.size();
                }
        }
    std::string text;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        const auto which = static_cast<size_t>(severity);
        if (lists[which].empty() && leftOut[which] == 0) continue;
        const char* title = severity == Severity::error ? "Errors" : severity == Severity::warning ? "Warnings" : "Notes";
        text += fmt::format("\n#### {}\n\n{}", title, lists[which]);
        if (leftOut[which]) text += fmt::format("\nLeft out of this list: {}.\n", count(leftOut[which], nameOf(severity)));
    }
    return text;
}

/// A statement with a semicolon, without secrets and without what is too long to be read here.
std::string statementSql(const JudgedScript& script, const JudgedStatement& one) {
    const std::string sql = withoutSecrets(asWritten(script.script, one.statement));
    std::string text;
    for (const std::string& line : split(cutTo(sql, mostOfStatement), '\n')) text += (text.empty() ? "" : "\n") + cutTo(line, mostOfLine);
    text += ";\n";
    if (one.statement.copyIn) text += fmt::format("-- ({} of data)\n", count(static_cast<int64_t>(one.statement.data.of(script.script.text).size()), "byte"));
    return text;
}

/// All statements in the order in which they run, folded, as long as there is room.
std::string foldedSql(const ReleaseEffects& release, int64_t statements, size_t room) {
    std::string sql;
    int64_t leftOut = 0;
    for (const JudgedScript& script : release.scripts) {
        std::string head = fmt::format("{}-- {}\n", sql.empty() ? "" : "\n", cutTo(replaceAll(script.script.file, "\n", " "), mostOfLine));
        int segment = 0;
        for (const JudgedStatement& one : script.statements) {
            if (!isShown(one)) continue;
            std::string piece = head;
            if (one.segment != segment && script.statements.back().segment > 1)
                piece += fmt::format("-- segment {} of {}{}\n", one.segment, script.statements.back().segment,
                                     one.statement.runs == Runs::alone ? ", outside of transactions" : ", one transaction");
            piece += statementSql(script, one);
            if (leftOut || sql.size() + piece.size() > room) {
                leftOut++;
                continue;
            }
            segment = one.segment;
            head.clear();
            sql += piece;
        }
    }
    if (statements == 0) return "";
    if (leftOut) sql += fmt::format("-- left out here: {} of {}\n", count(leftOut, "statement"), count(statements, "statement"));
    return fmt::format("\n<details><summary>The SQL ({})</summary>\n\n{}\n</details>\n", count(statements, "statement"), codeBlock("sql", sql));
}

void writeMarkdown(const ReleaseEffects& release, const Presentation&, const LineSink& write) {
    const Tally tally = tallyOf(release);
    std::string text = fmt::format("<!-- slipway:{} -->\n### {} {}\n", digestOf(release), release.passed() ? "✓" : "✗",
                                   literal(release.scripts.empty() ? "There is nothing to check." : verdictOf(release)));
    if (!release.scripts.empty()) text += changesOf(release) + findingsOf(release);
    constexpr size_t frame = 1'000;  // of the folded block: its tags, its fences, and what is said of what is left out
    const size_t used = std::min(text.size() + frame, mostOfComment);
    text += foldedSql(release, tally.statements, mostOfComment - used);
    while (text.ends_with('\n')) text.pop_back();
    write(text);
}

}  // namespace

extern const Format format_markdown = {"markdown", "one comment for a pull request", writeMarkdown};

}  // namespace slipway::reports
