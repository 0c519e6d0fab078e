#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::RenameRelation>(view, [&](const change::RenameRelation& rename, const Change& change) {
        const RelationKind kind = rename.relation.kind;
        if (!rename.relation.inUse() || kind == RelationKind::index || kind == RelationKind::partitionedIndex) return;
        for (const JudgedStatement& later : laterInTransaction(view))
            if (const auto* stand = firstOf<change::CreateView>(later); stand && stand->view.name == rename.relation.name) return;
        found.add(view, change, rename.relation, fmt::format("running code that names {} fails as soon as it is {}", rename.relation.name, rename.movesSchema ? "in schema " + rename.to : "called " + rename.to),
                  "create a view of the old name in the same transaction, and drop it when no code uses it");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders RENAME TO purchases;"},
    {"ALTER TABLE orders SET SCHEMA public2;\n-- file: V1.5__schema.sql\nCREATE SCHEMA public2;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders RENAME TO purchases;\nCREATE VIEW orders AS SELECT * FROM purchases;"},
};

extern const Rule rule_rename_table = {
    .id = "rename-table",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a table that running code names gets another name, or another schema",
    .because = "Between the statement and the end of the rollout, every instance that knows only one of the "
               "two names fails.",
    .instead = "In the same transaction, CREATE VIEW of the old name over the table: simple views can be "
               "written through.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
