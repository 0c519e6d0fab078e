// The verbs of the command line: one file each below verbs/, gathered by CMake.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "cli/terminal.h"

namespace CLI {
class App;
}

namespace slipway::cli {

/// What a verb is given: where to declare its options, and where to speak.
struct Verb {
    const char* name;
    const char* group;     ///< heading in the overview
    const char* summary;   ///< one line
    const char* help;      ///< for `slipway help VERB`: what it does, ending in an example
    /// Declares the options and returns what runs once they are parsed; that returns the exit code.
    std::function<int()> (*prepare)(CLI::App& app, Terminal& terminal);
    bool hidden = false;
};

/// All verbs, by name.
std::span<const Verb* const> allVerbs();

}  // namespace slipway::cli
