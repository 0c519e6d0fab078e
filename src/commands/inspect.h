// slipway inspect: the catalog of an environment's database.
#pragma once

#include "commands/target.h"
#include "model/catalog.h"

namespace slipway::commands {

/// Reads the catalog; the history table and Slipway's schema are left out.
Catalog inspect(const Common& common, const EventSink& sink);

}  // namespace slipway::commands
