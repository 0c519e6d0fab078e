#include "model/script.h"

#include <algorithm>

namespace slipway {

Position ScriptText::positionOf(size_t offset) const {
    if (replacements.empty()) return slipway::positionOf(text, offset);
    const auto after = std::ranges::upper_bound(replacements, offset, {}, [](const Replacement& r) { return r.filled.begin; });
    if (after == replacements.begin()) return slipway::positionOf(raw, offset);
    const Replacement& last = *(after - 1);
    if (offset < last.filled.end) return slipway::positionOf(raw, last.raw.begin);
    return slipway::positionOf(raw, last.raw.end + (offset - last.filled.end));
}

}  // namespace slipway
