#include "commands/snapshot.h"

#include <CLI/CLI.hpp>

#include "base/files.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"
#include "reports/catalog_json.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::Common common;
        std::string out;
    };
    auto state = std::make_shared<State>();
    addCommon(app, state->common, terminal);
    app.add_option("ENV", state->common.environment, "the environment (default: the first one)");
    app.add_option("--out", state->out, "write it there, for `slipway check --catalog`")->type_name("FILE");
    return [state, &terminal] {
        Progress progress(terminal);
        const Snapshot snapshot = commands::snapshot(state->common, progress.sink());
        const std::string json = reports::snapshotJson(snapshot);
        const bool toFile = !state->out.empty();
        if (toFile) writeFile(state->out, json + "\n");
        if (!toFile || terminal.json)
            terminal.line(json);
        else
            terminal.line(fmt::format("Written to {}: {}.\n`slipway check --catalog {}` begins with it.", state->out, summary(snapshot.catalog), state->out));
        return 0;
    };
}

extern const Verb verb_snapshot = {
    "snapshot", "3. History", "writes down what the database contains, for `slipway check` to begin with",
    "For projects whose first migrations are gone, or that began at a baseline: the files alone do not tell what there was before. The catalog is that of "
    "`slipway inspect`, with the server's version and the highest migration that is applied; no rows are read. Keep it in Git beside the "
    "migrations.\n\nExample:\n  slipway snapshot production --out db/production.catalog.json\n  slipway check --catalog db/production.catalog.json",
    prepare};

}  // namespace slipway::cli
