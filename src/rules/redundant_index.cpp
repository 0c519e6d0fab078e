#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::CreateIndex>(view, [&](const change::CreateIndex& index, const Change& change) {
        if (!index.existed && !index.covered.empty())
            found.add(view, change, index.table, fmt::format("{} already begins with the same columns of {}", index.covered, index.table.name), "leave this index out");
    });
}

static constexpr Example bad[] = {
    {"CREATE INDEX CONCURRENTLY customers_email ON customers (email);"},
    {"CREATE TABLE carts (id bigint PRIMARY KEY, email text UNIQUE);\nCREATE INDEX ON carts (email);"},
};
static constexpr Example good[] = {
    {"CREATE INDEX CONCURRENTLY ON customers (name);"},
    {"CREATE INDEX CONCURRENTLY ON orders (state, placed_at);\nDROP INDEX CONCURRENTLY orders_state_idx;"},
    {"CREATE INDEX CONCURRENTLY ON orders (state) WHERE state = 'open' AND note IS NULL;"},
};

extern const Rule rule_redundant_index = {
    .id = "redundant-index",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "an index says nothing that another one does not say already",
    .because = "Each index costs every write. One whose keys another index begins with (a UNIQUE constraint "
               "has an index, too) serves no query that the other could not serve.",
    .instead = "Leave it out; or, where the wider one is new, drop the narrower.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
