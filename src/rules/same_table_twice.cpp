#include "rules/rule.h"

namespace slipway::rules {

static void check(const ReleaseEffects& release, Found& found) {
    std::map<std::string, const JudgedScript*> first;
    for (const JudgedScript& script : release.scripts) {
        std::set<std::string> told;
        for (size_t i = 0; i < script.statements.size(); i++)
            for (const Effect& effect : script.statements[i].effects.effects) {
                if (!analysis::holdsRows(effect) || effect.lock != LockMode::accessExclusive || !told.insert(effect.relation).second) continue;
                const auto [known, isNew] = first.try_emplace(effect.relation, &script);
                if (!isNew) found.add(script, i, Ground::predicted, fmt::format("{} takes ACCESS EXCLUSIVE on {}, too", known->second->script.file, effect.relation), "do both in one ALTER TABLE, or see with its author what the other does");
            }
    }
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD COLUMN a integer;\n"
    "-- file: V3__more.sql\n"
    "ALTER TABLE orders ADD COLUMN b integer;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD COLUMN a integer, ADD COLUMN b integer;"},
    {"ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID;\n"
    "-- file: V3__validate.sql\n"
    "ALTER TABLE orders VALIDATE CONSTRAINT c;"},
};

extern const Rule rule_same_table_twice = {
    .id = "same-table-twice",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "two migrations of the release alter the same table",
    .because = "Each waits for the lock of its own, and readers and writers wait with it; where two teams "
               "wrote them, neither saw what the other does.",
    .instead = "One migration that does both in one ALTER TABLE, unless one must commit before the other.",
    .bad = bad,
    .good = good,
    .release = check};

}  // namespace slipway::rules
