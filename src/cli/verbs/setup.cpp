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
        std::optional<std::string> role;
        bool apply = false;
    };
    auto state = std::make_shared<State>();
    addCommon(app, state->common, terminal);
    app.add_option("--role", state->role, "the role that Slipway will connect as (default: the environment's user)")->type_name("ROLE");
    app.add_flag("--apply", state->apply, "run the statements instead of only printing them");
    return [state, &terminal] {
        Progress progress(terminal);
        const commands::Setup setup = commands::setup(state->common, state->role, state->apply, progress.sink());
        if (terminal.json)
            terminal.line(nlohmann::ordered_json{{"slipway", 1}, {"role", setup.role}, {"applied", setup.applied}, {"sql", setup.sql}}.dump(2));
        else if (setup.applied)
            terminal.line("Done: the role " + setup.role + " can work with Slipway here.");
        else
            terminal.line(std::string_view(setup.sql).substr(0, setup.sql.size() - 1));
        return 0;
    };
}

extern const Verb verb_setup = {"setup", "3. History", "prints the SQL that lets a plain role work with Slipway",
                                "Slipway keeps its journal and the mark of the environment in the schema `slipway`. An administrator runs what this "
                                "prints; the role needs nothing more.\n\nExample:\n  slipway setup --env production --role deployer | psql "
                                "\"$ADMIN_URL\"",
                                prepare};

}  // namespace slipway::cli
