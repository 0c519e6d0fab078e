#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    constexpr Milliseconds longest{10'000};
    if (!view.lockTimeout.value || view.lockTimeout.by >= view.index) return;
    const bool none = view.lockTimeout.value->count() == 0;
    if (!none && *view.lockTimeout.value <= longest) return;
    for (const Effect& effect : view.effects().effects) {
        if (effect.lock < LockMode::shareRowExclusive) continue;
        const auto before = view.held.find(effect.relation);
        if (before != view.held.end() && before->second.mode >= effect.lock) continue;
        found.add(view.script, view.lockTimeout.by, Ground::predicted,
                  fmt::format("{}: while line {} waits for {} on {}, everybody who comes after it waits, too", none ? "a lock_timeout of 0 is no limit" : fmt::format("{} s are long", view.lockTimeout.value->count() / 1000),
                              lineOf(view.script, view.judged), wordsFor(effect.lock), effect.relation),
                  "SET lock_timeout = '2s', and try again when it ends the statement: Slipway does");
        return;
    }
}

static constexpr Example bad[] = {
    {"SET lock_timeout = 0;\nALTER TABLE orders ADD COLUMN a integer;"},
    {"SET lock_timeout = '5min';\nALTER TABLE orders ADD COLUMN a integer;"},
};
static constexpr Example good[] = {
    {"SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN a integer;"},
    {"SET LOCAL lock_timeout = '3s';\nALTER TABLE orders ADD COLUMN a integer;"},
    {"SET lock_timeout = 0;\nCREATE INDEX CONCURRENTLY ON orders (placed_at);"},
};

extern const Rule rule_lock_timeout_ineffective = {
    .id = "lock-timeout-ineffective",
    .category = Category::safety,
    .severity = Severity::warning,
    .finds = "a lock_timeout that does not do what it says",
    .because = "A statement that waits for a strong lock makes everybody wait who comes after it. "
               "lock_timeout ends that: but 0 is no limit at all, more than ten seconds is an outage, and SET "
               "LOCAL counts for nothing outside a transaction.",
    .instead = "SET lock_timeout = '2s' at the beginning of the script. Slipway sets one of its own, and "
               "takes the tighter of both.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
