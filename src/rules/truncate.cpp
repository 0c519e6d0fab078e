#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::Truncate>(view, [&](const change::Truncate& truncate, const Change& change) {
        for (const RelationRef& table : truncate.tables) {
            if (!table.inUse()) continue;
            const std::string also = truncate.alsoEmptied.empty() ? truncate.cascade && !table.known ? ", and those of every table that references it" : "" : ", and those of " + listed(truncate.alsoEmptied);
            found.add(view, change, table, fmt::format("all rows of {}{} are lost", table.name, also), "delete in batches what must go; rows of a migration should be saved first");
        }
    });
}

static constexpr Example bad[] = {
    {"TRUNCATE items;"},
    {"TRUNCATE orders CASCADE;"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint);\nTRUNCATE carts;"},
};

extern const Rule rule_truncate = {
    .id = "truncate",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a table is emptied",
    .because = "Its rows are gone, and those of every table that references it where CASCADE is said. ACCESS "
               "EXCLUSIVE blocks reads and writes.",
    .instead = "DELETE in batches what must go, and say why: -- slipway:ignore truncate: <reason>.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
