// The port of the stages: what a rehearsal does one after the other. One file a stage, gathered by CMake.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "apply/migrate.h"
#include "data/digest.h"
#include "data/reconcile.h"
#include "model/catalog.h"
#include "model/evidence.h"

namespace slipway::stages {

/// A disposable database in the environment's applied state, connected. It ends with this object.
class Ground {
  public:
    virtual ~Ground() = default;
    virtual apply::Site& site() = 0;
    virtual const std::string& describe() const = 0;  ///< "a clone of shop_dev", "shop_dev rebuilt from its history"
};

/// What a database held at one moment.
struct Picture {
    Catalog catalog;
    data::RowsDigest rows;
};

/// What the stages of one rehearsal share. Each leaves here what later ones need.
struct Rehearsal {
    std::function<std::unique_ptr<Ground>()> fresh;  ///< another clone, in the state before the release
    apply::MigrateOptions options;
    EventSink sink;

    std::unique_ptr<Ground> ground;         ///< of all stages but dry-run
    std::vector<Declarations> declared;     ///< by the migrations that were run
    std::vector<std::string> scripts;       ///< their labels
    std::vector<std::string> versions;      ///< of the versioned ones among them
    std::optional<std::string> irreversible;  ///< why there is no way back, when one of them says so
    Picture before;
    data::Snapshot rowsBefore;
};

struct Stage {
    const char* name;
    int order;
    const char* describes;  ///< one line for people
    /// Never throws for what the migrations did wrong: that is the outcome. Errors of the outside world pass through.
    StageOutcome (*run)(Rehearsal&);
};

/// The stages as CMake gathers them from the files of this folder, in no order.
std::span<const Stage* const> stageTable();

/// All stages in the order in which they run.
std::vector<const Stage*> allStages();

/// Catalog and rows as they are now, without the history and Slipway's schema.
Picture pictureOf(apply::Site& site);

/// An Error of a migration's script as a finding.
Finding findingOf(const Error& error);

/// Whether an Error is the script's own (its SQL, a check, a plan that cannot be made), not the outside world's.
bool blames(const Error& error);

}  // namespace slipway::stages
