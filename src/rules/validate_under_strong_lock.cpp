#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    if (view.judged.changes.size() < 2) return;
    each<change::ValidateConstraint>(view, [&](const change::ValidateConstraint& validate, const Change& change) {
        const Effect* effect = view.effectOn(validate.table);
        if (!validate.table.inUse() || !effect || effect->lock <= LockMode::shareUpdateExclusive) return;
        found.add(view, change, validate.table,
                  fmt::format("{} on {}, which another part of this statement needs, {} until all rows are read", wordsFor(effect->lock), validate.table.name, blockedBy(effect->lock)),
                  "VALIDATE CONSTRAINT in a statement of its own, in another transaction");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID, VALIDATE CONSTRAINT positive;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;\n"
    "-- file: V3__validate.sql\n"
    "ALTER TABLE orders VALIDATE CONSTRAINT positive;"},
};

extern const Rule rule_validate_under_strong_lock = {
    .id = "validate-under-strong-lock",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "VALIDATE shares its ALTER TABLE with what needs a stronger lock",
    .because = "An ALTER TABLE takes the strongest lock that any of its parts needs, for all of them: "
               "VALIDATE alone would read the table under SHARE UPDATE EXCLUSIVE.",
    .instead = "VALIDATE CONSTRAINT in a statement and a transaction of its own.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
