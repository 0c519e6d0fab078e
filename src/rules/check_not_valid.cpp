#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AddConstraint>(view, [&](const change::AddConstraint& check, const Change& change) {
        if ((check.type && check.type != ConstraintType::check) || check.withTable || check.notValid || !check.table.inUse()) return;
        if (check.table.known && !view.scans(check.table)) return;
        found.add(view, change, check.table, fmt::format("ACCESS EXCLUSIVE on {} blocks reads and writes while the whole table is read to prove the constraint", check.table.name),
                  "add it NOT VALID, then VALIDATE CONSTRAINT in another transaction");
    });
}

static std::optional<Fix> fix(const JudgedStatement& statement) {
    const auto* added = onlyChange<change::AddConstraint>(statement);
    if (!added || added->name.empty()) return std::nullopt;
    return notValidThenValidate(*added);
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0);"},
    {"ALTER TABLE orders ADD CONSTRAINT has_note NOT NULL note;", 18},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;"},
    {"CREATE TABLE carts (id bigint);\nALTER TABLE carts ADD CHECK (id > 0);"},
};

extern const Rule rule_check_not_valid = {
    .id = "check-not-valid",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a check is added and proved at once",
    .because = "ADD CHECK takes ACCESS EXCLUSIVE and reads the whole table under it: nobody can read or write "
               "meanwhile.",
    .instead = "Add it NOT VALID, then VALIDATE CONSTRAINT in a transaction of its own, which reads under "
               "SHARE UPDATE EXCLUSIVE.",
    .bad = bad,
    .good = good,
    .statement = check,
    .fix = fix};

}  // namespace slipway::rules
