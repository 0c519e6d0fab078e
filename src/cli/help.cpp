#include "cli/help.h"

#include <CLI/CLI.hpp>

#include "base/text.h"

namespace slipway::cli {

namespace {

constexpr size_t widest = 100;  // longer lines are hard to read, however wide the terminal is

/// Breaks a line between words; lines after the first begin with `indent` blanks.
std::string wrapped(std::string_view line, size_t width, size_t indent) {
    std::string text;
    size_t column = 0;
    for (const std::string& word : split(line, ' ')) {
        if (column > indent && column + 1 + displayWidth(word) > width) {
            text += "\n" + std::string(indent, ' ');
            column = indent;
        } else if (!text.empty()) {
            text += ' ';
            column++;
        }
        text += word;
        column += displayWidth(word);
    }
    return text;
}

/// "--target VERSION", "ACTION". What a validator adds to a type's name stands in the description, too.
std::string signature(const CLI::Option& option) {
    const std::string type = split(option.get_type_name(), ':').front();
    return option.get_positional() || type.empty() ? option.get_name() : option.get_name() + " " + type;
}

void printOptions(const std::vector<const CLI::Option*>& options, bool positional, size_t width, Terminal& terminal) {
    size_t column = 0;
    for (const CLI::Option* option : options)
        if (option->get_name() != "--help") column = std::max(column, displayWidth(signature(*option)) + 4);
    bool any = false;
    for (const CLI::Option* option : options) {
        if (option->get_positional() != positional || option->get_name() == "--help") continue;
        if (!any) terminal.line(positional ? "\nArguments:" : "\nOptions:");
        any = true;
        std::string line = "  " + signature(*option);
        line.resize(column, ' ');
        terminal.line(wrapped(line + option->get_description(), width, column));
    }
}

}  // namespace

void printHelp(const Verb& verb, const CLI::App& app, Terminal& terminal) {
    const size_t width = std::min(widest, static_cast<size_t>(terminal.width()));
    const std::vector<const CLI::Option*> options = app.get_options();
    std::string usage = fmt::format("slipway {}", verb.name);
    for (const CLI::Option* option : options)
        if (option->get_positional()) usage += fmt::format(option->get_required() ? " {}" : " [{}]", option->get_name());
    terminal.line(fmt::format("{}: {}", terminal.styled(usage + " [options]", Style::bold), verb.summary));
    terminal.line();
    for (const std::string& line : split(verb.help, '\n')) terminal.line(line.starts_with(' ') ? line : wrapped(line, width, 0));
    printOptions(options, true, width, terminal);
    printOptions(options, false, width, terminal);
}

}  // namespace slipway::cli
