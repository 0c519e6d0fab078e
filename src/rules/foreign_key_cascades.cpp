#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AddConstraint>(view, [&](const change::AddConstraint& key, const Change& change) {
        if (key.type == ConstraintType::foreignKey && key.onDelete == 'c')
            found.add(view, change, key.table, fmt::format("a delete in {} takes rows of {} along", key.referenced ? key.referenced->name : "the other table", key.table.name), "see that this is meant, and that an index serves it");
    });
}

static constexpr Example bad[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id) ON DELETE CASCADE);\n"
    "CREATE INDEX ON carts (customer_id);"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id));\n"
    "CREATE INDEX ON carts (customer_id);"},
};

extern const Rule rule_foreign_key_cascades = {
    .id = "foreign-key-cascades",
    .category = Category::review,
    .severity = Severity::note,
    .finds = "deleting a row deletes rows of another table, too",
    .because = "ON DELETE CASCADE takes rows along without a word; of a large table it may take minutes, in "
               "the transaction of a single DELETE.",
    .instead = "Say in the migration that it is meant; or let the application delete in batches.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
