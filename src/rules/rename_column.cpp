#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::RenameColumn>(view, [&](const change::RenameColumn& rename, const Change& change) {
        if (rename.table.inUse())
            found.add(view, change, rename.table, fmt::format("running code that names {}.{} fails as soon as it is called {}", rename.table.name, rename.from, rename.to),
                      "add a column of the new name, keep both in step, and drop the old one when no code names it");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders RENAME COLUMN note TO remark;"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint, note text);\nALTER TABLE carts RENAME COLUMN note TO remark;"},
};

extern const Rule rule_rename_column = {
    .id = "rename-column",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a column that running code names gets another name",
    .because = "Between the statement and the end of the rollout, every instance that knows only one of the "
               "two names fails.",
    .instead = "Expand and contract: add the new column, keep both in step, move the code, drop the old one "
               "in a later release.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
