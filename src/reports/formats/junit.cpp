// JUnit XML, as Jenkins and GitLab read it (docs.gitlab.com, "Unit test reports"): a suite a file, a case a statement. A
// case has at most one failure, which holds all errors of its statement, since GitLab reads no more.
#include <set>

#include "base/files.h"
#include "base/text.h"
#include "reports/effect_words.h"
#include "reports/format.h"
#include "reports/placed.h"
#include "reports/portable_path.h"

namespace slipway::reports {

namespace {

/// Text as XML 1.0 may hold it. Line ends stay, also in attributes.
std::string escaped(std::string text) {
    for (size_t bad = findIllFormedUtf8(text); bad != std::string::npos; bad = findIllFormedUtf8(text)) text[bad] = '?';
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\n': out += "&#10;"; break;
            case '\t': out += "&#9;"; break;
            default: out += static_cast<unsigned char>(c) < ' ' ? '?' : c;  // XML 1.0 has no way to write it
        }
    }
    return out;
}

std::string told(const JudgedScript& script, const Finding& finding) {
    std::string text = fmt::format("{}: {} [{}]", nameOf(finding.severity), finding.message, finding.rule);
    if (finding.line > 0) text += fmt::format("\nat {}:{}:{}", finding.file.empty() ? script.script.file : finding.file, finding.line, finding.column);
    if (!finding.help.empty()) text += "\nhint: " + finding.help;
    return text;
}

/// A suite is written when its cases are counted.
class Suite {
  public:
    explicit Suite(const JudgedScript& script) : script_(script), file_(escaped(portablePath(script.script.file))) {
        const FileLines lines(fileText(script.script));
        for (const Placed& one : placed(script, lines)) add(one);
    }

    size_t tests() const { return names_.size(); }
    size_t failures() const { return failures_; }

    void writeTo(const LineSink& write) const {
        write(fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\">", file_, tests(), failures_));
        if (!cases_.empty()) write(std::string_view(cases_).substr(0, cases_.size() - 1));
        write("  </testsuite>");
    }

  private:
    void add(const Placed& one) {
        std::string failure, rest;
        const Finding* first = nullptr;
        for (const Finding* finding : one.findings) {
            const bool error = finding->severity == Severity::error;
            if (error && !first) first = finding;
            std::string& into = error ? failure : rest;
            into += (into.empty() ? "" : "\n\n") + told(script_, *finding);
        }
        const std::string words = one.statement && !one.statement->refused ? inWords(one.statement->effects) : "";
        if (!words.empty()) rest = words + (rest.empty() ? "" : "\n\n" + rest);
        cases_ += fmt::format("    <testcase classname=\"{0}\" name=\"{1}\" file=\"{0}\" line=\"{2}\"", file_, escaped(caseName(one)), std::max(one.line, 1));
        if (failure.empty() && rest.empty()) {
            cases_ += "/>\n";
            return;
        }
        cases_ += ">\n";
        if (first) {
            failures_++;
            cases_ += fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", escaped(first->rule), escaped(first->message), escaped(failure));
        }
        if (!rest.empty()) cases_ += fmt::format("      <system-out>{}</system-out>\n", escaped(rest));
        cases_ += "    </testcase>\n";
    }

    /// Of cases with one name GitLab shows only the first.
    std::string caseName(const Placed& one) {
        std::string name = one.line == 0 ? "the file as a whole" : fmt::format("line {}", one.line);
        if (one.statement) name += ": " + onOneLine(asWritten(script_.script, one.statement->statement), 120);
        for (int i = 2; !names_.insert(name).second; i++) name = name.substr(0, name.find(" (again ")) + fmt::format(" (again {})", i);
        return name;
    }

    const JudgedScript& script_;
    const std::string file_;
    std::set<std::string> names_;
    std::string cases_;
    size_t failures_ = 0;
};

void writeJunit(const ReleaseEffects& release, const Presentation&, const LineSink& write) {
    std::vector<Suite> suites;
    size_t tests = 0, failures = 0;
    for (const JudgedScript& script : release.scripts) {
        const Suite& suite = suites.emplace_back(script);
        tests += suite.tests();
        failures += suite.failures();
    }
    write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    write(fmt::format("<testsuites name=\"slipway check\" tests=\"{}\" failures=\"{}\" errors=\"0\">", tests, failures));
    for (const Suite& suite : suites) suite.writeTo(write);
    write("</testsuites>");
}

}  // namespace

extern const Format format_junit = {"junit", "JUnit XML, for Jenkins, GitLab and others that show tests", writeJunit};

}  // namespace slipway::reports
