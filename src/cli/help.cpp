#include "cli/help.h"

#include <CLI/CLI.hpp>

#include "base/text.h"

namespace slipway::cli {

namespace {

constexpr size_t widest = 100;  // longer lines are hard to read, however wide the terminal is

/// Breaks a text that begins in column `indent` between words; its further lines begin there, too.
std::string wrapped(std::string_view text, size_t width, size_t indent) {
    std::string lines;
    size_t column = indent;
    for (const std::string& word : split(text, ' ')) {
        if (column > indent && column + 1 + displayWidth(word) > width) {
            lines += "\n" + std::string(indent, ' ');
            column = indent;
        } else if (column > indent) {
            lines += ' ';
            column++;
        }
        lines += word;
        column += displayWidth(word);
    }
    return lines;
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
        terminal.line(line + wrapped(option->get_description(), width, column));
    }
}

}  // namespace

void printHelp(const Verb& verb, const CLI::App& app, Terminal& terminal) {
    const size_t width = std::min(widest, static_cast<size_t>(terminal.width()));
    const std::vector<const CLI::Option*> options = app.get_options();
    std::string usage = fmt::format("slipway {}", verb.name);
    for (const CLI::Option* option : options)
        if (option->get_positional()) usage += option->get_required() ? " " + option->get_name() : " [" + option->get_name() + "]";
    terminal.line(fmt::format("{}: {}", terminal.styled(usage + " [options]", Style::bold), verb.summary));
    terminal.line();
    for (const std::string& line : split(verb.help, '\n')) terminal.line(line.starts_with(' ') ? line : wrapped(line, width, 0));
    printOptions(options, true, width, terminal);
    printOptions(options, false, width, terminal);
}

}  // namespace slipway::cli
