// slipway status: where each change is on its way to production.
#pragma once

#include "commands/project.h"
#include "model/event.h"

namespace slipway::commands {

/// A change in one environment.
struct Place {
    std::string state;  ///< Flyway's word; "" when the environment could not be reached
    std::string since;  ///< when it was applied there; "" when it was not
};

struct StatusReport {
    struct Column {
        std::string environment;
        std::string version;   ///< highest applied
        std::string problem;   ///< why it could not be asked; "" when it could
        int pending = 0;
    };
    struct Row {
        std::string id;
        std::string description;
        std::vector<Place> places;  ///< one an environment
    };
    struct Proof {
        std::string operation;  ///< "rehearsal" or "deployment"
        std::string at;
        std::string environment;
        std::string verdict;
        std::vector<std::string> stages;  ///< "rollback-test: 7 migrations undone ..."
        std::string file;
    };
    std::vector<Column> environments;
    std::vector<Row> changes;
    std::vector<Proof> proofs;  ///< the newest rehearsals and deployments of this checkout, newest first
};

/// Asks every environment in turn; one that cannot be reached is told, not fatal.
StatusReport status(const Common& common, size_t mostProofs, const EventSink& sink);

}  // namespace slipway::commands
