// What stands beside a script in V4__x.sql.conf.
#pragma once

#include <string>

#include "model/migration.h"
#include "model/settings.h"

namespace slipway::changelogs {

/// Reads a script's configuration: executeInTransaction, encoding, placeholderReplacement and shouldExecute (true,
/// false, A==B, A!=B, joined by && and ||, grouped by parentheses; the project's placeholders are filled in first).
/// Throws "script-config-invalid" (usage) with file and line for anything else.
ScriptConfig readScriptConfig(const std::string& path, const std::string& shown, const ProjectSettings& settings);

}  // namespace slipway::changelogs
