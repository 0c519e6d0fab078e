// For people in a terminal: each statement with its strongest lock in words and what was found about it, and which table
// the release as a whole locks how strongly. Lines fit into 100 columns.
#include <map>

#include "base/text.h"
#include "reports/effect_words.h"
#include "reports/format.h"
#include "reports/placed.h"
#include "reports/verdict.h"

namespace slipway::reports {

namespace {

constexpr size_t width = 100;
constexpr size_t indent = 6;  ///< of statements, behind the number of their line

/// Breaks between words; all lines begin in column `indent`, further ones two columns behind.
std::string wrapped(std::string_view text, size_t indent) {
    std::string lines(indent, ' ');
    size_t column = indent;
    bool first = true;
    for (const std::string& word : split(text, ' ')) {
        if (!first && column + 1 + displayWidth(word) > width) {
            lines += "\n" + std::string(indent + 2, ' ');
            column = indent + 2;
        } else if (!first) {
            lines += ' ';
            column++;
        }
        first = false;
        lines += word;
        column += displayWidth(word);
    }
    return lines + "\n";
}

/// As wrapped(), with the first `length` bytes in a colour of their own.
std::string wrappedAfter(std::string_view text, size_t length, Tone tone, size_t indent, const Presentation& as) {
    std::string lines = wrapped(text, indent);
    return lines.replace(indent, length, as.painted(text.substr(0, length), tone));
}

Tone toneOf(Severity severity) {
    return severity == Severity::error ? Tone::error : severity == Severity::warning ? Tone::warning : Tone::note;
}

/// A table in the whole release.
struct Total {
    Effect strongest;
    std::string by;  ///< the statement that takes it, "file:line": of equal ones the first
    bool rewrites = false, scans = false, drops = false;
    std::string renamedTo;  ///< the name that it has by now
};

/// By the name that a table had before the release.
struct Totals {
    std::map<std::string, Total> tables;
    std::map<std::string, std::string> names;  ///< of those that were renamed, by the name that they have by now
};

void add(Totals& totals, const StatementEffects& effects, const std::string& file, int line) {
    std::map<std::string, std::string> renamed;
    for (const Effect& effect : effects.effects) {
        if (!isTable(effect)) continue;
        const auto known = totals.names.find(effect.relation);
        const std::string name = known == totals.names.end() ? effect.relation : known->second;
        Total& total = totals.tables[name];
        if (!effect.renamedTo.empty()) {
            if (known != totals.names.end()) totals.names.erase(known);
            renamed[effect.renamedTo] = name;
            total.renamedTo = effect.renamedTo;
        }
        if (total.by.empty() || stronger(&effect, &total.strongest)) {
            total.strongest = effect;
            total.by = fmt::format("{}:{}", file, line);
        }
        total.rewrites |= effect.rewrites;
        total.scans |= effect.scans;
        total.drops |= effect.drops;
    }
    totals.names.merge(renamed);
}

std::string summaryOf(const std::map<std::string, Total>& totals) {
    std::vector<const std::pair<const std::string, Total>*> sorted;
    for (const auto& total : totals) sorted.push_back(&total);
    std::ranges::stable_sort(sorted, [](auto* a, auto* b) { return a->second.strongest.lock > b->second.strongest.lock; });
    std::string text;
    for (const auto* one : sorted) {
        const Total& total = one->second;
        const char* blocks = blockedBy(total.strongest.lock);
        std::string line = fmt::format("{}: {} by {}{}{}", one->first, wordsFor(total.strongest.lock), total.by, *blocks ? ": " : "", blocks);
        if (total.rewrites) line += "; rewritten";
        if (total.scans && !total.rewrites) line += "; read whole";
        if (total.drops) line += "; dropped";
        if (!total.renamedTo.empty() && total.renamedTo != one->first) line += "; now " + total.renamedTo;
        text += wrapped(line, 2);
    }
    return text;
}

/// A script, as it is told piece by piece.
class Telling {
  public:
    Telling(const JudgedScript& script, const Presentation& as) : script_(script), as_(as), lines_(fileText(script.script)) {}

