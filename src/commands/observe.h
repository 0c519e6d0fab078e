// slipway observe: what each pending statement does, seen on a disposable copy.
#pragma once

#include "commands/ground.h"
#include "commands/run.h"
#include "model/release_effects.h"

namespace slipway::commands {

struct ObserveRequest {
    Common common;
    std::optional<std::string> target;
    Copy copy = Copy::automatic;
    Run& run;
};

/// Runs what is pending in the environment on a disposable copy of its database, each statement in a transaction of its
/// own. Nothing of the database itself is changed. Throws what Grounds and planning throw, and the error of a statement
/// that fails, with its place.
ReleaseEffects observe(const ObserveRequest& request);

}  // namespace slipway::commands
