// Findings, for people and for programs.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "cli/terminal.h"
#include "model/finding.h"

namespace slipway::cli {

void printFindings(const std::vector<Finding>& findings, Terminal& terminal);
nlohmann::ordered_json findingsJson(const std::vector<Finding>& findings);

}  // namespace slipway::cli
