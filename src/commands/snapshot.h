// slipway snapshot: the catalog of an environment's database, for `slipway check --catalog`.
#pragma once

#include "commands/target.h"
#include "model/snapshot.h"

namespace slipway::commands {

/// Reads the catalog as inspect() does, the server's version, and which migration it stands at.
Snapshot snapshot(const Common& common, const EventSink& sink);

}  // namespace slipway::commands
