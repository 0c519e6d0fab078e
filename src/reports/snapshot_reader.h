// A snapshot as snapshotJson() wrote it, read again.
#pragma once

#include <string>

#include "model/snapshot.h"

namespace slipway::reports {

/// Also what catalogJson() wrote. Throws "snapshot-invalid" (usage) for all else; `shown` is the file's name.
Snapshot readSnapshot(const std::string& text, const std::string& shown);

}  // namespace slipway::reports
