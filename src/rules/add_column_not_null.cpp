#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AddColumn>(view, [&](const change::AddColumn& add, const Change& change) {
        const ColumnChange& column = add.column;
        if (add.existed || !add.table.inUse() || !column.notNull || column.hasDefault || !column.generated.empty() || column.primaryKey) return;
        found.add(view, change, add.table, fmt::format("{} gets a column that must not be null and has no default: the statement fails as soon as there is one row", add.table.name),
                  "give it a constant default, which costs nothing since PostgreSQL 11; or add it nullable and fill it in batches");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD COLUMN channel text NOT NULL;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT 'web';"},
    {"ALTER TABLE orders ADD COLUMN channel text;"},
};

extern const Rule rule_add_column_not_null = {
    .id = "add-column-not-null",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a NOT NULL column is added without a default",
    .because = "ADD COLUMN ... NOT NULL fails as soon as the table holds one row: it passes on the empty "
               "database of a test and fails in production.",
    .instead = "Give it a constant default; or add it nullable, fill it in batches, and set NOT NULL behind a "
               "validated check.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
