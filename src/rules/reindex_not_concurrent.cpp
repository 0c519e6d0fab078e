#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::Reindex>(view, [&](const change::Reindex& reindex, const Change& change) {
        if (reindex.concurrently || reindex.scope == "system" || (reindex.table.known && !reindex.table.inUse())) return;
        const std::string table = reindex.table.name.empty() ? "the tables" : reindex.table.name;
        found.add(view, change, reindex.table,
                  fmt::format("REINDEX takes SHARE on {} and ACCESS EXCLUSIVE on the index: it blocks writes, and reads that would use the index, until it is built", table),
                  "REINDEX ... CONCURRENTLY lets reads and writes go on");
    });
}

static std::optional<Fix> fix(const JudgedStatement& statement) {
    if (!onlyChange<change::Reindex>(statement)) return std::nullopt;
    return Fix{.edit = Fix::Edit::concurrently};
}

static constexpr Example bad[] = {
    {"REINDEX INDEX orders_state_idx;"},
    {"REINDEX TABLE orders;"},
};
static constexpr Example good[] = {
    {"REINDEX INDEX CONCURRENTLY orders_state_idx;"},
    {"REINDEX TABLE CONCURRENTLY orders;"},
};

extern const Rule rule_reindex_not_concurrent = {
    .id = "reindex-not-concurrent",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "indexes are built anew without CONCURRENTLY",
    .because = "REINDEX takes SHARE on the table, which blocks writes, and ACCESS EXCLUSIVE on the index, "
               "which blocks every query whose planning looks at it.",
    .instead = "REINDEX ... CONCURRENTLY (since 12), which runs outside of a transaction.",
    .bad = bad,
    .good = good,
    .statement = check,
    .fix = fix};

}  // namespace slipway::rules
