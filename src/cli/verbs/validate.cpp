#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/text.h"
#include "cli/findings.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/verb.h"
#include "commands/info.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    auto common = std::make_shared<commands::Common>();
    addCommon(app, *common, terminal);
    return [common, &terminal] {
        Progress progress(terminal);
        const commands::Validation validation = commands::validate(*common, progress.sink());
        const bool good = validation.findings.empty();
        if (terminal.json) {
            terminal.line(nlohmann::ordered_json{{"slipway", 1}, {"validationSuccessful", good}, {"validateCount", validation.checked},
                                                 {"findings", findingsJson(validation.findings)}}.dump(2));
        } else {
            printFindings(validation.findings, terminal);
            if (good) terminal.line(fmt::format("Successfully validated {}.", count(validation.checked, "migration")));
        }
        return static_cast<int>(good ? Exit::yes : Exit::no);
    };
}

extern const Verb verb_validate = {"validate", "1. Everyday", "checks that files and history agree",
                                   "Finds changed checksums, missing files, failed, late and pending migrations. Exits with 1 when there is "
                                   "any.\n\nExample:\n  slipway validate --env staging",
                                   prepare};

}  // namespace slipway::cli
