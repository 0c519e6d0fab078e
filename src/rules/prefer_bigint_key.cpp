#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::CreateTable>(view, [&](const change::CreateTable& table, const Change& change) {
        for (const ColumnChange& column : table.columns)
            if ((column.serial || column.identity) && (column.type == "integer" || column.type == "smallint"))
                found.add(view, change, table.table, fmt::format("{} of {} runs out of numbers", column.name, table.table.name), "use bigint");
    });
}

static constexpr Example bad[] = {
    {"CREATE TABLE carts (id serial PRIMARY KEY);"},
    {"CREATE TABLE carts (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);"},
};

extern const Rule rule_prefer_bigint_key = {
    .id = "prefer-bigint-key",
    .category = Category::style,
    .severity = Severity::note,
    .finds = "a key of 32 bits",
    .because = "An integer key runs out at 2,147,483,647, and to widen it then rewrites the largest table of "
               "all.",
    .instead = "bigint.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
