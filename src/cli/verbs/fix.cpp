#include "commands/fix.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/text.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"

namespace slipway::cli {

namespace {

std::string jsonOf(const commands::Fixes& fixes, bool written) {
    nlohmann::ordered_json json{{"slipway", 1}, {"written", written}, {"files", nlohmann::ordered_json::array()}, {"notes", fixes.notes}};
    for (const commands::FixedFile& file : fixes.files) json["files"].push_back({{"file", file.shown}, {"new", file.isNew}, {"content", file.content}});
    return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string textOf(const commands::Fixes& fixes, bool written) {
    std::string text;
    for (const commands::FixedFile& file : fixes.files) {
        text += fmt::format("{} ({})\n", file.shown, file.isNew ? "new" : "changed");
        if (written) continue;
        for (const std::string& line : split(trim(file.content), '\n')) text += line.empty() ? "\n" : "    " + line + "\n";
        text += "\n";
    }
    for (const std::string& note : fixes.notes) text += "left alone: " + note + "\n";
    if (fixes.files.empty()) return text + "There is nothing that could be fixed without asking.";
    return text + (written ? fmt::format("{} written. Look at them, and rehearse them.", count(static_cast<int64_t>(fixes.files.size()), "file", "files"))
                           : "Nothing was written: `slipway fix --write` does.");
}

}  // namespace

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::CheckRequest request;
        bool write = false;
    };
    auto state = std::make_shared<State>();
    commands::CheckRequest* const request = &state->request;
    request->observe = commands::Observe::never;
    app.add_option("FILE", request->files, "scripts to be fixed; without any: those behind --since");
    app.add_option("--since", request->since, "the last migration that is applied already: it and what comes before stays as it is")->type_name("ID");
    app.add_option("--server-version", request->serverVersion, "the PostgreSQL to write for, 13 to 18 (default: the installed one's)")->check(CLI::Range(13, 18))->type_name("N");
    app.add_option("--catalog", request->catalog, "begin with the database that `slipway snapshot` wrote down there")->type_name("FILE");
    app.add_flag("--write", state->write, "write the files instead of showing them");
    addCommon(app, request->common, terminal, false);
    return [state, &terminal] {
        Progress progress(terminal);
        const commands::Fixes fixes = commands::fix(state->request, progress.sink());
        if (state->write) commands::write(fixes);
        terminal.line(terminal.json ? jsonOf(fixes, state->write) : textOf(fixes, state->write));
        return 0;
    };
}

extern const Verb verb_fix = {
    "fix", "1. Everyday", "writes the safe form of what check finds, and undo scripts that are missing",
    "Puts the safe series in the place of a dangerous statement: CONCURRENTLY, NOT VALID and then VALIDATE, a check before SET NOT NULL, UNIQUE USING INDEX, rows "
    "in a migration of their own. What must not share a transaction goes into a migration that follows (V2__x.sql, V2.1__x.sql). Undo scripts are written where "
    "the way back follows from the script. Without --write the files are only shown.\n\nExample:\n  slipway fix --since 41\n  slipway fix --since 41 --write",
    prepare};

}  // namespace slipway::cli
