#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::Skipped>(view, [&](const change::Skipped& skipped, const Change& change) {
        found.add(view, change, fmt::format("this passes over {}", skipped.what), "leave IF [NOT] EXISTS out, so that a wrong name or shape is an error");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders DROP COLUMN IF EXISTS remark;"},
    {"CREATE TABLE IF NOT EXISTS orders (id text);"},
    {"DROP TRIGGER IF EXISTS nothing ON orders;"},
};
static constexpr Example good[] = {
    {"CREATE TABLE IF NOT EXISTS carts (id bigint PRIMARY KEY);"},
};

extern const Rule rule_skipped = {
    .id = "skipped",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "IF EXISTS or IF NOT EXISTS makes the statement do nothing",
    .because = "What is not there is not dropped, and what is there is not made, whatever its shape: the "
               "migration passes, and nobody learns that it hit the wrong table.",
    .instead = "Leave it out, and assert with a [[pre]] check what must be there.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
