#include "reports/placed.h"

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "reports/effect_words.h"
#include "reports/verdict.h"

namespace slipway::reports {

namespace {

/// Findings by place, those about the file as a whole, or about another file, first.
std::vector<const Finding*> sorted(const JudgedScript& script) {
    std::vector<const Finding*> findings;
    for (const Finding& finding : script.findings) findings.push_back(&finding);
    std::ranges::stable_sort(findings, {}, [&](const Finding* f) {
        return isElsewhere(script.script, *f) ? std::pair(0, 0) : std::pair(f->line, f->column);
    });
    return findings;
}

}  // namespace

std::string_view fileText(const ScriptText& script) { return script.replacements.empty() ? script.text : script.raw; }

bool isElsewhere(const ScriptText& script, const Finding& finding) { return !finding.file.empty() && finding.file != script.file; }

std::vector<Placed> placed(const JudgedScript& script, const FileLines& lines) {
    std::vector<Placed> all;
    const std::vector<const Finding*> findings = sorted(script);
    size_t next = 0;
    // What stands before byte `end`: with the statement that was last, when it reaches that far, or by itself.
    auto take = [&](size_t end, size_t lastEnd) {
        for (; next < findings.size(); next++) {
            const Finding& finding = *findings[next];
            const bool somewhere = finding.line > 0 && !isElsewhere(script.script, finding);
            const size_t offset = somewhere ? lines.offsetOf({finding.line, finding.column}) : 0;
            if (somewhere && offset >= end) return;
            const bool inLast = somewhere && !all.empty() && all.back().statement && offset <= lastEnd;
            const int line = somewhere ? finding.line : 0;
            if (!inLast && (all.empty() || all.back().statement || (all.back().line == 0) != (line == 0)))
                all.push_back({nullptr, line, lines.has(line) ? lines.beginOf(line) : 0, {}});
            all.back().findings.push_back(&finding);
        }
    };
    size_t lastEnd = 0;
    for (const JudgedStatement& one : script.statements) {
        const size_t begin = script.script.offsetInFile(one.statement.span.begin);
        take(begin, lastEnd);
        all.push_back({&one, lines.lineOf(begin), begin, {}});
        lastEnd = script.script.offsetInFile(one.statement.span.end);
    }
    take(std::string_view::npos, lastEnd);
    std::erase_if(all, [](const Placed& one) { return one.statement && !isShown(*one.statement) && one.findings.empty(); });
    return all;
}

std::string Fingerprints::of(const Placed& where, const Finding& finding) {
    const std::string_view about = where.statement ? asWritten(script_, where.statement->statement)
                                   : isElsewhere(script_, finding) ? std::string_view() : lines_.line(finding.line);
    std::string level;
    for (const char c : about) {
        const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank || !level.ends_with(' ')) level += blank ? ' ' : c;
    }
    const std::string digest = Digester().add(finding.rule).add(script_.file).add(level).hex().substr(0, 32);
    return fmt::format("{}:{}", digest, ++given_[digest]);
}

}  // namespace slipway::reports
