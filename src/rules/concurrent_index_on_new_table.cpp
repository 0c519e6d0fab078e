#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::CreateIndex>(view, [&](const change::CreateIndex& index, const Change& change) {
        if (index.concurrently && index.table.fresh)
            found.add(view, change, index.table, fmt::format("{} is made in this release: CONCURRENTLY gains nothing on a table that nobody uses, and cannot be rolled back", index.table.name),
                      "write CREATE INDEX without CONCURRENTLY");
    });
}

static constexpr Example bad[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY, state text);\nCREATE INDEX CONCURRENTLY ON carts (state);"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY, state text);\nCREATE INDEX ON carts (state);"},
    {"CREATE INDEX CONCURRENTLY ON orders (placed_at);"},
};

extern const Rule rule_concurrent_index_on_new_table = {
    .id = "concurrent-index-on-new-table",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "an index is built concurrently on a table of the same release",
    .because = "Nobody uses a table that the release makes, so nothing is gained by CONCURRENTLY: it takes "
               "the script out of its transaction and leaves an INVALID index when it fails.",
    .instead = "A plain CREATE INDEX, in the transaction that makes the table.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
