#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::RowSecurity>(view, [&](const change::RowSecurity& security, const Change& change) {
        if (!security.enabled || security.policies || !security.table.inUse()) return;
        for (const JudgedStatement& later : laterInTransaction(view))
            if (const auto* policy = firstOf<change::RuleChange>(later); policy && policy->kind == "policy" && policy->table.name == security.table.name) return;
        found.add(view, change, security.table, fmt::format("there is no policy on {}: to everybody but its owner it looks empty", security.table.name), "create the policy first, or in the same transaction");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ENABLE ROW LEVEL SECURITY;"},
};
static constexpr Example good[] = {
    {"CREATE POLICY own ON orders USING (customer_id = 1);\nALTER TABLE orders ENABLE ROW LEVEL SECURITY;"},
    {"ALTER TABLE orders ENABLE ROW LEVEL SECURITY;\nCREATE POLICY own ON orders USING (customer_id = 1);"},
    {"CREATE TABLE carts (id bigint);\nALTER TABLE carts ENABLE ROW LEVEL SECURITY;"},
};

extern const Rule rule_row_security_without_policy = {
    .id = "row-security-without-policy",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "row security is switched on while there is no policy",
    .because = "Without a policy nobody but the owner sees a row: to the application the table looks empty.",
    .instead = "CREATE POLICY first, or in the same transaction.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
