#include "commands/run.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"

namespace slipway::commands {

Run::Run(EventSink shown)
    : name_(fmt::format("{}-{}", replaceAll(replaceAll(timestampNow(), "-", ""), ":", ""), ::getpid())), shown_(std::move(shown)) {}

void Run::begin(const std::string& root) {
    if (!log_) log_.emplace(root, name_);
}

EventSink Run::sink() {
    return [this](const Event& event) {
        if (log_) log_->write(event);
        if (shown_) shown_(event);
    };
}

std::string Run::logFile() const { return log_ ? log_->file() : ""; }
std::string Run::logProblem() const { return log_ ? log_->problem() : ""; }

}  // namespace slipway::commands
