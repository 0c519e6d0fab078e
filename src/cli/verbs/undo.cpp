#include <CLI/CLI.hpp>

#include "cli/migrated.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"
#include "commands/migrate.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::Common common;
        int count = 1;
        std::optional<std::string> target;
        std::optional<Milliseconds> wait;
    };
    auto state = std::make_shared<State>();
    addCommon(app, state->common, terminal);
    app.add_option("--count", state->count, "how many migrations to take back (default 1)")
        ->check([](const std::string& text) {  // CLI11's own words for a range fill a page
            const bool number = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
            return number && text.find_first_not_of('0') != std::string::npos ? "" : "'" + text + "' is no number from 1 on";
        })
        ->type_name("N");
    app.add_option("--target", state->target, "take back everything above this version")->type_name("VERSION");
    addDuration(app, "--wait", state->wait, "how long to wait while another release is under way, such as 5m (default: 50s)");
    return [state, &terminal] {
        Progress progress(terminal);
        commands::Run run(progress.sink());
        printMigrated(commands::undo({state->common, state->count, state->target, state->wait, run}), true, run, terminal);
        return 0;
    };
}

extern const Verb verb_undo = {"undo", "1. Everyday", "takes back the last migration by its undo script",
                               "Runs the undo scripts, the latest migration first, and appends a row of type DELETE to the history, which Flyway "
                               "reads too. Whether an undo script really restores schema and data is what `slipway rehearse` proves.\n\nExample:\n  "
                               "slipway undo --env dev\n  slipway undo --target 20260401120000",
                               prepare};

}  // namespace slipway::cli
