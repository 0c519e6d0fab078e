#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    const auto look = [&](const ColumnChange& column, const RelationRef& table, const Change& change) {
        if (column.type.starts_with("timestamp") && column.type.ends_with("without time zone"))
            found.add(view, change, table, fmt::format("{} is a clock's reading without its time zone", column.name), "use timestamptz");
    };
    each<change::CreateTable>(view, [&](const change::CreateTable& table, const Change& change) {
        for (const ColumnChange& column : table.columns) look(column, table.table, change);
    });
    each<change::AddColumn>(view, [&](const change::AddColumn& add, const Change& change) { look(add.column, add.table, change); });
}

static constexpr Example bad[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY, made_at timestamp);"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY, made_at timestamptz);"},
};

extern const Rule rule_prefer_timestamptz = {
    .id = "prefer-timestamptz",
    .category = Category::style,
    .severity = Severity::note,
    .finds = "a timestamp without time zone",
    .because = "It is a reading of a clock on some wall, and nobody knows where: comparing it with now() "
               "depends on the session.",
    .instead = "timestamptz, which is a point in time.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
