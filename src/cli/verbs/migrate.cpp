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
        std::optional<std::string> target;
        std::optional<std::string> planFile;
        std::optional<Milliseconds> wait;
    };
    auto state = std::make_shared<State>();
    addCommon(app, state->common, terminal);
    app.add_option("--target", state->target, "the last version to apply")->type_name("VERSION");
    app.add_option("--plan", state->planFile, "run exactly this plan, or nothing (from `slipway plan --out`)")->type_name("FILE");
    addDuration(app, "--wait", state->wait, "how long to wait while another release is under way, such as 5m (default: 50s)");
    return [state, &terminal] {
        Progress progress(terminal);
        commands::Run run(progress.sink());
        const auto migrated = commands::migrate({state->common, state->target, state->wait, state->planFile, run});
        printMigrated(migrated, false, run, terminal);
        return 0;
    };
}

extern const Verb verb_migrate = {
    "migrate", "1. Everyday", "applies what is pending",
    "Checks the history, takes the release lock when there is something to do, and runs each pending migration: transactional "
    "statements in a transaction together with their history row, others on their own with a journal, so that the same command "
    "goes on after a crash. An environment gets only what has been through the one before it.\n\nExample:\n  slipway migrate\n  slipway migrate "
    "--env staging --target 20260401120000 --wait 5m",
    prepare};

}  // namespace slipway::cli
