#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    const auto madeAgain = [&](const std::string& name) {
        for (const JudgedStatement& later : laterInTransaction(view)) {
            if (const auto* made = firstOf<change::CreateView>(later); made && made->view.name == name) return true;
            if (const auto* made = firstOf<change::CreateTable>(later); made && made->table.name == name) return true;
            if (const auto* made = firstOf<change::CreateFunction>(later); made && made->name == name) return true;
        }
        return false;
    };
    each<change::DropRelation>(view, [&](const change::DropRelation& drop, const Change& change) {
        const RelationKind kind = drop.relation.kind;
        const bool code = kind == RelationKind::view || kind == RelationKind::materializedView || kind == RelationKind::sequence;
        if (!code || !drop.relation.inUse() || madeAgain(drop.relation.name)) return;
        found.add(view, change, drop.relation, fmt::format("clients that use the {} {} fail", nameOf(kind), drop.relation.name), "drop it when no running code names it");
    });
    each<change::DropObject>(view, [&](const change::DropObject& drop, const Change& change) {
        if ((drop.kind != "function" && drop.kind != "procedure" && drop.kind != "aggregate") || drop.fresh || madeAgain(drop.name)) return;
        const std::string users = drop.readers.empty() ? "" : fmt::format(", as {} does", listed(drop.readers));
        found.add(view, change, fmt::format("whoever calls {} fails{}", drop.name, users), "drop it when nothing calls it");
    });
}

static constexpr Example bad[] = {
    {"DROP VIEW open_orders;"},
    {"DROP FUNCTION note_change() CASCADE;"},
};
static constexpr Example good[] = {
    {"DROP VIEW open_orders;\nCREATE VIEW open_orders AS SELECT id FROM orders WHERE state = 'open';"},
    {"CREATE VIEW v AS SELECT 1 AS a;\nDROP VIEW v;"},
};

extern const Rule rule_drop_view = {
    .id = "drop-view",
    .category = Category::safety,
    .severity = Severity::warning,
    .finds = "a view, sequence or function that clients may use is dropped",
    .because = "Nothing in the database may need it, but clients do.",
    .instead = "CREATE OR REPLACE where the shape allows it, or make the new one in the same transaction.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
