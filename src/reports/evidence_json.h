// Evidence as a canonical JSON document: keys sorted, no white space, so that its SHA-256 means something.
#pragma once

#include <string>

#include "model/evidence.h"

namespace slipway::reports {

std::string evidenceJson(const Evidence& evidence);

}  // namespace slipway::reports
