// The project a command works on: configuration, layout, files.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "changelogs/layout.h"
#include "model/event.h"
#include "model/migration.h"
#include "model/settings.h"

namespace slipway::commands {

/// What every command about a project takes.
struct Common {
    std::string folder;                      ///< --project; empty: the working directory
    std::optional<std::string> configFile;   ///< --config
    std::optional<std::string> environment;  ///< --env; none: the first
    std::optional<std::string> url;          ///< --url: overrides the environment's database
};

struct Project {
    Settings settings;
    const changelogs::Layout* layout = nullptr;
    Changelog changelog;
};

/// Reads configuration and files. Throws what config::load and the layout throw.
Project openProject(const Common& common);

/// Chooses the layout and reads the files of a project whose settings are there.
void readFiles(Project& project);

/// Tells what was noticed in the files and is no error: a name that means nothing, a folder that is not there.
void tellNotes(const Project& project, const EventSink& sink);

/// Configuration alone, for commands that look at no migration.
Settings openSettings(const Common& common);

/// The environment that --env names, or the first. Throws "environment-unknown" (usage) with the nearest name.
const Environment& chooseEnvironment(const Settings& settings, const std::optional<std::string>& name);

/// The environment before this one on the way to production; nullptr for the first.
const Environment* environmentBefore(const Settings& settings, const Environment& environment);

}  // namespace slipway::commands
