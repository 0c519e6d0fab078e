// The order of the stages.
#pragma once

#include "model/event.h"
#include "model/evidence.h"
#include "stages/stage.h"

namespace slipway::pipeline {

/// Runs the stages one after the other; the first that fails stops the rest, which are then told as skipped (R45, R72).
/// Outcomes are added to the evidence as they come.
void run(stages::Rehearsal& rehearsal, Evidence& evidence);

}  // namespace slipway::pipeline
