#include "apply/remains.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "model/plan.h"

namespace slipway::apply {

namespace {

constexpr size_t mostShown = 5;

/// "create table on line 1, insert on line 2 (3 rows)"; lines are those of the file as it was then.
std::string statementsOf(const JournalRow& row) {
    std::vector<std::string> parts;
    int64_t more = 0;
    for (const nlohmann::json& entry : nlohmann::json::parse(row.statements)) {
        if (entry.contains("more") || parts.size() == mostShown) {
            more += entry.value("more", int64_t{1});
            continue;
        }
        const int64_t rows = entry.value("rows", int64_t{0});
        parts.push_back(fmt::format("{} on line {}{}", replaceAll(entry.value("kind", "statement"), "_", " "), entry.value("line", 0),
                                    rows > 0 ? " (" + count(rows, "row") + ")" : ""));
    }
    if (more > 0) parts.push_back(fmt::format("and {} more", more));
    return join(parts, ", ");
}

/// What lasts of one segment, after the last that was written about it; "" for nothing.
std::string remainOf(const JournalRow& row) {
    const bool backfill = row.kind == nameOf(SegmentKind::backfill);
    if (row.state == "done") {
        const std::string statements = statementsOf(row);
        return statements.empty() ? backfill ? "the backfill" : "done" : statements;
    }
    if (backfill) return row.state == "started" && !row.facts.empty() ? "those batches of the backfill that were done" : "";
    if (row.state == "started") return "under way when it stopped: look what is there";
    return row.kind == nameOf(SegmentKind::opaque) ? "failed: what it committed before" : "";
}

}  // namespace

std::optional<Finding> remainsOf(const std::string& script, const std::string& file, const std::vector<JournalRow>& journal) {
    const Resumed stopped{0, journal};
    std::vector<std::string> segments;
    for (int segment = 1; !journal.empty() && segment <= journal.back().segments; segment++) {
        const JournalRow* last = stopped.lastOf(segment);
        const std::string remain = last ? remainOf(*last) : "";
        if (!remain.empty()) segments.push_back(fmt::format("segment {} of {}: {}", segment, journal.back().segments, remain));
    }
    if (segments.empty()) return std::nullopt;
    return Finding{"half-done-stays", Severity::warning, file, 0, 0,
                   fmt::format("the row of {} is gone from the history; what it had done is still in the database\n{}", script, join(segments, "\n")),
                   "take that back by hand before the script runs again, from its first statement; the log of its run has the SQL"};
}

}  // namespace slipway::apply
