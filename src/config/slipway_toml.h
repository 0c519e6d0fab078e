// slipway.toml: Slipway's own configuration.
#pragma once

#include <string>

#include "config/config.h"

namespace slipway::config {

/// Reads slipway.toml. `root` is the folder it lies in.
Settings readSlipwayToml(const std::string& text, const std::string& shown, const std::string& root,
                         const Getenv& getenv);

}  // namespace slipway::config
