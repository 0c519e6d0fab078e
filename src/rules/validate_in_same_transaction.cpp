#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::ValidateConstraint>(view, [&](const change::ValidateConstraint& validate, const Change& change) {
        const auto held = view.held.find(validate.table.name);
        if (validate.already || !validate.table.inUse() || held == view.held.end() || held->second.mode < LockMode::shareRowExclusive) return;
        if (held->second.by == view.index) return;
        found.add(view, change, validate.table,
                  fmt::format("{} on {}, which line {} took, {} until all rows are read", wordsFor(held->second.mode), validate.table.name,
                              lineOf(view.script, view.script.statements[held->second.by]), blockedBy(held->second.mode)),
                  "validate in another migration, or put a COMMIT between the two");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;\n"
    "ALTER TABLE orders VALIDATE CONSTRAINT positive;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;\n"
    "-- file: V3__validate.sql\n"
    "ALTER TABLE orders VALIDATE CONSTRAINT positive;"},
    {"BEGIN;\n"
    "ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;\n"
    "COMMIT;\n"
    "ALTER TABLE orders VALIDATE CONSTRAINT positive;"},
};

extern const Rule rule_validate_in_same_transaction = {
    .id = "validate-in-same-transaction",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a constraint is validated in the transaction that adds it",
    .because = "NOT VALID takes a strong lock for a moment; when VALIDATE follows in the same transaction, "
               "that lock is held for as long as the table is read, and nothing is gained.",
    .instead = "Two migrations, or a COMMIT between the two.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
