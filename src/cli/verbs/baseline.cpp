#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"
#include "commands/history.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::Common common;
        std::optional<std::string> version;
        std::optional<std::string> description;
        std::optional<std::string> from;
    };
    auto state = std::make_shared<State>();
    addCommon(app, state->common, terminal);
    auto* version = app.add_option("--version", state->version, "everything up to this version is there already")->type_name("VERSION");
    app.add_option("--description", state->description, "what the history shall say about it")->type_name("TEXT");
    app.add_option("--from", state->from, "take over from the tracking table of golang-migrate, dbmate, diesel or sqlx")->type_name("TABLE")->excludes(version);
    return [state, &terminal] {
        Progress progress(terminal);
        commands::Run run(progress.sink());
        const auto done = commands::baseline({state->common, state->version, state->description, state->from, run});
        if (terminal.json)
            terminal.line(nlohmann::ordered_json{{"slipway", 1}, {"successfullyBaselined", true}, {"baselineVersion", done.version}, {"taken", done.taken}, {"table", done.table}}.dump(2));
        else if (state->from)
            terminal.line(fmt::format("Took over {} from {}; the history is {}, at version {}.", count(done.taken, "applied migration"), *state->from, done.table, done.version));
        else
            terminal.line(fmt::format("Baseline at version {} in {}.", done.version, done.table));
        return 0;
    };
}

extern const Verb verb_baseline = {"baseline", "3. History", "tells where a database stands that has no history yet",
                                   "Creates the history of a database that was made by other means.\n\nExample:\n  slipway baseline --version 20260101000000\n  "
                                   "slipway baseline --from schema_migrations",
                                   prepare};

}  // namespace slipway::cli
