// The log of a run: one JSON object a line in .slipway/logs (R97).
#pragma once

#include <memory>
#include <string>

#include "model/event.h"

namespace slipway::store {

/// Writes events as JSON lines. The file is made with the first event, so that a command that does nothing leaves
/// nothing behind. A log that cannot be written (a full disk, a read-only checkout) never stops a release: `problem`
/// then says why.
class RunLog {
  public:
    /// `root` is the project's folder; the file is ROOT/.slipway/logs/NAME.jsonl.
    RunLog(const std::string& root, const std::string& name);
    ~RunLog();
    RunLog(RunLog&&) noexcept;
    RunLog(const RunLog&) = delete;
    RunLog& operator=(const RunLog&) = delete;

    void write(const Event& event);
    const std::string& file() const;     ///< "" while nothing was written
    const std::string& problem() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The folder for Slipway's own files beside the configuration, made with a .gitignore in it.
/// Returns "" when it cannot be made.
std::string ownFolder(const std::string& root, const std::string& name);

}  // namespace slipway::store
