#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AddColumn>(view, [&](const change::AddColumn& add, const Change& change) {
        if (add.existed || !add.table.inUse() || !add.column.check) return;
        found.add(view, change, add.table, fmt::format("ACCESS EXCLUSIVE on {} blocks reads and writes while the whole table is read for the check of the new column", add.table.name),
                  "add the check NOT VALID in a statement of its own and validate it in another transaction");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD COLUMN weight integer CHECK (weight > 0);"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD COLUMN weight integer;\n"
    "ALTER TABLE orders ADD CONSTRAINT heavy CHECK (weight > 0) NOT VALID;"},
};

extern const Rule rule_add_column_check_scan = {
    .id = "add-column-check-scan",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a new column brings a check that reads the table",
    .because = "The check of a new column is proved for all rows that are there, under ACCESS EXCLUSIVE, even "
               "where all of them hold NULL.",
    .instead = "Add the column, then the check NOT VALID, then VALIDATE CONSTRAINT in another transaction.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
