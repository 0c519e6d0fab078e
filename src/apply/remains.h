// What a script that stopped half way has left in the database, as its journal tells it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/finding.h"
#include "model/history.h"

namespace slipway::apply {

/// A warning that names the segments of `script` ("V5 Add index") that last although its row goes: whoever runs it again
/// meets them. None when the journal knows of nothing that lasts.
std::optional<Finding> remainsOf(const std::string& script, const std::string& file, const std::vector<JournalRow>& journal);

}  // namespace slipway::apply
