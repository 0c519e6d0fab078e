#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AddColumn>(view, [&](const change::AddColumn& add, const Change& change) {
        const ColumnChange& column = add.column;
        if (add.existed || !add.table.inUse()) return;
        const char* cause = column.serial ? "a serial column takes each value from a sequence" : column.identity ? "an identity column takes each value from a sequence"
                            : column.generated == "STORED" ? "a stored generated column is computed for each row" : column.defaultVolatile ? "the default is volatile and so differs from row to row"
                            : column.domainConstrained ? "the constraint of its domain is checked for each row" : nullptr;
        if (!cause || (add.table.known && !view.rewrites(add.table) && add.table.kind == RelationKind::table)) return;
        found.add(view, change, add.table, fmt::format("ACCESS EXCLUSIVE on {} blocks reads and writes while every row is written anew: {}", add.table.name, cause),
                  "add the column without it, set the default for rows to come, and fill the old rows in batches (slipway's [backfill])");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();"},
    {"ALTER TABLE orders ADD COLUMN n bigserial;"},
    {"ALTER TABLE customers ADD COLUMN n integer GENERATED ALWAYS AS IDENTITY;"},
    {"ALTER TABLE orders ADD COLUMN gross numeric GENERATED ALWAYS AS (total * 1.2) STORED;"},
    {"ALTER TABLE orders ADD COLUMN tip price;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD COLUMN token uuid;\n"
    "ALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid();"},
    {"ALTER TABLE orders ADD COLUMN seen timestamptz DEFAULT now();"},
    {"ALTER TABLE orders ADD COLUMN gross numeric GENERATED ALWAYS AS (total * 1.2) VIRTUAL;", 18},
};

extern const Rule rule_add_column_rewrites = {
    .id = "add-column-rewrites",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a new column rewrites the table",
    .because = "A value that differs from row to row (a volatile default, serial, identity, a stored "
               "generated column) and a domain with a constraint make the server write every row anew under "
               "ACCESS EXCLUSIVE: nobody can read or write meanwhile. A constant default costs nothing since "
               "PostgreSQL 11; before, it rewrote the table, too.",
    .instead = "Add the column without it, SET DEFAULT for rows to come, and fill the old rows in batches.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
