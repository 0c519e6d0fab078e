// The way back from a migration, as far as it follows from what the migration does.
#pragma once

#include <string>
#include <vector>

#include "model/release_effects.h"

namespace slipway::analysis {

struct DerivedUndo {
    std::vector<std::string> statements;  ///< in the order in which they run, each with its semicolon
    std::vector<std::string> gaps;        ///< why there is no whole way back: "line 3: the rows of public.items are gone"
    bool whole() const { return gaps.empty(); }
};

/// What takes `script` back, last statement first. Nothing that is there before is guessed: what a statement overwrites
/// or destroys is a gap.
DerivedUndo deriveUndo(const JudgedScript& script);

}  // namespace slipway::analysis
