#include "base/clock.h"

#include <charconv>
#include <ctime>

#include "base/text.h"

namespace slipway {

namespace {
std::tm utcNow(long* milliseconds) {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    std::tm utc{};
    gmtime_r(&now.tv_sec, &utc);
    if (milliseconds) *milliseconds = now.tv_nsec / 1'000'000;
    return utc;
}
}  // namespace

std::string timestampNow() {
    long ms = 0;
    const std::tm t = utcNow(&ms);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday,
                       t.tm_hour, t.tm_min, t.tm_sec, ms);
}

std::string versionNow() {
    const std::tm t = utcNow(nullptr);
    return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour,
                       t.tm_min, t.tm_sec);
}

std::string showDuration(Milliseconds duration) {
    const int64_t ms = duration.count();
    if (ms < 1000) return fmt::format("{} ms", ms);
    if (ms < 60'000) return fmt::format("{}.{} s", ms / 1000, ms / 100 % 10);
    if (ms < 3'600'000) return fmt::format("{} min {} s", ms / 60'000, ms / 1000 % 60);
    return fmt::format("{} h {} min", ms / 3'600'000, ms / 60'000 % 60);
}

std::optional<Milliseconds> parseDuration(std::string_view text) {
    text = trim(text);
    int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || number < 0) return std::nullopt;
    const std::string unit = lower(trim(text.substr(static_cast<size_t>(end - text.data()))));
    static const std::map<std::string, int64_t> units = {{"", 1000},        {"ms", 1},       {"s", 1000},
                                                         {"sec", 1000},     {"min", 60'000}, {"m", 60'000},
                                                         {"h", 3'600'000}};
    const auto found = units.find(unit);
    if (found == units.end() || number > 1'000'000'000) return std::nullopt;
    return Milliseconds(number * found->second);
}

}  // namespace slipway
