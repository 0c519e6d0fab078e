// slipway embedded: the private server of a project.
#pragma once

#include "commands/project.h"
#include "model/event.h"

namespace slipway::commands {

struct EmbeddedStatus {
    bool running = false;
    std::string version;
    std::string data;
    std::string socket;
    int postmaster = 0;
    std::string text;  ///< for people
};

EmbeddedStatus embeddedStatus(const Common& common);
EmbeddedStatus stopEmbedded(const Common& common);
EmbeddedStatus removeEmbedded(const Common& common);

/// Starts the server when it does not run; the connection string of its database `name`, for psql and others.
std::string embeddedUrl(const Common& common, const std::string& name, const EventSink& sink);

/// The body of the supervisor process.
int superviseEmbedded(const std::string& folder);

}  // namespace slipway::commands
