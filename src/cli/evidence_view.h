// The end of a rehearsal or deployment, told.
#pragma once

#include "cli/terminal.h"
#include "model/evidence.h"

namespace slipway::cli {

/// Findings of all stages and what they measured; `facts` prints those too.
void printEvidence(const Evidence& evidence, bool facts, Terminal& terminal);

}  // namespace slipway::cli
