// slipway deploy: a release to one environment, with its checks and the data compared.
#pragma once

#include "commands/info.h"
#include "commands/migrate.h"
#include "model/evidence.h"

namespace slipway::commands {

struct DeployRequest {
    Common common;  ///< with the environment
    std::optional<std::string> target;
    std::optional<Milliseconds> wait;
    Run& run;
};

struct Deployed {
    Evidence evidence;
    apply::MigrateResult result;
    std::string environment;
    std::string database;
    std::vector<InfoLine> last;  ///< the last rows of the history
    std::string next;            ///< the environment after this one; "" for the last
    std::string file;            ///< the evidence
};

/// Refuses what has not been through the environment before with the same content, marks the database at the first
/// deployment, migrates (with the declared checks), and compares what the migrations declare before and after.
Deployed deploy(const DeployRequest& request);

}  // namespace slipway::commands
