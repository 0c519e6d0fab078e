#include "commands/rehearse.h"

#include <CLI/CLI.hpp>

#include "cli/evidence_view.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"
#include "reports/evidence_json.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::Common common;
        std::optional<std::string> target;
        std::string on = "auto";
        bool facts = false;
    };
    auto state = std::make_shared<State>();
    addCommon(app, state->common, terminal);
    app.add_option("--target", state->target, "the last version of the release")->type_name("VERSION");
    app.add_option("--on", state->on, "what to rehearse on: clone (a copy of the database on its own server, rows and all), rebuild (an empty embedded "
                                      "database brought to the environment's state), auto (clone for embedded: urls, else rebuild)")
        ->check(CLI::IsMember({"auto", "clone", "rebuild"}))->type_name("WHERE");
    app.add_flag("--facts", state->facts, "print what each stage measured");
    return [state, &terminal] {
        Progress progress(terminal);
        commands::Run run(progress.sink());
        const commands::Copy copy = state->on == "clone" ? commands::Copy::clone : state->on == "rebuild" ? commands::Copy::rebuild : commands::Copy::automatic;
        const commands::Rehearsed rehearsed = commands::rehearse({state->common, state->target, copy, run});
        const Evidence& evidence = rehearsed.evidence;
        if (terminal.json) {
            terminal.line(reports::evidenceJson(evidence));
        } else {
            printEvidence(evidence, state->facts, terminal);
            terminal.line();
            terminal.line(evidence.passed() ? fmt::format("{}: the release may go to {}.", terminal.styled("PASS", Style::green), evidence.environment)
                                            : fmt::format("{}: the release must not go to {}.", terminal.styled("FAIL", Style::red), evidence.environment));
            if (!rehearsed.file.empty()) terminal.line("Evidence: " + rehearsed.file);
        }
        return static_cast<int>(evidence.passed() ? Exit::yes : Exit::no);
    };
}

extern const Verb verb_rehearse = {
    "rehearse", "2. Release", "tries the release on a disposable copy: dry-run, migration, backfill, reconcile, rollback-test",
    "Five stages, each on a copy of the environment's database in its applied state; the database itself is not touched. A stage that fails stops "
    "the rest and the command exits with 1. The rollback-test runs the undo scripts, compares schema and rows with what was there before, and "
    "applies the release again.\n\nExample:\n  slipway rehearse --env dev\n  slipway rehearse --env staging --target 20260401120000 --facts",
    prepare};

}  // namespace slipway::cli
