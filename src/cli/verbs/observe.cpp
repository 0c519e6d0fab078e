#include "commands/observe.h"

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/reports.h"
#include "cli/verb.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::Common common;
        std::optional<std::string> target;
        std::string on = "auto";
        Reports reports;
    };
    auto state = std::make_shared<State>();
    addProject(app, state->common);
    addDatabase(app, state->common);
    addReports(app, state->reports, terminal);
    app.add_option("--target", state->target, "the last version of the release")->type_name("VERSION");
    app.add_option("--on", state->on, "what to run it on: clone (a copy of the database on its own server, rows and all), rebuild (an empty embedded "
                                      "database brought to the environment's state), auto (clone for embedded: urls, else rebuild)")
        ->check(CLI::IsMember({"auto", "clone", "rebuild"}))->type_name("WHERE");
    return [state, &terminal] {
        Progress progress(terminal);
        commands::Run run(progress.sink());
        const commands::Copy copy = state->on == "clone" ? commands::Copy::clone : state->on == "rebuild" ? commands::Copy::rebuild : commands::Copy::automatic;
        const ReleaseEffects release = commands::observe({state->common, state->target, copy, run});
        writeReports(state->reports, release, terminal);
        return 0;
    };
}

extern const Verb verb_observe = {
    "observe", "2. Release", "runs the release on a disposable copy and tells what each statement locked, rewrote and read",
    "The same report as that of `slipway check`, but seen rather than predicted: in pg_locks, in the catalog and in the statistics of a server, while the "
    "statements run one by one on a copy of the environment's database. The database itself is not touched. A statement that fails ends it with exit code "
    "1.\n\nExample:\n  slipway observe --env staging\n  slipway observe --on rebuild --format json",
    prepare};

}  // namespace slipway::cli
