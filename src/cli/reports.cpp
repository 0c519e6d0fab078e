#include "cli/reports.h"

#include <CLI/CLI.hpp>

#include "base/files.h"
#include "base/text.h"
#include "reports/format.h"
#include "rules/rule.h"

namespace slipway::cli {

namespace {

std::string names() {
    std::vector<std::string> all;
    for (const reports::Format* format : reports::allFormats()) all.emplace_back(format->name);
    return join(all, ", ");
}

void checkFormat(const std::string& name) {
    if (!reports::formatNamed(name)) throw CLI::ValidationError(fmt::format("there is no format '{}'; they are {}", name, names()));
}

Style styleOf(reports::Tone tone) {
    switch (tone) {
        case reports::Tone::plain: return Style::plain;
        case reports::Tone::strong: return Style::bold;
        case reports::Tone::faint: return Style::dim;
        case reports::Tone::good: return Style::green;
        case reports::Tone::error: return Style::red;
        case reports::Tone::warning: return Style::yellow;
        case reports::Tone::note: return Style::cyan;
    }
    std::unreachable();
}

reports::Presentation presentation(bool notes) {
    return {.version = SLIPWAY_VERSION, .docsUrl = SLIPWAY_DOCS_URL, .notes = notes, .finds = [](std::string_view id) {
                const rules::Rule* rule = rules::findRule(id);
                return std::string(rule ? rule->finds : "");
            }};
}

void writeTo(const std::string& file, const std::string& format, bool notes, const ReleaseEffects& release) {
    std::string text;
    reports::formatNamed(format)->write(release, presentation(notes),
                                        [&](std::string_view lines) { text.append(lines).append("\n"); });
    writeFile(file, text);
}

}  // namespace

void addReports(CLI::App& app, Reports& reports, Terminal& terminal) {
    std::string summaries;
    for (const reports::Format* format : reports::allFormats())
        summaries += fmt::format("{}{}: {}", summaries.empty() ? "" : "; ", format->name, format->summary);
    app.add_option("--format", reports.format, summaries + " (default: text)")->type_name("FORMAT")->each([&terminal](const std::string& name) {
        checkFormat(name);
        terminal.json = name == "json";
        terminal.document = name != "text";
    });
    app.add_flag("--notes", reports.notes, "the text report shows notes, too");
    app.add_option("--out", reports.file, "write the report there instead of to standard output")->type_name("FILE");
    app.add_option("--report", reports.more, "write one more report, in FORMAT to FILE; may be given several times")
        ->type_name("FORMAT=FILE")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->each([](const std::string& pair) {
            const size_t equals = pair.find('=');
            if (equals == std::string::npos || equals + 1 == pair.size())
                throw CLI::ValidationError(fmt::format("'{}' is no FORMAT=FILE, such as sarif=slipway.sarif", pair));
            checkFormat(pair.substr(0, equals));
        });
}

void writeReports(const Reports& reports, const ReleaseEffects& release, Terminal& terminal) {
    for (const std::string& pair : reports.more) writeTo(pair.substr(pair.find('=') + 1), pair.substr(0, pair.find('=')), reports.notes, release);
    if (!reports.file.empty()) return writeTo(reports.file, reports.format, reports.notes, release);
    reports::Presentation as = presentation(reports.notes);
    as.paint = [&](std::string_view text, reports::Tone tone) { return terminal.styled(text, styleOf(tone)); };
    reports::formatNamed(reports.format)->write(release, as, [&](std::string_view lines) { terminal.line(lines); });
}

}  // namespace slipway::cli
