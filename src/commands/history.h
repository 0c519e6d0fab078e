// slipway baseline, repair, setup and env adopt: what writes the history or Slipway's own schema by hand.
#pragma once

#include "apply/migrate.h"
#include "commands/run.h"
#include "commands/target.h"

namespace slipway::commands {

struct BaselineRequest {
    Common common;
    std::optional<std::string> version;      ///< none: the configured baselineVersion
    std::optional<std::string> description;
    std::optional<std::string> from;         ///< another tool's tracking table
    Run& run;
};

struct Baselined {
    std::string version;
    std::string table;
    int taken = 0;  ///< rows taken over with `from`
};

Baselined baseline(const BaselineRequest& request);

apply::RepairResult repair(const Common& common, Run& run);

struct Setup {
    std::string sql;      ///< what an administrator has to run, whole
    bool applied = false; ///< it was run here (--apply)
    std::string role;
};

/// The SQL that lets `role` (the environment's user by default) work with Slipway in this database.
Setup setup(const Common& common, const std::optional<std::string>& role, bool applyIt, const EventSink& sink);

/// Marks the database that the environment's url leads to as that environment, whatever its mark said before.
/// Returns what the mark said, "" when there was none.
std::string adopt(const Common& common, const std::string& environment, const EventSink& sink);

}  // namespace slipway::commands
