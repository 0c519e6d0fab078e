// Finding and reading the configuration.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "model/settings.h"

namespace slipway::config {

using Getenv = std::function<std::optional<std::string>(const std::string&)>;

/// The variables of the process.
std::optional<std::string> processEnvironment(const std::string& name);

/// Reads the project's configuration, looking from `folder` upwards: slipway.toml; with none flyway.toml, then
/// flyway.conf (TOML found: CONF is ignored, as Flyway does); with none of these the defaults: migrations in
/// db/migrations, db/migration, migrations or sql, one environment on embedded:dev. `file` names the configuration
/// file instead of looking for it. FLYWAY_* variables override keys of a Flyway project.
/// Throws "config-*" (usage) with file, line and column; an unknown key names the nearest known one.
Settings load(const std::string& folder, const std::optional<std::string>& file, const Getenv& getenv);

}  // namespace slipway::config
