#include "apply/timeouts.h"

#include <charconv>

namespace slipway::apply {

namespace {

/// A duration as SHOW prints it: "0", "500ms", "2s", "1min", "3h", "1d".
Milliseconds shownDuration(const std::string& text) {
    int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, static_cast<size_t>(text.data() + text.size() - end));
    if (unit == "s") number *= 1000;
    if (unit == "min") number *= 60'000;
    if (unit == "h") number *= 3'600'000;
    if (unit == "d") number *= 86'400'000;
    return Milliseconds(problem == std::errc() ? number : 0);
}

Milliseconds tighter(Milliseconds limit, Milliseconds own) {
    if (limit.count() == 0 || own.count() == 0) return std::max(limit, own);
    return std::min(limit, own);
}

}  // namespace

Timeouts sessionTimeouts(postgres::Connection& connection) {
    Timeouts timeouts;
    timeouts.lock = shownDuration(connection.run("SHOW lock_timeout").text(0, 0));
    timeouts.statement = shownDuration(connection.run("SHOW statement_timeout").text(0, 0));
    return timeouts;
}

Timeouts tighter(const Timeouts& limits, const Timeouts& own) {
    return {tighter(limits.lock, own.lock), tighter(limits.statement, own.statement), limits.lockBudget};
}

std::string timeoutSql(const Timeouts& timeouts, const char* scope) {
    return fmt::format("SET {0} lock_timeout = {1}; SET {0} statement_timeout = {2}", scope, timeouts.lock.count(),
                       timeouts.statement.count());
}

}  // namespace slipway::apply
