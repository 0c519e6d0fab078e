#include <CLI/CLI.hpp>

#include "base/error.h"
#include "cli/migrated.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"
#include "commands/history.h"
#include "commands/migrate.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::Common common;
        bool done = false;
        bool redo = false;
    };
    auto state = std::make_shared<State>();
    addCommon(app, state->common, terminal);
    auto* done = app.add_flag("--done", state->done, "the statement took effect: go on after it");
    app.add_flag("--redo", state->redo, "it did not: run it again")->excludes(done);
    return [state, &terminal] {
        Progress progress(terminal);
        commands::Run run(progress.sink());
        if (state->done || state->redo) commands::resume(state->common, state->done, run);
        printMigrated(commands::migrate({state->common, std::nullopt, std::nullopt, std::nullopt, run, "resume"}), false, run, terminal);
        return 0;
    };
}

extern const Verb verb_resume = {
    "resume", "3. History", "goes on where a run stopped",
    "Without options the same as `slipway migrate`. Where a run was killed in a statement that leaves no trace in the catalog (ALTER SYSTEM, a "
    "procedure that commits), look whether it took effect and say so.\n\nExample:\n  slipway resume --done\n  slipway resume --redo --env staging",
    prepare};

}  // namespace slipway::cli
