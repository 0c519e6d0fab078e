#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AddConstraint>(view, [&](const change::AddConstraint& key, const Change& change) {
        if (!key.mismatched.empty()) found.add(view, change, key.table, fmt::format("the types differ: {}", listed(key.mismatched)), "give both columns the same type");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE items ADD COLUMN customer_id integer;\n"
    "-- file: V3__key.sql\n"
    "ALTER TABLE items ADD FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;\n"
    "CREATE INDEX CONCURRENTLY ON items (customer_id);"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;"},
};

extern const Rule rule_foreign_key_type_mismatch = {
    .id = "foreign-key-type-mismatch",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "a foreign key and what it references have different types",
    .because = "Every check of the key casts, and the narrower side runs out of numbers first.",
    .instead = "Give both the same type.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
