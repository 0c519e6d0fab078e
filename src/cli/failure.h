// How an Error is told.
#pragma once

#include "base/error.h"
#include "cli/terminal.h"

namespace slipway::cli {

/// Prints an error as a colleague would say it: what, where, why, what next; as a JSON document with --format json.
void printError(const Error& error, Terminal& terminal);

}  // namespace slipway::cli
