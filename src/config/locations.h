// Folders as the configuration names them.
#pragma once

#include <string>
#include <vector>

#include "config/keys.h"

namespace slipway::config {

/// `path` made absolute from `root`, without "." and "..".
std::string absolutePath(const std::string& root, const std::string& path);

/// A location in Flyway's terms as an absolute folder: filesystem:PATH and classpath:PATH, which is looked for below
/// the root and in src/main/resources, with a warning. A location without a scheme is a folder if there is one, else a
/// class path. Throws "config-location" (usage) for a class path that is nowhere, "config-unsupported" for s3:, gcs:
/// and wildcards.
std::string flywayLocation(const std::string& location, const std::string& root, const Place& place,
                           std::vector<std::string>& warnings);

/// The first of `candidates` that is a folder below `root`, absolute; "" when none is.
std::string firstFolder(const std::string& root, const std::vector<std::string>& candidates);

}  // namespace slipway::config
