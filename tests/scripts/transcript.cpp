#include "scripts/transcript.h"

#include <fnmatch.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <stdexcept>

namespace slipway::scripts {

namespace {

/// "[3]" at the end of an output is the exit code.
bool isExitCode(const std::string& line) {
    return std::regex_match(line, std::regex(R"(\[[0-9]{1,3}\])"));
}

/// fnmatch() in which only * and ? are special: output is full of brackets.
bool globMatches(const std::string& pattern, const std::string& line) {
    std::string escaped;
    for (const char c : pattern) {
        if (c == '[' || c == '\\') escaped += '\\';
        escaped += c;
    }
    return ::fnmatch(escaped.c_str(), line.c_str(), 0) == 0;
}

/// A line of a page with what differs from run to run put out of sight: a reader shall see plain output there, without
/// patterns. Columns may shift with it.
std::string timeless(const std::string& line) {
    static const std::vector<std::pair<std::regex, std::string>> varying = {
        {std::regex(R"([0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?Z?)"), "<moment>"},
        {std::regex(R"([0-9][0-9.,]* (ms|s|min)\b( [0-9]+ s\b)?)"), "<duration>"},
        {std::regex(R"((\$STATE|/var/lib/slipway)/[0-9a-f]{12}\b)"), "<server>"},
        {std::regex(R"(\b(?=[0-9]*[a-f])[0-9a-f]{16,64}\b)"), "<digest>"},  // not a version: those have digits alone
        {std::regex(R"(\b[0-9]{8}T[0-9]{6}\.[0-9]{3}Z-[0-9]+)"), "<run>"},
        {std::regex(R"((process|pid) [0-9]+)"), "<process>"},
        {std::regex(R"(\bon [^ ]+ \(<process>)"), "on <host> (<process>"},
        {std::regex(R"(\bby [^ ]+:[0-9]+\))"), "by <host>)"},
        {std::regex(R"(PostgreSQL [0-9]+\.[0-9]+)"), "PostgreSQL"},
        {std::regex(R"( +)"), " "},
        {std::regex(R"( $)"), ""},
    };
    std::string text = line;
    for (const auto& [pattern, name] : varying) text = std::regex_replace(text, pattern, name);
    return text;
}

/// The text of a line when it belongs to a command or its output, nothing when it is prose.
const char* body(const Transcript& transcript, const std::string& line) {
    if (transcript.markdown) return line.c_str();
    return line.starts_with("  ") ? line.c_str() + 2 : nullptr;
}

}  // namespace

bool Transcript::asksFor(const std::string& what) const {
    return std::ranges::find(lines, "#require " + what) != lines.end();
}

Transcript readTranscript(const std::string& file) {
    std::ifstream in(file);
    if (!in) throw std::runtime_error(file + " cannot be read");
    Transcript transcript{.file = file, .markdown = file.ends_with(".md")};
    for (std::string line; std::getline(in, line);) transcript.lines.push_back(line);

    bool inConsole = !transcript.markdown;
    bool continuing = false;  // the line before belongs to a command's own text
    Command* command = nullptr;
    for (size_t i = 0; i < transcript.lines.size(); ++i) {
        const std::string& line = transcript.lines[i];
        if (transcript.markdown && line.starts_with("```")) {
            inConsole = !inConsole && line == "```console";
            command = nullptr;
            continue;
        }
        const char* text = inConsole ? body(transcript, line) : nullptr;
        if (!text) {
            command = nullptr;
            continue;
        }
        const std::string content = text;
        if (content.starts_with("$ ")) {
            transcript.commands.push_back(
                {.line = i + 1, .expectedFirst = i + 1, .expectedEnd = i + 1, .text = content.substr(2)});
            command = &transcript.commands.back();
            continuing = true;
        } else if (command && continuing && (content.starts_with("> ") || content == ">")) {
            command->text += '\n' + content.substr(std::min<size_t>(2, content.size()));
            command->expectedFirst = command->expectedEnd = i + 1;
        } else if (command) {
            command->expected.push_back(content);
            command->expectedEnd = i + 1;
            continuing = false;
        }
    }
    for (Command& each : transcript.commands)
        if (!each.expected.empty() && isExitCode(each.expected.back())) {
            each.exitCode = std::stoi(each.expected.back().substr(1));
            each.expected.pop_back();
        }
    if (transcript.commands.empty()) throw std::runtime_error(file + " holds no command");
    return transcript;
}

bool lineMatches(const std::string& expected, const std::string& actual, bool example) {
    if (expected == actual || (example && timeless(expected) == timeless(actual))) return true;
    static const std::string glob = " (glob)", re = " (re)";
    if (expected.ends_with(glob)) return globMatches(expected.substr(0, expected.size() - glob.size()), actual);
    if (expected.ends_with(re)) try {
            return std::regex_match(actual, std::regex(expected.substr(0, expected.size() - re.size())));
        } catch (const std::regex_error& error) {
            throw std::runtime_error("'" + expected + "' is no regular expression: " + error.what());
        }
    return false;
}

std::vector<Aligned> align(const std::vector<std::string>& expected, const std::vector<std::string>& actual,
                           bool example) {
    const size_t n = expected.size(), m = actual.size();
    // cost[i][j]: the fewest differences between expected[i..] and actual[j..].
    std::vector<std::vector<size_t>> cost(n + 1, std::vector<size_t>(m + 1, 0));
    for (size_t i = n + 1; i-- > 0;)
        for (size_t j = m + 1; j-- > 0;) {
            size_t& here = cost[i][j];
            if (i == n) {
                here = m - j;
            } else if (expected[i] == "...") {
                here = cost[i + 1][j];
                if (j < m) here = std::min(here, cost[i][j + 1]);
            } else {
                here = 1 + cost[i + 1][j];
                if (j < m) here = std::min(here, 1 + cost[i][j + 1]);
                if (j < m && lineMatches(expected[i], actual[j], example)) here = std::min(here, cost[i + 1][j + 1]);
            }
        }

    std::vector<Aligned> aligned;
    using enum Aligned::Kind;
    for (size_t i = 0, j = 0; i < n || j < m;) {
        if (i < n && expected[i] == "...") {
            aligned.push_back({same, expected[i], {}});
            for (; j < m && cost[i][j] == cost[i][j + 1]; ++j) aligned.back().actual.push_back(actual[j]);
            ++i;
        } else if (i < n && j < m && cost[i][j] == cost[i + 1][j + 1] && lineMatches(expected[i], actual[j], example)) {
            aligned.push_back({same, expected[i++], {actual[j++]}});
        } else if (i < n && cost[i][j] == 1 + cost[i + 1][j]) {
            aligned.push_back({missing, expected[i++], {}});
        } else {
            aligned.push_back({unexpected, {}, {actual[j++]}});
        }
    }
    return aligned;
}

std::string describe(const Transcript& transcript, const std::vector<Actual>& actual) {
    const std::string indent = transcript.indent();
    std::string text;
    for (size_t i = 0; i < transcript.commands.size(); ++i) {
        const Command& command = transcript.commands[i];
        const std::string header = "@@ " + transcript.file + ":" + std::to_string(command.line) + " @@\n";
        if (!actual[i].ran) {
            text += header + "the shell ended before this command: $ " + command.text + "\n";
            break;
        }
        const std::vector<Aligned> lines = align(command.expected, actual[i].lines, transcript.markdown);
        const bool sameLines = std::ranges::all_of(lines, [](auto& line) { return line.kind == Aligned::Kind::same; });
        if (sameLines && command.exitCode == actual[i].exitCode) continue;

        text += header;
        for (size_t line = command.line - 1; line < command.expectedFirst; ++line)
            text += " " + transcript.lines[line] + "\n";
        for (const Aligned& line : lines) {
            if (line.kind == Aligned::Kind::missing) text += "-" + indent + line.expected + "\n";
            for (const std::string& each : line.actual)
                text += (line.kind == Aligned::Kind::unexpected ? "+" : " ") + indent + each + "\n";
        }
        if (command.exitCode != actual[i].exitCode) {
            if (command.exitCode != 0) text += "-" + indent + "[" + std::to_string(command.exitCode) + "]\n";
            if (actual[i].exitCode != 0) text += "+" + indent + "[" + std::to_string(actual[i].exitCode) + "]\n";
        }
    }
    return text;
}

std::string updated(const Transcript& transcript, const std::vector<Actual>& actual) {
    const std::string indent = transcript.indent();
    std::string text;
    size_t next = 0;
    const auto copyUntil = [&](size_t end) {
        for (; next < end; ++next) text += transcript.lines[next] + "\n";
    };
    for (size_t i = 0; i < transcript.commands.size() && actual[i].ran; ++i) {
        const Command& command = transcript.commands[i];
        copyUntil(command.expectedFirst);
        for (const Aligned& line : align(command.expected, actual[i].lines, transcript.markdown)) {
            if (line.kind == Aligned::Kind::same) text += indent + line.expected + "\n";
            if (line.kind == Aligned::Kind::unexpected) text += indent + line.actual.front() + "\n";
        }
        if (actual[i].exitCode != 0) text += indent + "[" + std::to_string(actual[i].exitCode) + "]\n";
        next = command.expectedEnd;
    }
    copyUntil(transcript.lines.size());
    return text;
}

}  // namespace slipway::scripts
