#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AlterColumnType>(view, [&](const change::AlterColumnType& alter, const Change& change) {
        if (alter.narrows && alter.table.inUse())
            found.add(view, change, alter.table, fmt::format("{} holds {} values, of which some may not fit {}: the statement then fails, or loses digits", alter.column, alter.from, alter.to),
                      "keep the wider type, or prove with a [[pre]] check that all values fit");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ALTER COLUMN note TYPE varchar(20);"},
    {"ALTER TABLE items ALTER COLUMN order_id TYPE integer;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE customers ALTER COLUMN name TYPE varchar(100);"},
};

extern const Rule rule_type_narrowing = {
    .id = "type-narrowing",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "values that fit the old type may not fit the new one",
    .because = "The statement fails at the first value that does not fit, after having read up to there under "
               "ACCESS EXCLUSIVE; rounding loses digits without a word.",
    .instead = "Assert in a [[pre]] check that all values fit, and move by expand and contract.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
