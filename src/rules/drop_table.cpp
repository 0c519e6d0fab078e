#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::DropRelation>(view, [&](const change::DropRelation& drop, const Change& change) {
        const RelationKind kind = drop.relation.kind;
        if (!drop.relation.inUse() || kind == RelationKind::view || kind == RelationKind::materializedView || kind == RelationKind::sequence) return;
        const std::string also = drop.references.empty() ? "" : fmt::format("; ACCESS EXCLUSIVE on {}, too, blocks reads and writes", listed(drop.references));
        found.add(view, change, drop.relation, fmt::format("the rows of {} are lost, and running code that names it fails{}", drop.relation.name, also),
                  "rename it first, and drop it in a later release when nobody missed it and its rows are saved");
    });
}

static constexpr Example bad[] = {
    {"DROP TABLE items;"},
    {"DROP TABLE IF EXISTS items CASCADE;"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint);\nDROP TABLE carts;"},
    {"CREATE TEMPORARY TABLE work (id bigint);\nDROP TABLE work;"},
    {"DROP TABLE IF EXISTS never_was;"},
};

extern const Rule rule_drop_table = {
    .id = "drop-table",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a table is dropped with its rows",
    .because = "Its rows are gone, running code that names it fails, and ACCESS EXCLUSIVE is taken on every "
               "table that its foreign keys reference, too.",
    .instead = "Rename it out of the way first and drop it in a later release; or say why it may go: -- "
               "slipway:ignore drop-table: <reason>.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
