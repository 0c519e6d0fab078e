#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::SetTableOption>(view, [&](const change::SetTableOption& option, const Change& change) {
        if (option.option != "unlogged" && option.option != "tablespace" && option.option != "access method" && option.option != "expression") return;
        if (!option.table.inUse() || (option.table.known && !view.rewrites(option.table))) return;
        found.add(view, change, option.table, fmt::format("ACCESS EXCLUSIVE on {} blocks reads and writes while the whole table and its indexes are written anew", option.table.name),
                  "build a new table beside it and swap both, or wait for a maintenance window");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders SET UNLOGGED;"},
    {"ALTER TABLE orders SET TABLESPACE fast;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders SET (fillfactor = 80);"},
    {"ALTER TABLE orders SET LOGGED;"},
    {"CREATE TABLE carts (id bigint);\nALTER TABLE carts SET UNLOGGED;"},
};

extern const Rule rule_rewrite_by_option = {
    .id = "rewrite-by-option",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "another tablespace, access method or persistence rewrites the table",
    .because = "SET LOGGED, UNLOGGED, TABLESPACE and ACCESS METHOD copy the whole table and its indexes under "
               "ACCESS EXCLUSIVE. An unlogged table is empty after a crash and on every standby.",
    .instead = "Build a new table beside the old one and swap, or do it in a maintenance window.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
