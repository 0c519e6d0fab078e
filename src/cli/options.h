// The options that most verbs share.
#pragma once

#include "cli/terminal.h"
#include "commands/project.h"

namespace CLI {
class App;
class Option;
}

namespace slipway::cli {

/// --project, --config.
void addProject(CLI::App& app, commands::Common& common);

/// --env, --url.
void addDatabase(CLI::App& app, commands::Common& common);

/// --project, --config, --format; with `database` also --env and --url.
void addCommon(CLI::App& app, commands::Common& common, Terminal& terminal, bool database = true);

/// An option that takes a duration such as 5m or 500ms.
CLI::Option* addDuration(CLI::App& app, const std::string& name, std::optional<Milliseconds>& into, const std::string& help);

/// Prints warnings of the configuration to standard error.
void printWarnings(const std::vector<std::string>& warnings, Terminal& terminal);

}  // namespace slipway::cli
