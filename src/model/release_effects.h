// What the scripts of a release do to a database, statement by statement.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/change.h"
#include "model/effect.h"
#include "model/finding.h"
#include "model/migration.h"
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
    std::shared_ptr<const Migration> migration;   ///< whose forward script it is; none of a file by itself
    std::shared_ptr<const JudgedScript> undo;     ///< that migration's undo script: its statements are described, not played
    std::string id;  ///< the version; of a repeatable "R Refresh views", of any other file its name
    ScriptText script;
    std::vector<JudgedStatement> statements;
    std::vector<Finding> findings;  ///< by place
};

struct ReleaseEffects {
    int serverVersion = 0;  ///< major: what it is told for, or what it was seen on
    std::vector<JudgedScript> scripts;
    std::vector<std::string> versions;  ///< of all migrations of the project, as Version::text()
    bool hasUndoScripts = false;        ///< some migration of the project has one

    /// Whether all of it can run.
    bool passed() const;
};

}  // namespace slipway
