// slipway rehearse: the five stages on a disposable copy.
#pragma once

#include "commands/ground.h"
#include "commands/run.h"
#include "model/evidence.h"

namespace slipway::commands {

struct RehearseRequest {
    Common common;
    std::optional<std::string> target;
    Copy copy = Copy::automatic;
    Run& run;
};

struct Rehearsed {
    Evidence evidence;
    std::vector<std::string> scripts;
    std::string file;  ///< where the evidence was written; "" when it could not be
};

/// Nothing of the environment's own database is changed. The evidence is written below .slipway/evidence, named by its
/// digest.
Rehearsed rehearse(const RehearseRequest& request);

}  // namespace slipway::commands
