// Annotations of GitHub Actions (docs.github.com, "Workflow commands"): the runner makes them of what a step prints.
#include "base/text.h"
#include "reports/format.h"
#include "reports/portable_path.h"
#include "reports/verdict.h"

namespace slipway::reports {

namespace {

/// What the runner takes back, as actions/toolkit writes it (packages/core/src/command.ts).
std::string escapedData(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '%') out += "%25";
        else if (c == '\r') out += "%0D";
        else if (c == '\n') out += "%0A";
        else out += c;
    }
    return out;
}

std::string escapedProperty(std::string_view text) { return replaceAll(replaceAll(escapedData(text), ":", "%3A"), ",", "%2C"); }

std::string annotation(const JudgedScript& script, const Finding& finding) {
    const char* command = finding.severity == Severity::note ? "notice" : nameOf(finding.severity);
    std::string line = fmt::format("::{} file={}", command, escapedProperty(portablePath(finding.file.empty() ? script.script.file : finding.file)));
    if (finding.line > 0) line += fmt::format(",line={}", finding.line);
    if (finding.line > 0 && finding.column > 0) line += fmt::format(",col={}", finding.column);
    std::string message = finding.message;
    if (!finding.help.empty()) message += "\nhint: " + finding.help;
    return line + fmt::format(",title={}::{}", escapedProperty("Slipway: " + finding.rule), escapedData(message));
}

void writeGithub(const ReleaseEffects& release, const Presentation&, const LineSink& write) {
    for (const JudgedScript& script : release.scripts)
        for (const Finding& finding : script.findings) write(annotation(script, finding));
    write(verdictOf(release));
}

}  // namespace

extern const Format format_github = {"github", "annotations of GitHub Actions", writeGithub};

}  // namespace slipway::reports
