#include "base/clock.h"

#include <regex>
#include <thread>

namespace slipway {
namespace {

TEST(Clock, DurationsAreShownAsPeopleSayThem) {
    auto shown = [](int64_t ms) { return showDuration(Milliseconds(ms)); };
    EXPECT_EQ(shown(0), "0 ms");
    EXPECT_EQ(shown(999), "999 ms");
    EXPECT_EQ(shown(1000), "1.0 s");
    EXPECT_EQ(shown(1449), "1.4 s");
    EXPECT_EQ(shown(59'999), "59.9 s") << "never 60.0 s";
    EXPECT_EQ(shown(60'000), "1 min 0 s");
    EXPECT_EQ(shown(125'900), "2 min 5 s");
    EXPECT_EQ(shown(3'599'999), "59 min 59 s");
    EXPECT_EQ(shown(3'600'000), "1 h 0 min");
    EXPECT_EQ(shown(11'520'000), "3 h 12 min");
    EXPECT_EQ(shown(360'000'000), "100 h 0 min");
}

TEST(Clock, DurationsAreReadInTheirUnits) {
    auto read = [](const char* text) { return parseDuration(text).value_or(Milliseconds(-1)).count(); };
    EXPECT_EQ(read("500ms"), 500);
    EXPECT_EQ(read("2s"), 2000);
    EXPECT_EQ(read("2 sec"), 2000);
    EXPECT_EQ(read(" 5 min "), 300'000);
    EXPECT_EQ(read("5m"), 300'000);
    EXPECT_EQ(read("1h"), 3'600'000);
    EXPECT_EQ(read("10"), 10'000);
    EXPECT_EQ(read("0"), 0);
    EXPECT_EQ(read("5MIN"), 300'000);
    EXPECT_EQ(read("1000000000h"), 3'600'000'000'000'000);
}

TEST(Clock, WhatIsNoDurationDoesNotParse) {
    for (const char* text : {"", " ", "s", "ms", "-1s", "+1s", "1.5s", "1,5s", "1d", "1h30m", "5 minutes please", "0x10", "1e3",
                             "1000000001", "99999999999999999999", "1 2"})
        EXPECT_FALSE(parseDuration(text)) << text;
}

TEST(Clock, TimeStampsAreUtcAndSort) {
    const std::string before = timestampNow();
    std::this_thread::sleep_for(Milliseconds(2));
    const std::string after = timestampNow();
    EXPECT_TRUE(std::regex_match(before, std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"))) << before;
    EXPECT_LT(before, after);
}

TEST(Clock, TheTimeZoneOfTheUserDoesNotMatter) {
    const char* before = ::getenv("TZ");
    const std::string zone = before ? before : "";
    ::setenv("TZ", "Pacific/Kiritimati", 1);  // UTC+14: the hour is always another one
    ::tzset();
    const std::string elsewhere = versionNow();
    before ? ::setenv("TZ", zone.c_str(), 1) : ::unsetenv("TZ");
    ::tzset();
    const std::string stamp = timestampNow();
    EXPECT_TRUE(std::regex_match(elsewhere, std::regex(R"(\d{14})"))) << elsewhere;
    // Between the two calls the hour may have changed, but not by fourteen.
    const int difference = std::stoi(stamp.substr(11, 2)) - std::stoi(elsewhere.substr(8, 2));
    EXPECT_TRUE(difference == 0 || difference == 1 || difference == -23) << stamp << " " << elsewhere;
}

TEST(Clock, AStopwatchCounts) {
    const Stopwatch watch;
    std::this_thread::sleep_for(Milliseconds(5));
    EXPECT_GE(watch.elapsed(), Milliseconds(5));
}

}  // namespace
}  // namespace slipway
