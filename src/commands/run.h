// One run of a command: its name, its log, and whoever watches.
#pragma once

#include <optional>
#include <string>

#include "model/event.h"
#include "store/run_log.h"

namespace slipway::commands {

/// Events go to the log below the project's folder and to the one who shows them. Until begin() has told where the
/// project lies they are only shown.
class Run {
  public:
    explicit Run(EventSink shown = {});
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    void begin(const std::string& root);
    const std::string& name() const { return name_; }  ///< unique on this machine: "20260401T120000.123Z-4711"
    EventSink sink();                                  ///< valid as long as this object
    std::string logFile() const;                       ///< "" while nothing was logged
    std::string logProblem() const;                    ///< why nothing can be logged; "" when all is well

  private:
    std::string name_;
    EventSink shown_;
    std::optional<store::RunLog> log_;
};

}  // namespace slipway::commands
