#include "reports/verdict.h"

#include "base/text.h"

namespace slipway::reports {

bool isShown(const JudgedStatement& one) { return one.statement.runs != Runs::begin && one.statement.runs != Runs::commit; }

std::string Tally::findings() const {
    std::vector<std::string> parts;
    if (errors) parts.push_back(count(errors, "error"));
    if (warnings) parts.push_back(count(warnings, "warning"));
    if (notes) parts.push_back(count(notes, "note"));
    return join(parts, ", ");
}

Tally tallyOf(const ReleaseEffects& release) {
    Tally tally;
    for (const JudgedScript& script : release.scripts) {
        for (const JudgedStatement& one : script.statements) {
            if (!isShown(one)) continue;
            tally.statements++;
            if (!one.effects.certain && !one.refused) tally.uncertain++;
        }
        for (const Finding& finding : script.findings)
            (finding.severity == Severity::error ? tally.errors : finding.severity == Severity::warning ? tally.warnings : tally.notes)++;
    }
    return tally;
}

std::string verdictOf(const ReleaseEffects& release) {
    const Tally tally = tallyOf(release);
    const std::string findings = tally.findings();
    std::string text = release.passed() ? fmt::format("PASS: {} can run on PostgreSQL {}", count(tally.statements, "statement"), release.serverVersion)
                                        : fmt::format("FAIL: {} on PostgreSQL {}", findings, release.serverVersion);
    if (release.passed() && !findings.empty()) text += "; " + findings;
    if (tally.uncertain) text += fmt::format("; {} may do more than is told here", count(tally.uncertain, "statement"));
    return text + ".";
}

}  // namespace slipway::reports
