#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    const auto look = [&](const ColumnChange& column, const RelationRef& table, const Change& change) {
        if (column.type == "json") found.add(view, change, table, fmt::format("{} is json, which cannot be compared: SELECT DISTINCT over it fails", column.name), "use jsonb");
    };
    each<change::CreateTable>(view, [&](const change::CreateTable& table, const Change& change) {
        for (const ColumnChange& column : table.columns) look(column, table.table, change);
    });
    each<change::AddColumn>(view, [&](const change::AddColumn& add, const Change& change) { look(add.column, add.table, change); });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD COLUMN extra json;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD COLUMN extra jsonb;"},
};

extern const Rule rule_prefer_jsonb = {
    .id = "prefer-jsonb",
    .category = Category::style,
    .severity = Severity::note,
    .finds = "a column of type json",
    .because = "json has no equality: DISTINCT, GROUP BY and UNION over its rows fail, and it has no index.",
    .instead = "jsonb.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
