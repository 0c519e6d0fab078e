#include "reports/evidence_json.h"

#include <nlohmann/json.hpp>

namespace slipway::reports {

std::string evidenceJson(const Evidence& evidence) {
    nlohmann::json document = {{"slipway", 1},         {"operation", evidence.operation}, {"run", evidence.run},           {"environment", evidence.environment},
                               {"server", evidence.server}, {"plan", evidence.planDigest}, {"started_at", evidence.startedAt},
                               {"verdict", evidence.passed() ? "pass" : "fail"}};
    document["stages"] = nlohmann::json::array();
    for (const StageOutcome& stage : evidence.stages) {
        nlohmann::json one = {{"stage", stage.stage}, {"outcome", stage.outcome}, {"summary", stage.summary}, {"ms", stage.took.count()}};
        one["facts"] = nlohmann::json::array();
        for (const auto& [name, value] : stage.facts) one["facts"].push_back({{"name", name}, {"value", value}});
        one["findings"] = nlohmann::json::array();
        for (const Finding& finding : stage.findings)
            one["findings"].push_back({{"rule", finding.rule}, {"severity", nameOf(finding.severity)}, {"file", finding.file}, {"line", finding.line},
                                       {"column", finding.column}, {"message", finding.message}, {"help", finding.help}});
        document["stages"].push_back(std::move(one));
    }
    return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace slipway::reports
