#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::GrantChange>(view, [&](const change::GrantChange& grant, const Change& change) {
        if (!grant.revokes || !grant.relation || !grant.relation->inUse()) return;
        found.add(view, change, *grant.relation, fmt::format("running code that needs the privilege on {} fails with \"permission denied\"", grant.relation->name),
                  "revoke it in a later release, when no running code needs it");
    });
}

static constexpr Example bad[] = {
    {"REVOKE INSERT ON orders FROM app;"},
};
static constexpr Example good[] = {
    {"GRANT INSERT ON orders TO app;"},
    {"CREATE TABLE carts (id bigint PRIMARY KEY);\nREVOKE ALL ON carts FROM PUBLIC;"},
};

extern const Rule rule_revoke = {
    .id = "revoke",
    .category = Category::safety,
    .severity = Severity::warning,
    .finds = "a privilege on a table in use is taken away",
    .because = "Instances that run already fail at their next statement that needs it.",
    .instead = "Release code that does without the privilege first.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
