#include "reports/check_text.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.h"

namespace slipway::reports {

namespace {

constexpr size_t width = 100;

/// Indexes and sequences are locked along with their tables.
bool isTable(const Effect& effect) {
    return effect.kind != RelationKind::index && effect.kind != RelationKind::partitionedIndex && effect.kind != RelationKind::sequence;
}

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

/// The statement on one line.
std::string shown(std::string_view sql, size_t most) {
    std::string line;
    for (const char c : sql.substr(0, 8 * most)) {  // enough, also where most of it is white space
        const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank)
            line += c;
        else if (!line.ends_with(' '))
            line += ' ';
    }
    return abbreviate(withoutSecrets(trim(line)), most);
}

std::string price(const Effect& effect) {
    std::string text;
    if (*blockedBy(effect.lock)) text += fmt::format(": {}", blockedBy(effect.lock));
    if (effect.rewrites)
        text += fmt::format("; rewrites the {}", nameOf(effect.kind));
    else if (effect.scans)
        text += fmt::format("; reads the whole {}", nameOf(effect.kind));
    if (effect.drops) text += "; drops it";
    if (!effect.renamedTo.empty()) text += "; renames it to " + effect.renamedTo;
    return text;
}

bool stronger(const Effect* a, const Effect* b) {
    auto weight = [](const Effect* e) { return std::tuple(e->lock, e->rewrites, e->scans, e->drops); };
    return weight(a) > weight(b);
}

/// "ACCESS EXCLUSIVE on public.orders: blocks reads and writes; rewrites the table; and 2 more"; "" when nothing that
/// was there before is touched.
std::string inWords(const StatementEffects& effects) {
    std::vector<const Effect*> tables, others, rebuilt;
    for (const Effect& effect : effects.effects) {
        (isTable(effect) ? tables : others).push_back(&effect);
        if (effect.rebuilds) rebuilt.push_back(&effect);
    }
    if (tables.empty()) tables = others;
    std::string text;
    if (!tables.empty()) {
        std::ranges::stable_sort(tables, stronger);
        text = fmt::format("{} on {}{}", wordsFor(tables[0]->lock), tables[0]->relation, price(*tables[0]));
        if (tables.size() > 1) text += fmt::format("; and {} more", tables.size() - 1);
    }
    if (rebuilt.size() == 1) text += fmt::format("; rebuilds {}", rebuilt[0]->relation);
    if (rebuilt.size() > 1) text += fmt::format("; rebuilds {}", count(static_cast<int64_t>(rebuilt.size()), "index", "indexes"));
    if (effects.by == By::observed && !text.empty()) text += " (observed)";
    if (!effects.certain) text += fmt::format("{}perhaps more: {}", text.empty() ? "" : "; ", effects.why);
    return text;
}

/// A table in the whole release.
struct Total {
    Effect strongest;
    std::string by;  ///< the statement that takes it, "file:line": of equal ones the first
    bool rewrites = false, scans = false, drops = false;
};

void add(std::map<std::string, Total>& totals, const StatementEffects& effects, const std::string& file, int line) {
    for (const Effect& effect : effects.effects) {
        if (!isTable(effect)) continue;
        Total& total = totals[effect.relation];
        if (total.by.empty() || stronger(&effect, &total.strongest)) {
            total.strongest = effect;
            total.by = fmt::format("{}:{}", file, line);
        }
        total.rewrites |= effect.rewrites;
        total.scans |= effect.scans;
        total.drops |= effect.drops;
    }
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
        text += wrapped(line, 2);
    }
    return text;
}

std::string verdict(const ReleaseEffects& release, int64_t statements, int64_t errors, int64_t uncertain) {
    std::string text = errors ? fmt::format("FAIL: {} on PostgreSQL {}", count(errors, "thing cannot run", "things cannot run"), release.serverVersion)
                              : fmt::format("PASS: {} can run on PostgreSQL {}", count(statements, "statement"), release.serverVersion);
    if (uncertain) text += fmt::format("; {} may do more than is told here", count(uncertain, "statement"));
    return text + ".";
}

}  // namespace

std::string checkText(const ReleaseEffects& release) {
    if (release.scripts.empty()) return "There is nothing to check.";
    std::string text;
    std::map<std::string, Total> totals;
    int64_t statements = 0, errors = 0, uncertain = 0, telling = 0;
    for (const JudgedScript& script : release.scripts) {
        if (!text.empty()) text += '\n';
        text += script.script.file + "\n";
        LineCounter lines(script.script);
        for (const JudgedStatement& one : script.statements) {
            if (one.statement.runs == Runs::begin || one.statement.runs == Runs::commit) continue;
            const int line = lines.lineOf(one.statement.span.begin);
            const std::string place = fmt::format("{:>4}  ", line);
            text += place + shown(one.statement.span.of(script.script.text), width - place.size()) + "\n";
            statements++;
            if (one.refused) {
                text += wrapped("cannot run", place.size() + 2);
                continue;
            }
            if (!one.effects.certain) uncertain++;
            add(totals, one.effects, script.script.file, line);
            const std::string words = inWords(one.effects);
            if (words.empty()) continue;
            telling++;
            text += wrapped(words, place.size() + 2);
        }
        for (const Finding& finding : script.findings) {
            if (finding.severity == Severity::error) errors++;
            const std::string place = finding.line ? fmt::format("{}:{}:{}", finding.file, finding.line, finding.column) : finding.file;
            text += wrapped(fmt::format("{}: {}: {} [{}]", place, nameOf(finding.severity), finding.message, finding.rule), 0);
            text += wrapped("hint: " + finding.help, 2);
        }
    }
    if (telling > 1 && !totals.empty()) text += "\nThe strongest lock on each table:\n" + summaryOf(totals);
    return text + "\n" + verdict(release, statements, errors, uncertain);
}

}  // namespace slipway::reports
