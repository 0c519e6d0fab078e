// What a stage saw.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "model/finding.h"

namespace slipway {

/// The outcome of one stage of a rehearsal or deployment. `facts` are printed and stored in their order.
struct StageOutcome {
    std::string stage;
    std::string outcome = "ok";  ///< ok, failed, skipped
    std::string summary;         ///< one line for people
    std::vector<Finding> findings;
    std::vector<std::pair<std::string, std::string>> facts;  ///< "catalog before" -> digest, "rows updated" -> "50,000"
    Milliseconds took{0};
    bool passed() const { return outcome != "failed"; }
};

/// All stages of one run, with what they ran on.
struct Evidence {
    std::string operation;      ///< "rehearsal" or "deployment"
    std::string run;            ///< time stamp and process: unique
    std::string environment;
    std::string server;
    std::string planDigest;
    std::string startedAt;
    std::vector<StageOutcome> stages;
    bool passed() const {
        for (const StageOutcome& stage : stages)
            if (!stage.passed()) return false;
        return true;
    }
};

}  // namespace slipway
