#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AddConstraint>(view, [&](const change::AddConstraint& key, const Change& change) {
        if (key.type != ConstraintType::foreignKey || !key.withTable || !key.referenced || !key.referenced->inUse()) return;
        if (key.referenced->name == key.table.name) return;
        found.add(view, change, *key.referenced, fmt::format("SHARE ROW EXCLUSIVE on {} blocks writes to it until the transaction ends", key.referenced->name),
                  "keep what follows in the transaction short");
    });
}

static constexpr Example bad[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id));\n"
    "CREATE INDEX ON carts (customer_id);"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY);\n"
    "CREATE TABLE cart_items (id bigint PRIMARY KEY, cart_id bigint REFERENCES carts (id));\n"
    "CREATE INDEX ON cart_items (cart_id);"},
};

extern const Rule rule_locks_referenced_table = {
    .id = "locks-referenced-table",
    .category = Category::safety,
    .severity = Severity::note,
    .finds = "a new table locks the table that it references",
    .because = "A foreign key in CREATE TABLE takes SHARE ROW EXCLUSIVE on the referenced table until the "
               "transaction ends: writes to it wait. It is short, unless something long follows, or a long "
               "transaction on that table makes it wait, with every write behind it.",
    .instead = "Keep the transaction short and let a lock_timeout be in force; Slipway sets one.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
