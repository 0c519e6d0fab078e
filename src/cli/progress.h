// What a person sees while a run goes on.
#pragma once

#include "cli/terminal.h"
#include "model/event.h"

namespace slipway::cli {

/// Prints events as they come. `sink()` stays valid as long as this object.
class Progress {
  public:
    explicit Progress(Terminal& terminal) : terminal_(terminal) {}
    EventSink sink();

  private:
    void show(const Event& event);
    void showWaiting(const Event& event);

    Terminal& terminal_;
    std::string script_;
    std::string statement_;
    std::string lastNotice_;
    bool inStage_ = false;
};

/// "1,200 of 50,000 rows, 8,400 rows/s, 6 s to go".
std::string describeProgress(int64_t done, int64_t total, Milliseconds took);

}  // namespace slipway::cli
