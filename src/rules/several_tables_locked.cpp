#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    const auto isTable = [](const Effect& effect) { return effect.kind == RelationKind::table || effect.kind == RelationKind::partitioned || effect.kind == RelationKind::foreign; };
    for (const Effect& effect : view.effects().effects) {
        const auto before = view.held.find(effect.relation);
        if (effect.lock != LockMode::accessExclusive || !isTable(effect) || (before != view.held.end() && before->second.mode == LockMode::accessExclusive)) continue;
        std::set<std::string> held;
        for (const JudgedStatement& before : earlierInTransaction(view))
            for (const Effect& earlier : before.effects.effects)
                if (earlier.lock == LockMode::accessExclusive && isTable(earlier)) held.insert(earlier.relation);
        if (held.size() != 1) return;  // the second table says it for all that follow
        found.add(view.script, view.index, Ground::predicted, fmt::format("{} stays locked against reads and writes while this waits for {}; clients that take both in another order deadlock", *held.begin(), effect.relation),
                  "one migration for each table, or a COMMIT between them");
        return;
    }
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD COLUMN a integer;\nALTER TABLE items ADD COLUMN a integer;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD COLUMN a integer;\n"
    "-- file: V3__items.sql\n"
    "ALTER TABLE items ADD COLUMN a integer;"},
    {"CREATE TABLE carts (id bigint);\nALTER TABLE orders ADD COLUMN cart_id bigint;"},
};

extern const Rule rule_several_tables_locked = {
    .id = "several-tables-locked",
    .category = Category::safety,
    .severity = Severity::warning,
    .finds = "one transaction locks several tables against everybody",
    .because = "Until all of them are locked, those that are locked already can be neither read nor written; "
               "and a client that takes them in another order deadlocks with the migration.",
    .instead = "One migration for each table.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
