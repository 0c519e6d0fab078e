// The reports of check and observe: on standard output, and in files.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include "model/release_effects.h"

namespace CLI {
class App;
}

namespace slipway::cli {

struct Reports {
    std::string format = "text";
    std::string file;               ///< instead of standard output
    std::vector<std::string> more;  ///< "FORMAT=FILE"
    bool notes = false;             ///< the text report shows them
};

/// --format, --out, --report.
void addReports(CLI::App& app, Reports& reports, Terminal& terminal);

/// Throws Error "file-unwritable" before anything stands on standard output.
void writeReports(const Reports& reports, const ReleaseEffects& release, Terminal& terminal);

}  // namespace slipway::cli
