// A plan, for programs and for `migrate --plan`.
#pragma once

#include <string>

#include "model/plan.h"

namespace slipway::reports {

std::string planJson(const Plan& plan);

}  // namespace slipway::reports
