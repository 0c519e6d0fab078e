#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    const auto tell = [&](const std::vector<std::string>& dependents, const std::string& what, const RelationRef& about, const Change& change) {
        if (dependents.empty() && about.known) return;
        if (dependents.empty()) return found.add(view, change, about, fmt::format("whatever depends on {} goes along without a word", what), "drop the dependents by name", Severity::warning);
        found.add(view, change, about, fmt::format("{} {} along with {}", listed(dependents), dependents.size() == 1 ? "goes" : "go", what), "drop it by name in a statement of its own");
    };
    each<change::DropRelation>(view, [&](const change::DropRelation& drop, const Change& change) {
        if (drop.cascade && drop.relation.inUse()) tell(drop.dependents, drop.relation.name, drop.relation, change);
    });
    each<change::DropColumn>(view, [&](const change::DropColumn& drop, const Change& change) {
        if (drop.cascade && drop.table.inUse()) tell(drop.dependents, drop.table.name + "." + drop.column, drop.table, change);
    });
    each<change::DropConstraint>(view, [&](const change::DropConstraint& drop, const Change& change) {
        if (drop.cascade && drop.table.inUse()) tell(drop.dependents, "constraint " + drop.name, drop.table, change);
    });
    each<change::DropObject>(view, [&](const change::DropObject& drop, const Change& change) {
        if (drop.cascade && !drop.fresh && drop.kind != "schema" && drop.kind != "owned") tell(drop.dependents, drop.kind + " " + drop.name, {.name = drop.name, .known = !drop.dependents.empty() || view.effects().certain}, change);
    });
}

static constexpr Example bad[] = {
    {"DROP TABLE orders CASCADE;"},
    {"DROP TYPE mood CASCADE;"},
    {"ALTER TABLE orders DROP COLUMN total CASCADE;"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint);\n"
    "CREATE VIEW all_carts AS SELECT * FROM carts;\n"
    "DROP TABLE carts CASCADE;"},
};

extern const Rule rule_drop_cascade = {
    .id = "drop-cascade",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "CASCADE takes along what is not named",
    .because = "Views, foreign keys of other tables, columns of a dropped type: they go without a word, "
               "whichever team they belong to.",
    .instead = "Drop the dependents by name, so that a reviewer sees them.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
