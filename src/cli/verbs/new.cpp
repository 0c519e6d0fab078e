#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/options.h"
#include "cli/verb.h"
#include "commands/create.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::Common common;
        std::string name;
        std::string author;
        std::string ticket;
    };
    auto state = std::make_shared<State>();
    app.add_option("NAME", state->name, "what the migration does, in words or snake_case")->required();
    app.add_option("--author", state->author, "for the header (default: git's user.name)");
    app.add_option("--ticket", state->ticket, "for the header");
    addCommon(app, state->common, terminal, false);
    return [state, &terminal] {
        const commands::Created created = commands::create(state->common, state->name, state->author, state->ticket);
        if (terminal.json) {
            terminal.line(nlohmann::ordered_json{{"slipway", 1}, {"migration", created.up}, {"undo", created.down}}.dump(2));
        } else {
            terminal.line("Created " + created.up);
            terminal.line("Created " + created.down);
        }
        return 0;
    };
}

extern const Verb verb_new = {"new", "1. Everyday", "writes a new migration with its header, and its undo script",
                              "The version is the time of day in UTC, so that two branches do not meet in one number.\n\nExample:\n  slipway new "
                              "add_payment_tables --ticket PAY-456",
                              prepare};

}  // namespace slipway::cli
