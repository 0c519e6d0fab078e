#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"
#include "commands/embedded.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::Common common;
        std::string action;
        std::string argument;
        bool yes = false;
    };
    auto state = std::make_shared<State>();
    app.add_option("ACTION", state->action, "status, url, stop or remove")->required()->check(CLI::IsMember({"status", "url", "stop", "remove", "supervise"}));
    app.add_option("NAME", state->argument, "url: the database (default: dev)");
    app.add_flag("--yes", state->yes, "remove: really delete the data of all embedded databases of this project");
    addCommon(app, state->common, terminal, false);
    return [state, &terminal] {
        if (state->action == "supervise") return commands::superviseEmbedded(state->argument);
        Progress progress(terminal);
        if (state->action == "url") {
            terminal.line(commands::embeddedUrl(state->common, state->argument.empty() ? "dev" : state->argument, progress.sink()));
            return 0;
        }
        if (state->action == "remove" && !state->yes)
            throw Error("confirm", Exit::usage, "this deletes the data of every embedded database of this project", "add --yes when that is what you want");
        const commands::EmbeddedStatus status = state->action == "stop" ? commands::stopEmbedded(state->common)
                                                : state->action == "remove" ? commands::removeEmbedded(state->common)
                                                                            : commands::embeddedStatus(state->common);
        if (terminal.json)
            terminal.line(nlohmann::ordered_json{{"slipway", 1}, {"running", status.running}, {"version", status.version}, {"data", status.data},
                                                 {"socket", status.socket}, {"postmaster", status.postmaster}}.dump(2));
        else
            terminal.line(status.text);
        return 0;
    };
}

extern const Verb verb_embedded = {"embedded", "3. History", "looks after the private PostgreSQL behind embedded: urls",
                                   "The server starts with the first command that needs it, lives in a process session of its own, and ends by itself when "
                                   "it has been idle for ten minutes (SLIPWAY_EMBEDDED_IDLE, in seconds).\n\nExample:\n  slipway embedded status\n  psql "
                                   "\"$(slipway embedded url dev)\"\n  slipway embedded stop",
                                   prepare};

}  // namespace slipway::cli