    std::string run(Totals& totals, int64_t& telling) {
        text_ = as_.painted(script_.script.file, Tone::strong) + "\n";
        for (const Placed& one : placed(script_, lines_)) {
            if (one.statement) tell(one, totals, telling);
            for (const Finding* finding : one.findings)
                if (finding->severity != Severity::note || as_.notes) tell(*finding, one);
        }
        return text_;
    }

  private:
    void tell(const Placed& where, Totals& totals, int64_t& telling) {
        const JudgedStatement& one = *where.statement;
        text_ += fmt::format("{:>4}  {}\n", where.line, onOneLine(one.statement.span.of(script_.script.text), width - indent));
        if (one.refused) {
            if (where.findings.empty()) text_ += wrapped("cannot run", indent + 2);
            return;
        }
        add(totals, one.effects, script_.script.file, where.line);
        const std::string words = inWords(one.effects);
        if (words.empty()) return;
        telling++;
        text_ += wrapped(words, indent + 2);
    }

    /// What belongs to no statement begins left of them.
    void tell(const Finding& finding, const Placed& where) {
        const size_t from = where.statement ? indent : 2;
        const Tone tone = toneOf(finding.severity);
        const char* severity = nameOf(finding.severity);
        const char* ground = nameOf(finding.ground);
        const std::vector<std::string> message = split(finding.message, '\n');
        text_ += wrappedAfter(fmt::format("{}: {} [{}{}{}]", severity, message[0], finding.rule, *ground ? ", " : "", ground),
                              std::string_view(severity).size(), tone, from, as_);
        for (size_t i = 1; i < message.size(); i++) text_ += wrapped(message[i], from + 2);
        const bool elsewhere = isElsewhere(script_.script, finding);
        std::string place = elsewhere ? finding.file : script_.script.file;
        if (finding.line > 0) place += fmt::format(":{}", finding.line);
        if (finding.line > 0 && finding.column > 0) place += fmt::format(":{}", finding.column);
        if (finding.line > 0 || elsewhere) text_ += std::string(from + 1, ' ') + as_.painted("--> " + place, Tone::faint) + "\n";
        if (finding.line > 0 && !elsewhere) show(finding, where, from + 2, tone);
        if (!finding.help.empty()) text_ += wrapped("hint: " + finding.help, from + 2);
    }

    /// The line of the file, and a caret under the place.
    void show(const Finding& finding, const Placed& where, size_t from, Tone tone) {
        const std::string number = std::to_string(finding.line);
        const size_t gutter = from + number.size() + 3;
        const Excerpt excerpt = excerptAt(fileText(script_.script), lines_, {finding.line, finding.column}, where.begin, width - gutter);
        if (excerpt.line.empty()) return;
        const std::string margin(from, ' '), blanks(number.size(), ' ');
        text_ += margin + as_.painted(number + " |", Tone::faint) + " " + excerpt.line + "\n";
        text_ += margin + as_.painted(blanks + " |", Tone::faint) + " " + excerpt.caret.substr(0, excerpt.caret.size() - 1) + as_.painted("^", tone) + "\n";
    }

    const JudgedScript& script_;
    const Presentation& as_;
    const FileLines lines_;
    std::string text_;
};

void writeText(const ReleaseEffects& release, const Presentation& as, const LineSink& write) {
    if (release.scripts.empty()) return write("There is nothing to check.");
    Totals totals;
    int64_t telling = 0;
    for (const JudgedScript& script : release.scripts) write(Telling(script, as).run(totals, telling));
    if (telling > 1 && !totals.tables.empty()) write("The strongest lock on each table:\n" + summaryOf(totals.tables));
    std::string verdict = verdictOf(release);
    if (!as.notes && tallyOf(release).notes) verdict.replace(verdict.size() - 1, 1, "; --notes shows the notes.");
    write(as.painted(verdict.substr(0, 4), release.passed() ? Tone::good : Tone::error) + verdict.substr(4));
}

}  // namespace

extern const Format format_text = {"text", "for people", writeText};

}  // namespace slipway::reports
