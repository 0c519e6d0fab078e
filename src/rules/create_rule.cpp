#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::RuleChange>(view, [&](const change::RuleChange& rule, const Change& change) {
        if (rule.kind == "rule" && rule.verb == "create" && rule.table.inUse())
            found.add(view, change, rule.table, fmt::format("the rule rewrites every statement on {}, for statements and not for rows", rule.table.name), "use a trigger");
    });
}

static constexpr Example bad[] = {
    {"CREATE RULE keep AS ON DELETE TO orders DO INSTEAD NOTHING;"},
};
static constexpr Example good[] = {
    {"CREATE POLICY own ON orders USING (true);"},
};

extern const Rule rule_create_rule = {
    .id = "create-rule",
    .category = Category::safety,
    .severity = Severity::warning,
    .finds = "a rule rewrites statements",
    .because = "Rules run for statements, not rows, evaluate volatile expressions more than once, and break "
               "COPY and RETURNING; CREATE RULE takes ACCESS EXCLUSIVE.",
    .instead = "A trigger, or a view with INSTEAD OF triggers.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
