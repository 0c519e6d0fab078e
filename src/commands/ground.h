// Where a rehearsal runs: a disposable copy of an environment's database.
#pragma once

#include <memory>

#include "commands/target.h"
#include "stages/stage.h"

namespace slipway::commands {

/// What a rehearsal copies.
enum class Copy {
    automatic,  ///< clone on the embedded server, rebuild for any other
    clone,      ///< CREATE DATABASE ... TEMPLATE on the environment's own server, rows and all
    rebuild     ///< an empty database of the embedded server, brought to the environment's state by its migrations
};

/// Makes grounds for one environment, and must outlive them. A rebuilt ground runs under a role with the
/// environment's user's name that is no superuser unless that one is: privileges fail in production, not in a rehearsal
/// as superuser. Throws "clone-*" as postgres::Clone does, "rebuild-baseline" (no) for a history that starts at a
/// baseline, whose schema no migration here can make.
class Grounds {
  public:
    Grounds(const Common& common, Copy copy, const std::string& run, const EventSink& sink, const std::function<void(Settings&)>& adjust);
    std::unique_ptr<stages::Ground> fresh();
    const Environment& environment() const { return environment_; }
    const std::string& server() const { return server_; }
    const Settings& settings() const { return project_.settings; }

  private:
    std::unique_ptr<stages::Ground> clone();
    std::unique_ptr<stages::Ground> rebuild();

    Project project_;
    Environment environment_;
    std::string run_;
    EventSink sink_;
    postgres::Target address_;
    std::string database_;
    std::string user_;
    std::string server_;
    bool superuser_ = false;
    bool rebuilds_ = false;
    std::vector<HistoryRow> applied_;
};

}  // namespace slipway::commands
