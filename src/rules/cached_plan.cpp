#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    const auto tell = [&](const RelationRef& table, const Change& change) {
        if (table.inUse())
            found.add(view, change, table, fmt::format("prepared SELECT * on {} fails once in each connection: \"cached plan must not change result type\"", table.name), "name the columns in prepared statements, or let the pool reconnect");
    };
    each<change::AddColumn>(view, [&](const change::AddColumn& add, const Change& change) {
        if (!add.existed) tell(add.table, change);
    });
    each<change::AlterColumnType>(view, [&](const change::AlterColumnType& alter, const Change& change) {
        if (alter.from != alter.to) tell(alter.table, change);
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD COLUMN channel text;"},
    {"ALTER TABLE customers ALTER COLUMN name TYPE text;"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint);\nALTER TABLE carts ADD COLUMN n integer;"},
    {"ALTER TABLE orders ALTER COLUMN note SET DEFAULT '';"},
};

extern const Rule rule_cached_plan = {
    .id = "cached-plan",
    .category = Category::review,
    .severity = Severity::note,
    .finds = "prepared SELECT * of running code fails once",
    .because = "A prepared statement whose result gets another shape fails with \"cached plan must not change "
               "result type\", once for each connection; inside a transaction that ends it.",
    .instead = "Code that names its columns does not notice; a pool that prepares anew does neither.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
