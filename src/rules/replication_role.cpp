#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::SetVariable>(view, [&](const change::SetVariable& set, const Change& change) {
        if (set.name == "session_replication_role" && !set.resets && set.value != "origin")
            found.add(view, change, "foreign keys and triggers do not fire in this session: rows that break them stay, and nothing finds them later", "load in an order that the foreign keys allow");
    });
}

static constexpr Example bad[] = {
    {"SET session_replication_role = replica;"},
};
static constexpr Example good[] = {
    {"SET lock_timeout = '2s';"},
};

extern const Rule rule_replication_role = {
    .id = "replication-role",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "triggers and foreign keys are switched off for the session",
    .because = "session_replication_role = replica lets rows in that break foreign keys and bypass audit "
               "triggers; nothing finds them afterwards.",
    .instead = "Load in an order that the foreign keys allow, or make them deferrable.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
