// What prediction leaves open, settled by running it on the embedded server.
#pragma once

#include "commands/check_scripts.h"
#include "model/release_effects.h"

namespace slipway::commands {

enum class Observe {
    automatic,  ///< where a PostgreSQL of the version in question is installed and something is uncertain
    always,     ///< every statement
    never
};

/// What a scratch database is made from before the scripts run.
struct Ground {
    std::string definitions;  ///< of a snapshot; empty: begins with nothing
    Beginning beginning;
};

/// Runs the scripts on an empty database of the embedded server and puts what was seen in the place of what was
/// predicted: of uncertain statements, or of all. What cannot be observed stays as it was predicted, and `why` says
/// what came between. Throws "observe-version" (usage) for Observe::always where the server is of another version, and
/// what starting one throws.
void settleByObserving(const ScriptsToJudge& scripts, const Ground& ground, const Common& common, Observe observe,
                       ReleaseEffects& release, const EventSink& sink);

}  // namespace slipway::commands
