// A plan, for people.
#pragma once

#include <string>

#include "model/plan.h"

namespace slipway::reports {

/// The exact SQL, segment by segment, as a script with comments.
std::string planText(const Plan& plan);

}  // namespace slipway::reports
