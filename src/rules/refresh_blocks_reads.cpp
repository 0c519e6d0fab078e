#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::RefreshView>(view, [&](const change::RefreshView& refresh, const Change& change) {
        if (refresh.concurrently || !refresh.view.inUse() || !refresh.populated) return;
        found.add(view, change, refresh.view, fmt::format("ACCESS EXCLUSIVE on {} blocks its readers until the query has run", refresh.view.name),
                  refresh.uniqueIndex ? "REFRESH MATERIALIZED VIEW CONCURRENTLY" : "give it a unique index, then REFRESH MATERIALIZED VIEW CONCURRENTLY");
    });
}

static std::optional<Fix> fix(const JudgedStatement& statement) {
    const auto* refresh = onlyChange<change::RefreshView>(statement);
    if (!refresh || !refresh->uniqueIndex) return std::nullopt;
    return Fix{.edit = Fix::Edit::concurrently};
}

static constexpr Example bad[] = {
    {"CREATE UNIQUE INDEX CONCURRENTLY totals_customer ON totals (customer_id);\nREFRESH MATERIALIZED VIEW totals;"},
    {"REFRESH MATERIALIZED VIEW totals;"},
};
static constexpr Example good[] = {
    {"CREATE MATERIALIZED VIEW sums AS SELECT sum(total) FROM orders WITH NO DATA;\n"
    "REFRESH MATERIALIZED VIEW sums;"},
};

extern const Rule rule_refresh_blocks_reads = {
    .id = "refresh-blocks-reads",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a materialized view is refreshed without CONCURRENTLY",
    .because = "REFRESH MATERIALIZED VIEW takes ACCESS EXCLUSIVE on it: its readers wait until the query has "
               "run.",
    .instead = "REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index without a predicate on it.",
    .bad = bad,
    .good = good,
    .statement = check,
    .fix = fix};

}  // namespace slipway::rules
