#include <CLI/CLI.hpp>

#include "base/files.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"
#include "commands/migrate.h"
#include "reports/plan_json.h"
#include "reports/plan_text.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::Common common;
        std::optional<std::string> target;
        std::string out;
    };
    auto state = std::make_shared<State>();
    addCommon(app, state->common, terminal);
    app.add_option("--target", state->target, "the last version to apply")->type_name("VERSION");
    app.add_option("--out", state->out, "write the plan there, for `slipway migrate --plan`")->type_name("FILE");
    return [state, &terminal] {
        Progress progress(terminal);
        commands::Run run(progress.sink());
        const Plan plan = commands::plan({state->common, state->target, std::nullopt, std::nullopt, run});
        const bool toFile = !state->out.empty();
        if (toFile) writeFile(state->out, reports::planJson(plan) + "\n");
        terminal.line(terminal.json ? reports::planJson(plan) : reports::planText(plan));
        if (toFile && !terminal.json) terminal.line(fmt::format("Written to {}; `slipway migrate --plan {}` runs exactly this.", state->out, state->out));
        return 0;
    };
}

extern const Verb verb_plan = {"plan", "1. Everyday", "prints the exact SQL that migrate would run, without running it",
                               "Shows every pending script segment by segment: which statements share a transaction, which run on their own, with "
                               "which timeouts. Nothing is changed.\n\nExample:\n  slipway plan --env staging --out release.plan.json\n  slipway "
                               "migrate --env staging --plan release.plan.json",
                               prepare};

}  // namespace slipway::cli
