// slipway migrate, resume, undo, plan: what users of Flyway type.
#pragma once

#include "apply/migrate.h"
#include "commands/run.h"
#include "commands/target.h"

namespace slipway::commands {

struct MigrateRequest {
    Common common;
    std::optional<std::string> target;
    std::optional<Milliseconds> wait;      ///< for the release lock; none: lockRetryCount seconds
    std::optional<std::string> planFile;   ///< --plan: run exactly this
    Run& run;
    const char* verb = "migrate";
    std::optional<bool> tookEffect;        ///< resume: what somebody says about the statement that was under way
};

struct Migrated {
    apply::MigrateResult result;
    std::string environment;
    std::string database;
    std::string server;
};

Migrated migrate(const MigrateRequest& request);

struct UndoRequest {
    Common common;
    int count = 1;
    std::optional<std::string> target;
    std::optional<Milliseconds> wait;
    Run& run;
};

Migrated undo(const UndoRequest& request);

/// The plan with what it was made for; scripts and statements are in it.
Plan plan(const MigrateRequest& request);

/// How long to wait for the release lock.
Milliseconds waitOf(const std::optional<Milliseconds>& asked, const Settings& settings);

/// Refuses a release whose migrations have not all been through the environment before (R74): read from that
/// environment's own history, not from a local file. Throws "not-through" (no) naming the first one that is missing.
void refuseSkipping(const Project& project, const Environment& environment, const std::vector<apply::Status>& statuses,
                    const EventSink& sink);

}  // namespace slipway::commands
