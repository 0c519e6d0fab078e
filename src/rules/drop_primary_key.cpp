#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    const auto* added = firstOf<change::AddConstraint>(view.judged);
    if (added && added->type == ConstraintType::primaryKey) return;
    each<change::DropConstraint>(view, [&](const change::DropConstraint& drop, const Change& change) {
        const bool byName = !drop.table.known && !drop.type && drop.name.ends_with("_pkey");  // as the server calls one
        if ((drop.type == ConstraintType::primaryKey || byName) && drop.table.inUse())
            found.add(view, change, drop.table, fmt::format("{} is left without a primary key: ON CONFLICT on it fails, and logical replication cannot tell its rows apart", drop.table.name),
                      "build the new key's index concurrently and swap both in one ALTER TABLE");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE customers DROP CONSTRAINT customers_pkey;"},
};
static constexpr Example good[] = {
    {"CREATE UNIQUE INDEX CONCURRENTLY customers_key ON customers (id);\n"
    "BEGIN;\n"
    "ALTER TABLE customers DROP CONSTRAINT customers_pkey, ADD CONSTRAINT customers_pkey PRIMARY KEY USING INDEX customers_key;\n"
    "COMMIT;"},
};

extern const Rule rule_drop_primary_key = {
    .id = "drop-primary-key",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a primary key is dropped",
    .because = "Foreign keys that reference it go or stand in the way, replication loses what identifies a "
               "row, and upserts by ON CONFLICT fail.",
    .instead = "Build the new key first and swap both in one short transaction.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
