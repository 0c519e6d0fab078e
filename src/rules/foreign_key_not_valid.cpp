#include "rules/rule.h"

namespace slipway::rules {

/// A new column holds nulls, which reference nothing, unless it has a default.
static bool comesWithValues(const StatementView& view, const change::AddConstraint& key) {
    bool values = false;
    each<change::AddColumn>(view, [&](const change::AddColumn& add, const Change&) {
        values = values || (!add.existed && add.column.hasDefault && add.table.name == key.table.name && key.columns == std::vector<std::string>{add.column.name});
    });
    return values;
}

static void check(const StatementView& view, Found& found) {
    each<change::AddConstraint>(view, [&](const change::AddConstraint& key, const Change& change) {
        if (key.type != ConstraintType::foreignKey || key.notValid || !key.table.inUse()) return;
        if (key.withTable && !comesWithValues(view, key)) return;
        RelationRef about = key.table;
        about.known = about.known && (!key.referenced || key.referenced->known);
        found.add(view, change, about,
                  fmt::format("SHARE ROW EXCLUSIVE on {} and {} blocks writes to both while all rows are compared", key.table.name, key.referenced ? key.referenced->name : "the other table"),
                  "add it NOT VALID, then VALIDATE CONSTRAINT in another transaction");
    });
}

static std::optional<Fix> fix(const JudgedStatement& statement) {
    const auto* added = onlyChange<change::AddConstraint>(statement);
    if (!added || added->table.kind == RelationKind::partitioned || added->name.empty()) return std::nullopt;
    return notValidThenValidate(*added);
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id);"},
    {"ALTER TABLE orders ADD COLUMN payer_id bigint DEFAULT 1 REFERENCES customers (id);"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD COLUMN payer_id bigint REFERENCES customers (id);\n"
    "CREATE INDEX CONCURRENTLY ON orders (payer_id);"},
    {"ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;"},
    {"CREATE TABLE carts (id bigint PRIMARY KEY, customer_id bigint);\n"
    "ALTER TABLE carts ADD FOREIGN KEY (customer_id) REFERENCES customers (id);\n"
    "CREATE INDEX ON carts (customer_id);"},
};

extern const Rule rule_foreign_key_not_valid = {
    .id = "foreign-key-not-valid",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a foreign key is added and checked at once",
    .because = "ADD FOREIGN KEY takes SHARE ROW EXCLUSIVE on both tables and then compares all rows: writes "
               "to both wait for as long as that takes.",
    .instead = "Add it NOT VALID, which only new rows must meet, then VALIDATE CONSTRAINT in a transaction of "
               "its own, which blocks no writes.",
    .bad = bad,
    .good = good,
    .statement = check,
    .fix = fix};

}  // namespace slipway::rules
