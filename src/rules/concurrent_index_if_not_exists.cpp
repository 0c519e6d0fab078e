#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::CreateIndex>(view, [&](const change::CreateIndex& index, const Change& change) {
        if (index.concurrently && index.ifNotExists && !index.existed)
            found.add(view, change, index.table, "IF NOT EXISTS would take an INVALID index, left by a build that failed, for the one that is wanted", "leave IF NOT EXISTS out");
    });
}

static constexpr Example bad[] = {
    {"CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_placed ON orders (placed_at);"},
};
static constexpr Example good[] = {
    {"CREATE INDEX CONCURRENTLY orders_placed ON orders (placed_at);"},
};

extern const Rule rule_concurrent_index_if_not_exists = {
    .id = "concurrent-index-if-not-exists",
    .category = Category::review,
    .severity = Severity::note,
    .finds = "IF NOT EXISTS on a concurrent index hides a failed build",
    .because = "A concurrent build that failed leaves an INVALID index of that name. IF NOT EXISTS takes it "
               "for the real one, and the table stays without an index for queries. Slipway drops what its "
               "own failed build left; other runners do not.",
    .instead = "Leave IF NOT EXISTS out, or drop the invalid index first.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
