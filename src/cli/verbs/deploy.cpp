#include "commands/deploy.h"

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "base/text.h"
#include "cli/evidence_view.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"
#include "reports/evidence_json.h"

namespace slipway::cli {

static void printText(const commands::Deployed& deployed, Terminal& terminal) {
    printEvidence(deployed.evidence, false, terminal);
    const std::string version = deployed.result.after.empty() ? "<< Empty Schema >>" : deployed.result.after;
    if (deployed.result.run.scripts == 0) {
        terminal.line(fmt::format("{} is up to date at version {}.", deployed.environment, version));
    } else {
        terminal.line();
        terminal.line(fmt::format("Deployed {} to {} (database {}), now at version {}. The last of its history:", count(deployed.result.run.scripts, "migration"),
                                  terminal.styled(deployed.environment, Style::bold), deployed.database, version));
        std::vector<std::vector<std::string>> rows;
        for (const commands::InfoLine& line : deployed.last)
            rows.push_back({line.version, line.description, line.type, line.installedOn, showDuration(Milliseconds(line.executionTime)), line.state});
        for (const std::string& text : table({"Version", "Description", "Type", "Installed On", "Took", "State"}, rows, terminal)) terminal.line("  " + text);
    }
    if (deployed.evidence.passed() && !deployed.next.empty()) terminal.line(fmt::format("Next: `slipway deploy {}`.", deployed.next));
}

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::Common common;
        std::string environment;
        std::optional<std::string> target;
        std::optional<Milliseconds> wait;
    };
    auto state = std::make_shared<State>();
    app.add_option("ENVIRONMENT", state->environment, "where to")->required();
    addCommon(app, state->common, terminal, false);
    app.add_option("--target", state->target, "the last version of the release")->type_name("VERSION");
    addDuration(app, "--wait", state->wait, "how long to wait while another release is under way, such as 5m (default: 50s)");
    return [state, &terminal] {
        Progress progress(terminal);
        commands::Run run(progress.sink());
        state->common.environment = state->environment;
        const commands::Deployed deployed = commands::deploy({state->common, state->target, state->wait, run});
        terminal.json ? terminal.line(reports::evidenceJson(deployed.evidence)) : printText(deployed, terminal);
        return static_cast<int>(deployed.evidence.passed() ? Exit::yes : Exit::no);
    };
}

extern const Verb verb_deploy = {
    "deploy", "2. Release", "brings a release to an environment that it may go to",
    "An environment gets only what has been through the one before it in slipway.toml, with the same content; its own history is asked, not a "
    "local file. The first deployment marks the database with the environment's name. Declared checks and reconciliations decide whether the "
    "deployment is good.\n\nExample:\n  slipway deploy staging\n  slipway deploy production --target 20260401120000 --wait 5m",
    prepare};

}  // namespace slipway::cli
