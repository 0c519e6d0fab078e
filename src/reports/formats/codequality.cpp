// GitLab's Code Quality report (docs.gitlab.com, "Code Quality report format"): the part of Code Climate's format that
// GitLab reads.
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "reports/format.h"
#include "reports/placed.h"
#include "reports/portable_path.h"

namespace slipway::reports {

namespace {

/// GitLab knows five; what cannot run at all is the worst.
const char* severityOf(const Finding& finding) {
    switch (finding.severity) {
        case Severity::error: return finding.category == Category::none ? "blocker" : "critical";
        case Severity::warning: return finding.category == Category::style ? "minor" : "major";
        case Severity::note: break;
    }
    return "info";
}

void writeCodeQuality(const ReleaseEffects& release, const Presentation&, const LineSink& write) {
    auto issues = nlohmann::ordered_json::array();
    for (const JudgedScript& script : release.scripts) {
        if (script.findings.empty()) continue;
        const FileLines lines(fileText(script.script));
        Fingerprints fingerprints(script.script, lines);
        for (const Placed& one : placed(script, lines))
            for (const Finding* finding : one.findings) {
                std::string description = replaceAll(finding->message, "\n", " ");  // GitLab shows one line
                if (!finding->help.empty()) description += " (hint: " + finding->help + ")";
                const std::string& file = finding->file.empty() ? script.script.file : finding->file;
                issues.push_back({{"description", description}, {"check_name", finding->rule}, {"fingerprint", fingerprints.of(one, *finding)},
                                  {"severity", severityOf(*finding)},
                                  {"location", {{"path", portablePath(file)}, {"lines", {{"begin", std::max(finding->line, 1)}}}}}});
            }
    }
    write(issues.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace

extern const Format format_codequality = {"codequality", "GitLab's Code Quality report", writeCodeQuality};

}  // namespace slipway::reports
