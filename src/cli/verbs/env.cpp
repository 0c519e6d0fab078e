#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"
#include "commands/history.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::Common common;
        std::string action;
        std::string name;
    };
    auto state = std::make_shared<State>();
    app.add_option("ACTION", state->action, "adopt: mark the database that the environment's url leads to as this environment")->required()->check(CLI::IsMember({"adopt"}));
    app.add_option("NAME", state->name, "the environment")->required();
    addCommon(app, state->common, terminal, false);
    return [state, &terminal] {
        Progress progress(terminal);
        const std::string before = commands::adopt(state->common, state->name, progress.sink());
        if (terminal.json)
            terminal.line(nlohmann::ordered_json{{"slipway", 1}, {"environment", state->name}, {"before", before}}.dump(2));
        else
            terminal.line(fmt::format("The database is now marked as '{}'{}.", state->name, before.empty() || before == state->name ? "" : fmt::format("; its mark said '{}' before", before)));
        return 0;
    };
}

extern const Verb verb_env = {"env", "3. History", "adopts a database as an environment",
                              "A database is marked with its environment's name at the first deployment, and a url that leads to another environment's "
                              "database is refused. After a restore or a change of roles, adopt says that all is well.\n\nExample:\n  slipway env adopt "
                              "staging",
                              prepare};

}  // namespace slipway::cli
