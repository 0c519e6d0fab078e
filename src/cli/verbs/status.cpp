#include "commands/status.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/text.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"

namespace slipway::cli {

namespace {

void printText(const commands::StatusReport& report, Terminal& terminal) {
    std::vector<std::string> head = {"Change", "Description"};
    for (const auto& environment : report.environments) head.push_back(environment.environment);
    std::vector<std::vector<std::string>> rows;
    for (const auto& change : report.changes) {
        std::vector<std::string> row = {change.id.starts_with("R ") ? "R" : change.id, change.description};
        for (const auto& place : change.places)
            row.push_back(place.since.empty() ? (place.state.empty() ? "?" : "-") : place.state == "Success" ? place.since.substr(0, 16) : place.state);
        rows.push_back(std::move(row));
    }
    for (const std::string& line : table(head, rows, terminal)) terminal.line(line);
    terminal.line();
    for (const auto& environment : report.environments) {
        const std::string version = environment.version.empty() ? "empty" : "at version " + environment.version;
        terminal.line(fmt::format("{}: {}", terminal.styled(environment.environment, Style::bold),
                                  !environment.problem.empty() ? "cannot be asked: " + environment.problem
                                                               : environment.pending ? fmt::format("{}, {} pending", version, count(environment.pending, "migration"))
                                                                                     : version + ", nothing pending"));
    }
    for (const auto& proof : report.proofs) {
        terminal.line();
        terminal.line(fmt::format("{} {} for {}, {} UTC", terminal.styled(proof.verdict == "pass" ? "PASS" : "FAIL", proof.verdict == "pass" ? Style::green : Style::red),
                                  proof.operation, proof.environment, replaceAll(proof.at.substr(0, 16), "T", " ")));
        for (const std::string& stage : proof.stages) terminal.line("  " + stage);
        terminal.line("  evidence: " + proof.file);
    }
}

void printJson(const commands::StatusReport& report, Terminal& terminal) {
    using Json = nlohmann::ordered_json;
    Json document = {{"slipway", 1}, {"environments", Json::array()}, {"changes", Json::array()}, {"proofs", Json::array()}};
    for (const auto& environment : report.environments)
        document["environments"].push_back({{"name", environment.environment}, {"version", environment.version}, {"pending", environment.pending}, {"problem", environment.problem}});
    for (const auto& change : report.changes) {
        Json places = Json::array();
        for (size_t i = 0; i < change.places.size(); i++)
            places.push_back({{"environment", report.environments[i].environment}, {"state", change.places[i].state}, {"since", change.places[i].since}});
        document["changes"].push_back({{"id", change.id}, {"description", change.description}, {"places", places}});
    }
    for (const auto& proof : report.proofs)
        document["proofs"].push_back({{"operation", proof.operation}, {"at", proof.at}, {"environment", proof.environment}, {"verdict", proof.verdict}, {"stages", proof.stages}, {"file", proof.file}});
    terminal.line(document.dump(2));
}

std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::Common common;
        size_t proofs = 3;
    };
    auto state = std::make_shared<State>();
    addCommon(app, state->common, terminal, false);
    app.add_option("--proofs", state->proofs, "how many of the newest rehearsals and deployments to show (default 3)")->type_name("N");
    return [state, &terminal] {
        Progress progress(terminal);
        const commands::StatusReport report = commands::status(state->common, state->proofs, progress.sink());
        terminal.json ? printJson(report, terminal) : printText(report, terminal);
        const bool all = std::ranges::all_of(report.environments, [](const auto& environment) { return environment.problem.empty(); });
        return static_cast<int>(all ? Exit::yes : Exit::outside);
    };
}

}  // namespace

extern const Verb verb_status = {"status", "2. Release", "shows where each change is on its way to production, and what proved it",
                                 "One line a change, one column an environment, read from the environments' own histories; below it the newest rehearsals "
                                 "and deployments of this checkout with their evidence.\n\nExample:\n  slipway status\n  slipway status --format json",
                                 prepare};

}  // namespace slipway::cli
