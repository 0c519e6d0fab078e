#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::CreateIndex>(view, [&](const change::CreateIndex& index, const Change& change) {
        if (index.constantKey)
            found.add(view, change, index.table, fmt::format("the predicate leaves {} one value, so as a key it sorts nothing", index.columns.front()),
                      "index a column by which these rows are looked for");
    });
}

static constexpr Example bad[] = {
    {"CREATE INDEX CONCURRENTLY ON orders (state) WHERE state = 'open';"},
};
static constexpr Example good[] = {
    {"CREATE INDEX CONCURRENTLY ON orders (placed_at) WHERE state = 'open';"},
};

extern const Rule rule_constant_index = {
    .id = "constant-index",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "the only key of a partial index has one value",
    .because = "Where the predicate leaves the key a single value, the key sorts nothing: the index is a list "
               "of rows that says what its predicate says.",
    .instead = "Index a column by which the rows of that kind are looked for.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
