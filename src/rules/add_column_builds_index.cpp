#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AddColumn>(view, [&](const change::AddColumn& add, const Change& change) {
        if (add.existed || !add.table.inUse() || !(add.column.unique || add.column.primaryKey)) return;
        found.add(view, change, add.table, fmt::format("ACCESS EXCLUSIVE on {} blocks reads and writes while the index of the new column is built", add.table.name),
                  "add the column alone, build the unique index concurrently, then ADD CONSTRAINT ... USING INDEX");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD COLUMN reference text UNIQUE;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD COLUMN reference text;\n"
    "CREATE UNIQUE INDEX CONCURRENTLY orders_reference ON orders (reference);\n"
    "ALTER TABLE orders ADD CONSTRAINT orders_reference UNIQUE USING INDEX orders_reference;"},
};

extern const Rule rule_add_column_builds_index = {
    .id = "add-column-builds-index",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a new column brings a key whose index is built under ACCESS EXCLUSIVE",
    .because = "UNIQUE or PRIMARY KEY behind a new column builds its index while the table can be neither "
               "read nor written.",
    .instead = "Add the column alone, CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT ... USING INDEX.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
