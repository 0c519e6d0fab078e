#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::Write>(view, [&](const change::Write& write, const Change& change) {
        if (!write.whole || !write.table.inUse()) return;
        found.add(view, change, write.table,
                  fmt::format("{} every row of {}{}: each stays locked against other writers until the transaction ends", write.verb == "delete" ? "deletes" : "updates", write.table.name,
                              write.tautology ? " (its condition is always true)" : ""),
                  "do it in batches along the key: a [backfill] in the .slipway.toml beside the script");
    });
}

static constexpr Example bad[] = {
    {"UPDATE orders SET state = 'open';"},
    {"DELETE FROM items;"},
    {"UPDATE orders SET state = 'open' WHERE true;"},
    {"MERGE INTO orders AS o USING (SELECT 7 AS bonus) AS s ON true WHEN MATCHED THEN UPDATE SET total = o.total + s.bonus;"},
    {"WITH gone AS (DELETE FROM items RETURNING id) SELECT count(*) FROM gone;"},
};
static constexpr Example good[] = {
    {"UPDATE orders SET state = 'open' WHERE id = 7;"},
    {"MERGE INTO orders AS o USING items AS i ON o.id = i.order_id WHEN MATCHED THEN UPDATE SET total = o.total + i.amount;"},
    {"CREATE TABLE carts (id bigint, n int);\nUPDATE carts SET n = 1;"},
};

extern const Rule rule_write_without_where = {
    .id = "write-without-where",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a statement writes every row of a table",
    .because = "One statement locks every row until it commits, writes all of them to the table, its indexes "
               "and the log at once, and leaves the old ones for vacuum. Without WHERE it may also be a "
               "mistake.",
    .instead = "A [backfill] beside the script: batches along the key, each in a transaction of its own.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
