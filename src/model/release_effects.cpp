#include "model/release_effects.h"

#include <algorithm>

namespace slipway {

bool ReleaseEffects::passed() const {
    return std::ranges::none_of(scripts, [](const JudgedScript& script) {
        return std::ranges::any_of(script.findings, [](const Finding& f) { return f.severity == Severity::error; });
    });
}

}  // namespace slipway
