#include "cli/migrated.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace slipway::cli {

void printMigrated(const commands::Migrated& migrated, bool undone, const commands::Run& run, Terminal& terminal) {
    const apply::MigrateResult& result = migrated.result;
    if (terminal.json) {
        terminal.line(nlohmann::ordered_json{{"slipway", 1},
                                             {"operation", undone ? "undo" : "migrate"},
                                             {"environment", migrated.environment},
                                             {"database", migrated.database},
                                             {"initialSchemaVersion", result.before},
                                             {"targetSchemaVersion", result.after},
                                             {undone ? "migrationsUndone" : "migrationsExecuted", result.run.scripts},
                                             {"scripts", result.scripts},
                                             {"planDigest", result.planDigest},
                                             {"totalMigrationTime", result.run.took.count()},
                                             {"log", run.logFile()}}.dump(2));
        return;
    }
    const std::string where = fmt::format("{} ({})", migrated.database, migrated.environment);
    const std::string version = result.after.empty() ? "<< Empty Schema >>" : result.after;
    if (result.run.scripts == 0) {
        terminal.line(undone ? fmt::format("Nothing to undo in {}.", where) : fmt::format("{} is up to date at version {}.", where, version));
    } else {
        terminal.line(fmt::format("{} {} {} {}, now at version {} ({})", undone ? "Undid" : "Applied", count(result.run.scripts, "migration"),
                                  undone ? "in" : "to", where, version, showDuration(result.run.took)));
    }
    if (!run.logProblem().empty()) terminal.note("warning: " + run.logProblem());
}

}  // namespace slipway::cli
