// slipway check: what each statement of a release will do, told without a server.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/check_observe.h"
#include "commands/project.h"
#include "model/release_effects.h"

namespace slipway::commands {

struct CheckRequest {
    Common common;
    std::vector<std::string> files;      ///< none: the project's
    std::optional<std::string> against;  ///< a branch: what this one adds to it is one release
    std::optional<std::string> since;    ///< the last migration that was applied already; none: each is judged by itself
    std::optional<int> serverVersion;    ///< major; none: the snapshot's, else the installed PostgreSQL's
    std::optional<std::string> catalog;  ///< a snapshot to begin with
    Observe observe = Observe::automatic;
    std::optional<Category> only;        ///< of the rules those of this category
};

/// Throws what scriptsToJudge() and readSnapshot() throw. What is wrong with a script is a finding.
ReleaseEffects check(const CheckRequest& request, const EventSink& sink);

}  // namespace slipway::commands
