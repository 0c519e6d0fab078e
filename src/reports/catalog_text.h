// A catalog, for people.
#pragma once

#include <string>

#include "model/catalog.h"

namespace slipway::reports {

/// A listing: for each table its columns, constraints, indexes and the rest, then everything else. What has its default
/// is not mentioned.
std::string catalogText(const Catalog& catalog);

}  // namespace slipway::reports
