// What the scripts of a release do to a database, statement by statement.
#pragma once

#include <string>
#include <vector>

#include "model/change.h"
#include "model/effect.h"
#include "model/finding.h"
#include "model/script.h"
#include "model/statement.h"

namespace slipway {

struct JudgedStatement {
    Statement statement;
    StatementEffects effects;
    std::vector<Change> changes;
    int segment = 1;       ///< of its script's plan, from 1
    bool refused = false;  ///< a finding says that it cannot run
};

struct JudgedScript {
    std::string id;  ///< the version; of a repeatable "R Refresh views", of any other file its name
    ScriptText script;
    std::vector<JudgedStatement> statements;
    std::vector<Finding> findings;  ///< by place
};

struct ReleaseEffects {
    int serverVersion = 0;  ///< major: what it is told for, or what it was seen on
    std::vector<JudgedScript> scripts;

    /// Whether all of it can run.
    bool passed() const;
};

}  // namespace slipway
