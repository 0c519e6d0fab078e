// Time: stopwatches, time stamps for records, durations for people.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace slipway {

using Milliseconds = std::chrono::milliseconds;

class Stopwatch {
  public:
    Milliseconds elapsed() const {
        return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - start_);
    }

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// UTC with milliseconds: "2026-04-01T12:00:00.123Z".
std::string timestampNow();

/// UTC, fourteen digits, as in the name of a migration: "20260401120000".
std::string versionNow();

/// For people: "8 ms", "1.4 s", "2 min 5 s", "3 h 12 min".
std::string showDuration(Milliseconds duration);

/// "500ms", "2s", "5min", "1h" and a plain number of seconds; nothing else parses.
std::optional<Milliseconds> parseDuration(std::string_view text);

}  // namespace slipway
