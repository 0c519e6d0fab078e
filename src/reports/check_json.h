// What a release does, for programs.
#pragma once

#include <functional>
#include <string_view>

#include "model/release_effects.h"

namespace slipway::reports {

/// Writes one JSON document line by line, a statement on each: a large release is never in memory as a whole. The
/// fields are those of docs/reference/json.md.
void writeCheckJson(const ReleaseEffects& release, const std::function<void(std::string_view line)>& write);

}  // namespace slipway::reports
