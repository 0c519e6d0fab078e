// The answer that all reports give alike.
#pragma once

#include <cstdint>
#include <string>

#include "model/release_effects.h"

namespace slipway::reports {

/// What a release comes to.
struct Tally {
    int64_t statements = 0;  ///< without BEGIN and COMMIT
    int64_t uncertain = 0;   ///< of these, those that may do more than is known
    int64_t errors = 0, warnings = 0, notes = 0;

    /// "2 errors, 1 warning"; "" for none.
    std::string findings() const;
};

Tally tallyOf(const ReleaseEffects& release);

/// "PASS: 7 statements can run on PostgreSQL 15; 1 warning." Errors make it FAIL; warnings and notes do not.
std::string verdictOf(const ReleaseEffects& release);

/// Whether a report shows the statement: BEGIN and COMMIT say nothing about what happens.
bool isShown(const JudgedStatement& statement);

}  // namespace slipway::reports
