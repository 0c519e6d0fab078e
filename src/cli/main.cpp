// Arguments in, exit code out.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>

#include "base/interrupt.h"
#include "base/text.h"
#include "cli/failure.h"
#include "cli/help.h"
#include "cli/verb.h"

using namespace slipway;

namespace {

void printOverview(cli::Terminal& terminal) {
    terminal.line("Slipway takes database changes from a file in Git to production and proves on the way that each is safe.");
    terminal.line();
    terminal.line("usage: slipway VERB [options]");
    std::vector<std::string> groups;
    for (const cli::Verb* verb : cli::allVerbs())
        if (!verb->hidden && std::ranges::find(groups, verb->group) == groups.end()) groups.emplace_back(verb->group);
    std::ranges::sort(groups);
    for (const std::string& group : groups) {
        terminal.line();
        terminal.line(terminal.styled(group.substr(3), cli::Style::bold));  // "1. " orders the groups
        for (const cli::Verb* verb : cli::allVerbs())
            if (!verb->hidden && group == verb->group) terminal.line(fmt::format("  {:<12} {}", verb->name, verb->summary));
    }
    terminal.line();
    terminal.line("`slipway help VERB` is a page with an example. Start with `slipway info` in a folder with migrations.");
}

const cli::Verb* findVerb(std::string_view name) {
    for (const cli::Verb* verb : cli::allVerbs())
        if (name == verb->name) return verb;
    return nullptr;
}

[[noreturn]] void refuseVerb(const std::string& name) {
    std::vector<std::string> names;
    for (const cli::Verb* verb : cli::allVerbs())
        if (!verb->hidden) names.emplace_back(verb->name);
    const std::string near = nearest(name, names);
    throw Error("verb-unknown", Exit::usage, fmt::format("there is no verb '{}'", name),
                near.empty() ? "see `slipway help` for the verbs" : fmt::format("did you mean `slipway {}`?", near));
}

/// What CLI11 could make nothing of: options first, since their values are left over, too.
[[noreturn]] void refuseExtras(const CLI::App& app, const cli::Verb& verb) {
    const std::vector<std::string> extras = app.remaining();
    const auto option = std::ranges::find_if(extras, [](const std::string& extra) { return extra.starts_with('-'); });
    const std::string help = fmt::format("see `slipway help {}`", verb.name);
    if (option == extras.end())
        throw Error("arguments", Exit::usage, fmt::format("'{}' is one argument too many", extras.front()), help);
    std::vector<std::string> names;
    for (const CLI::Option* known : app.get_options()) names.push_back(known->get_name());
    const std::string name = option->substr(0, option->find('='));
    const std::string near = nearest(name, names);
    throw Error("arguments", Exit::usage, fmt::format("`slipway {}` has no option '{}'", verb.name, name),
                near.empty() ? help : fmt::format("did you mean '{}'?", near));
}

int runVerb(const cli::Verb& verb, int argc, char** argv, bool helpOnly, cli::Terminal& terminal) {
    CLI::App app(verb.summary, std::string("slipway ") + verb.name);
    const auto run = verb.prepare(app, terminal);
    if (helpOnly) {
        cli::printHelp(verb, app, terminal);
        return 0;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        cli::printHelp(verb, app, terminal);
        return 0;
    } catch (const CLI::ExtrasError&) {
        refuseExtras(app, verb);
    } catch (const CLI::ParseError& error) {
        throw Error("arguments", Exit::usage, error.what(), fmt::format("see `slipway help {}`", verb.name));
    }
    return run();
}

int answer(int argc, char** argv, cli::Terminal& terminal) {
    const std::string first = argc > 1 ? argv[1] : "help";
    if (first == "--version" || first == "version") {
        terminal.line("slipway " SLIPWAY_VERSION);
        return 0;
    }
    if (first == "help" || first == "--help" || first == "-h") {
        if (argc < 3) {
            printOverview(terminal);
            return 0;
        }
        const cli::Verb* verb = findVerb(argv[2]);
        if (!verb) refuseVerb(argv[2]);
        return runVerb(*verb, 0, nullptr, true, terminal);
    }
    const cli::Verb* verb = findVerb(first);
    if (!verb) refuseVerb(first);
    catchInterrupts();
    return runVerb(*verb, argc - 1, argv + 1, false, terminal);
}

}  // namespace

static int guarded(int argc, char** argv) {
    cli::Terminal terminal;
    for (int i = 0; i + 1 < argc; i++)  // before all else, since errors in the arguments are told so, too
        if (std::strcmp(argv[i], "--format") == 0) terminal.json = terminal.document = std::strcmp(argv[i + 1], "json") == 0;
    try {
        return answer(argc, argv, terminal);
    } catch (const Error& error) {
        cli::printError(error, terminal);
        return static_cast<int>(error.exit);
    } catch (const std::bad_alloc&) {
        cli::printError(Error("out-of-memory", Exit::outside, "there is not enough memory", "free some, or give the process more"), terminal);
        return static_cast<int>(Exit::outside);
    } catch (const std::exception& error) {
        cli::printError(Error("internal", Exit::outside, fmt::format("Slipway itself failed: {}", error.what()),
                              "please report it with the command that you ran; nothing half done is left that `slipway migrate` would not find"),
                        terminal);
        return static_cast<int>(Exit::outside);
    }
}

int main(int argc, char** argv) {
    const int code = guarded(argc, argv);
#ifndef __SANITIZE_ADDRESS__  // which looks for leaks on the ordinary way out
    // All that is ours is flushed and closed by now. The tidying of the libraries that libpq brought along takes a
    // millisecond, which nobody has to wait for.
    std::fflush(nullptr);
    std::_Exit(code);
#endif
    return code;
}
