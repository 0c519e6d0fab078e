#include "commands/info.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/text.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"

namespace slipway::cli {

namespace {

void printJson(const commands::Info& info, Terminal& terminal) {
    nlohmann::ordered_json document = {{"slipway", 1}, {"environment", info.environment}, {"database", info.database}, {"server", info.server},
                                       {"table", info.table}, {"schemaVersion", info.schemaVersion}, {"pending", info.pending}};
    document["migrations"] = nlohmann::ordered_json::array();
    for (const commands::InfoLine& line : info.lines)
        document["migrations"].push_back({{"category", line.category}, {"version", line.version}, {"description", line.description},
                                          {"type", line.type}, {"installedOn", line.installedOn}, {"installedBy", line.installedBy},
                                          {"state", line.state}, {"undoable", line.undoable}, {"executionTime", line.executionTime},
                                          {"filepath", line.file}, {"undoFilepath", line.undoFile}});
    document["notes"] = info.notes;
    terminal.line(document.dump(2));
}

void printText(const commands::Info& info, Terminal& terminal) {
    terminal.line(fmt::format("Environment {}: database {}, {}", terminal.styled(info.environment, Style::bold), info.database, info.server));
    terminal.line(fmt::format("Schema version: {}", info.schemaVersion.empty() ? "<< Empty Schema >>" : info.schemaVersion));
    terminal.line();
    std::vector<std::vector<std::string>> rows;
    for (const commands::InfoLine& line : info.lines)
        rows.push_back({line.category, line.version, line.description, line.type, line.installedOn, line.state, line.undoable ? "Yes" : "No"});
    if (rows.empty()) terminal.line("No migrations found.");
    else
        for (const std::string& text : table({"Category", "Version", "Description", "Type", "Installed On", "State", "Undoable"}, rows, terminal))
            terminal.line(text);
    for (const std::string& note : info.notes) terminal.note("note: " + note);
    if (info.pending) {
        terminal.line();
        terminal.line(fmt::format("{} pending: `slipway plan` shows what would run, `slipway migrate` runs it.", count(info.pending, "migration")));
    }
}

std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::Common common;
        bool exitCode = false;
    };
    auto state = std::make_shared<State>();
    addCommon(app, state->common, terminal);
    app.add_flag("--exit-code", state->exitCode, "exit with 1 when migrations are pending");
    return [state, &terminal] {
        Progress progress(terminal);
        const commands::Info info = commands::info(state->common, progress.sink());
        terminal.json ? printJson(info, terminal) : printText(info, terminal);
        return static_cast<int>(state->exitCode && info.pending ? Exit::no : Exit::yes);
    };
}

}  // namespace

extern const Verb verb_info = {"info", "1. Everyday", "shows which migrations are applied and which are pending",
                               "Reads the project as it stands (Flyway's layout, or up/down pairs) and compares it with the history in the "
                               "database. Changes nothing.\n\nExample:\n  slipway info\n  slipway info --env production --exit-code",
                               prepare};

}  // namespace slipway::cli
