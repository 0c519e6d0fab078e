// What a release does, for people.
#pragma once

#include <string>

#include "model/release_effects.h"

namespace slipway::reports {

/// Each statement with its strongest lock in words, what cannot run, and which table the release as a whole locks how
/// strongly. Lines fit into 100 columns.
std::string checkText(const ReleaseEffects& release);

}  // namespace slipway::reports
