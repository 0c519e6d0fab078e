#include <CLI/CLI.hpp>

#include "base/error.h"
#include "cli/migrated.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"
#include "commands/migrate.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::Common common;
        bool done = false;
        bool redo = false;
        std::optional<std::string> target;
        std::optional<Milliseconds> wait;
    };
    auto state = std::make_shared<State>();
    addCommon(app, state->common, terminal);
    auto* done = app.add_flag("--done", state->done, "the statement took effect: go on after it");
    app.add_flag("--redo", state->redo, "it did not: run it again")->excludes(done);
    app.add_option("--target", state->target, "the last version to apply")->type_name("VERSION");
    addDuration(app, "--wait", state->wait, "how long to wait while another release is under way, such as 5m (default: 50s)");
    return [state, &terminal] {
        Progress progress(terminal);
        commands::Run run(progress.sink());
        commands::MigrateRequest request{state->common, state->target, state->wait, std::nullopt, run, "resume"};
        if (state->done || state->redo) request.tookEffect = state->done;
        printMigrated(commands::migrate(request), false, run, terminal);
        return 0;
    };
}

extern const Verb verb_resume = {
    "resume", "3. History", "goes on where a run stopped",
    "Without --done or --redo the same as `slipway migrate`: what is pending after that follows, up to the target. Where a run was killed in a "
    "statement that leaves no trace in the catalog (ALTER SYSTEM, a procedure that commits), look whether it took effect and say "
    "so.\n\nExample:\n  slipway resume --done\n  slipway resume --redo --env staging --target 20260401120000",
    prepare};

}  // namespace slipway::cli
