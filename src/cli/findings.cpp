#include "cli/findings.h"

#include "base/text.h"

namespace slipway::cli {

void printFindings(const std::vector<Finding>& findings, Terminal& terminal) {
    for (const Finding& finding : findings) {
        std::string place = finding.file;
        if (finding.line) place += fmt::format(":{}", finding.line);
        const Style style = finding.severity == Severity::error ? Style::red : finding.severity == Severity::warning ? Style::yellow : Style::cyan;
        const std::vector<std::string> lines = split(finding.message, '\n');
        terminal.line(fmt::format("{}{}: {} [{}]", place.empty() ? "" : place + ": ", terminal.styled(nameOf(finding.severity), style), lines[0], finding.rule));
        for (size_t i = 1; i < lines.size(); i++) terminal.line("  " + lines[i]);
        if (!finding.help.empty()) terminal.line("  hint: " + finding.help);
    }
}

nlohmann::ordered_json findingsJson(const std::vector<Finding>& findings) {
    auto list = nlohmann::ordered_json::array();
    for (const Finding& finding : findings)
        list.push_back({{"rule", finding.rule}, {"severity", nameOf(finding.severity)}, {"file", finding.file}, {"line", finding.line},
                        {"column", finding.column}, {"message", finding.message}, {"help", finding.help}});
    return list;
}

}  // namespace slipway::cli
