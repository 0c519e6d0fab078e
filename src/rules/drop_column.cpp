#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::DropColumn>(view, [&](const change::DropColumn& drop, const Change& change) {
        if (!drop.table.inUse()) return;
        for (const JudgedScript& script : view.release.scripts)
            for (const JudgedStatement& one : script.statements)
                for (const Change& earlier : one.changes)
                    if (const auto* add = std::get_if<change::AddColumn>(&earlier.what); add && !add->existed && add->table.name == drop.table.name && add->column.name == drop.column) return;
        std::string along = drop.indexes.empty() ? "" : fmt::format("; {} {} along", listed(drop.indexes), drop.indexes.size() == 1 ? "goes" : "go");
        found.add(view, change, drop.table, fmt::format("what {}.{} holds is lost, and running code that names it fails{}", drop.table.name, drop.column, along),
                  "release code that does not use it first, save its values, and drop it in a release of its own");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders DROP COLUMN note;"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint, note text);\nALTER TABLE carts DROP COLUMN note;"},
    {"ALTER TABLE orders ADD COLUMN channel text;\nALTER TABLE orders DROP COLUMN channel;"},
};

extern const Rule rule_drop_column = {
    .id = "drop-column",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a column is dropped with what it holds",
    .because = "Its values are gone, and statements of running instances that name it fail at once. Indexes "
               "of several columns and partial indexes that use it go along without a word.",
    .instead = "First release code that does not name it. Drop it in a later release, when its values are "
               "saved or no one needs them, and say so: -- slipway:ignore drop-column: <reason>.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
