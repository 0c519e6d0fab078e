#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::DetachPartition>(view, [&](const change::DetachPartition& detach, const Change& change) {
        if (detach.concurrently || detach.finalize || !detach.parent.inUse()) return;
        const bool can = view.release.serverVersion >= 14 && !detach.hasDefault;
        found.add(view, change, detach.parent, fmt::format("ACCESS EXCLUSIVE on {} blocks reads and writes of all its partitions", detach.parent.name),
                  can ? "DETACH PARTITION ... CONCURRENTLY" : "keep the transaction short and let a short lock_timeout be in force: CONCURRENTLY needs PostgreSQL 14 and no default partition",
                  can ? Severity::error : Severity::warning);
    });
}

static std::optional<Fix> fix(const JudgedStatement& statement) {
    const auto* detach = onlyChange<change::DetachPartition>(statement);
    if (!detach || detach->hasDefault) return std::nullopt;
    return Fix{.edit = Fix::Edit::concurrently};
}

static constexpr Example bad[] = {
    {"ALTER TABLE events DETACH PARTITION events_2025;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE events DETACH PARTITION events_2025 CONCURRENTLY;"},
};

extern const Rule rule_detach_not_concurrent = {
    .id = "detach-not-concurrent",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a partition is detached without CONCURRENTLY",
    .because = "DETACH PARTITION takes ACCESS EXCLUSIVE on the partitioned table: reads and writes of all "
               "partitions wait.",
    .instead = "DETACH PARTITION ... CONCURRENTLY (since 14), where there is no default partition.",
    .bad = bad,
    .good = good,
    .statement = check,
    .fix = fix};

}  // namespace slipway::rules
