#include <CLI/CLI.hpp>

#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"
#include "commands/inspect.h"
#include "reports/catalog_json.h"
#include "reports/catalog_text.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    auto common = std::make_shared<commands::Common>();
    addCommon(app, *common, terminal);
    return [common, &terminal] {
        Progress progress(terminal);
        const Catalog catalog = commands::inspect(*common, progress.sink());
        terminal.line(terminal.json ? reports::catalogJson(catalog) : reports::catalogText(catalog));
        return 0;
    };
}

extern const Verb verb_inspect = {"inspect", "3. History", "shows what the database contains, as Slipway compares it",
                                  "Tables with columns, constraints and indexes and their validity, views, functions, triggers, sequences, types, "
                                  "comments and grants, with a digest of the whole. The history table and Slipway's own schema are left "
                                  "out.\n\nExample:\n  slipway inspect --env staging --format json",
                                  prepare};

}  // namespace slipway::cli
