// What SQL has no words for, declared beside a script: V4__x.slipway.toml.
#pragma once

#include <string>

#include "model/migration.h"

namespace slipway::changelogs {

/// Reads [[pre]], [[post]], [backfill], [[reconcile]] and `irreversible`. Throws "declarations-invalid" (usage) with
/// file, line and column for what is not TOML, of a wrong type, missing, or unknown (naming the nearest known key).
Declarations readDeclarations(const std::string& path, const std::string& shown);

}  // namespace slipway::changelogs
