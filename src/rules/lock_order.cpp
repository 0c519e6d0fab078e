#include "rules/rule.h"

namespace slipway::rules {

static void check(const ReleaseEffects& release, Found& found) {
    struct Pair {
        const JudgedScript* script;
        size_t statement;
    };
    std::map<std::pair<std::string, std::string>, Pair> seen;
    for (const JudgedScript& script : release.scripts) {
        std::vector<std::string> order;
        for (size_t i = 0; i < script.statements.size(); i++) {
            if (i > 0 && script.statements[i].segment != script.statements[i - 1].segment) order.clear();
            for (const Effect& effect : script.statements[i].effects.effects) {
                if (!analysis::holdsRows(effect) || effect.lock < LockMode::shareRowExclusive || std::find(order.begin(), order.end(), effect.relation) != order.end()) continue;
                for (const std::string& before : order) {
                    const auto other = seen.find({effect.relation, before});
                    if (other != seen.end() && other->second.script != &script)
                        found.add(script, i, Ground::predicted, fmt::format("this transaction locks {} before {}, {} the other way round: they deadlock when both run at once", before, effect.relation, other->second.script->script.file),
                                  "take them in the same order, or one table a transaction");
                    seen.try_emplace({before, effect.relation}, Pair{&script, i});
                }
                order.push_back(effect.relation);
            }
        }
    }
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD COLUMN a integer;\n"
    "ALTER TABLE items ADD COLUMN a integer;\n"
    "-- file: V3__other.sql\n"
    "ALTER TABLE items ADD COLUMN b integer;\n"
    "ALTER TABLE orders ADD COLUMN b integer;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD COLUMN a integer;\n"
    "-- file: V3__other.sql\n"
    "ALTER TABLE items ADD COLUMN b integer;"},
};

extern const Rule rule_lock_order = {
    .id = "lock-order",
    .category = Category::safety,
    .severity = Severity::note,
    .finds = "two transactions lock the same tables in opposite order",
    .because = "Migrations of one database run one after the other. But clients that imitate one of them, or a "
               "runner that takes no lock of its own, deadlock with the other.",
    .instead = "The same order everywhere, or one table a transaction.",
    .bad = bad,
    .good = good,
    .release = check};

}  // namespace slipway::rules
