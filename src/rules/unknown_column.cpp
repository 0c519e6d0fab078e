#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::Write>(view, [&](const change::Write& write, const Change& change) {
        if (!write.unknownColumns.empty())
            found.add(view, change, write.table, fmt::format("{} has no column {}", write.table.name, listed(write.unknownColumns)), "correct the name, or add the column before");
    });
}

static constexpr Example bad[] = {
    {"UPDATE orders SET remark = 'x' WHERE id = 1;"},
    {"UPDATE orders SET note = first_name WHERE id = 1;"},
    {"DELETE FROM orders WHERE remark IS NULL;"},
    {"INSERT INTO customers (id, mail) VALUES (1, 'a@example.com');"},
};
static constexpr Example good[] = {
    {"UPDATE orders SET note = state WHERE id = 1;"},
    {"UPDATE orders SET note = c.name FROM customers AS c WHERE c.id = customer_id;"},
    {"DELETE FROM orders AS o WHERE o.note IS NULL;"},
    {"UPDATE orders SET note = 'x' WHERE id IN (SELECT order_id FROM items WHERE amount = 0);"},
};

extern const Rule rule_unknown_column = {
    .id = "unknown-column",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a statement names a column that the table does not have",
    .because = "It fails when it runs: in production perhaps after an hour of other work.",
    .instead = "Correct the name, or put the migration that adds the column before this one.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
