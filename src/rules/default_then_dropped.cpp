#include "rules/rule.h"

namespace slipway::rules {

static void check(const ReleaseEffects& release, Found& found) {
    std::set<std::string> added;
    for (const JudgedScript& script : release.scripts)
        for (size_t i = 0; i < script.statements.size(); i++)
            for (const Change& change : script.statements[i].changes) {
                if (const auto* add = std::get_if<change::AddColumn>(&change.what); add && add->table.inUse() && add->column.notNull && add->column.hasDefault)
                    added.insert(add->table.name + "." + add->column.name);
                const auto* set = std::get_if<change::SetDefault>(&change.what);
                if (set && set->drops && added.contains(set->table.name + "." + set->column))
                    found.add(script, i, Ground::predicted, fmt::format("inserts of running instances, which know nothing of {}, fail once its default is gone", set->column),
                              "drop the default in a later release");
            }
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT 'web';\n"
    "ALTER TABLE orders ALTER COLUMN channel DROP DEFAULT;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT 'web';"},
    {"CREATE TABLE carts (id bigint, state text NOT NULL DEFAULT 'new');\n"
    "ALTER TABLE carts ALTER COLUMN state DROP DEFAULT;"},
};

extern const Rule rule_default_then_dropped = {
    .id = "default-then-dropped",
    .category = Category::safety,
    .severity = Severity::warning,
    .finds = "a NOT NULL column loses the default that lets old code insert",
    .because = "While a release goes out, old instances insert rows without the new column. The default is "
               "what keeps them working; once it is dropped, their inserts fail.",
    .instead = "Drop the default in a later release, when no old instance is left.",
    .bad = bad,
    .good = good,
    .release = check};

}  // namespace slipway::rules
