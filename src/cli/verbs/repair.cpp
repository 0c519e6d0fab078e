#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/findings.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"
#include "commands/history.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    auto common = std::make_shared<commands::Common>();
    addCommon(app, *common, terminal);
    return [common, &terminal] {
        Progress progress(terminal);
        commands::Run run(progress.sink());
        const apply::RepairResult result = commands::repair(*common, run);
        if (terminal.json) {
            terminal.line(nlohmann::ordered_json{{"slipway", 1}, {"migrationsRemoved", result.removed}, {"migrationsDeleted", result.deleted},
                                                 {"migrationsAligned", result.aligned}, {"migrationsKept", result.kept}, {"findings", findingsJson(result.findings)}}.dump(2));
            return 0;
        }
        auto tell = [&](const std::vector<std::string>& which, const char* what) {
            if (!which.empty()) terminal.line(fmt::format("{}: {}", what, join(which, ", ")));
        };
        tell(result.removed, "Removed failed migrations");
        tell(result.deleted, "Marked as deleted, since their files are gone");
        tell(result.aligned, "Took over checksum and description from the files");
        tell(result.kept, "Kept half-done scripts, which `slipway migrate` goes on with");
        if (result.removed.empty() && result.deleted.empty() && result.aligned.empty() && result.kept.empty())
            terminal.line("Nothing to repair: the history agrees with the files.");
        printFindings(result.findings, terminal);
        return 0;
    };
}

extern const Verb verb_repair = {
    "repair", "3. History", "brings the history back in line with the files",
    "Removes the rows of failed migrations, marks applied migrations whose files are gone as deleted, and takes over changed checksums and "
    "descriptions. A script of several segments that stopped half way and was then corrected keeps its finished segments, as long as their "
    "text is unchanged: `slipway migrate` goes on after them. Where it was changed, the row goes and what stays in the database is named. "
    "Touches nothing but the history; put the database itself right first.\n\nExample:\n  "
    "slipway repair --env dev",
    prepare};

}  // namespace slipway::cli
