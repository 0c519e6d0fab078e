// Comments that ask for a rule to be ignored.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/release_effects.h"

namespace slipway::analysis {

struct Suppression {
    std::string rule;
    std::string reason;               ///< "" when none is given
    std::optional<size_t> statement;  ///< that it is about; none: the whole file
    size_t at = 0;                    ///< where the comment begins: a byte of the script's text
};

/// Those of a script, in order: "-- slipway:ignore RULE[, RULE]: reason" before a statement, or behind it on its last
/// line; "-- slipway:ignore-file ..." anywhere between statements. A comment within a statement counts for nothing.
std::vector<Suppression> suppressionsOf(const JudgedScript& script);

}  // namespace slipway::analysis
