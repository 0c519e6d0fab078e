// The page of `slipway help VERB`.
#pragma once

#include "cli/terminal.h"
#include "cli/verb.h"

namespace slipway::cli {

/// Prints what the verb does, with an example, and its options as they are declared on `app`.
void printHelp(const Verb& verb, const CLI::App& app, Terminal& terminal);

}  // namespace slipway::cli
