#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::LockTable>(view, [&](const change::LockTable& lock, const Change& change) {
        if (lock.table.inUse() && lock.mode >= LockMode::share)
            found.add(view, change, lock.table, fmt::format("{} on {} {} until the transaction ends", wordsFor(lock.mode), lock.table.name, blockedBy(lock.mode)), "let the statements take the locks that they need");
    });
}

static constexpr Example bad[] = {
    {"LOCK TABLE orders;"},
    {"LOCK TABLE orders IN SHARE MODE;"},
};
static constexpr Example good[] = {
    {"LOCK TABLE orders IN ROW EXCLUSIVE MODE;"},
};

extern const Rule rule_lock_table = {
    .id = "lock-table",
    .category = Category::safety,
    .severity = Severity::warning,
    .finds = "a table is locked by name",
    .because = "LOCK TABLE holds the lock until the transaction ends; without a mode it is ACCESS EXCLUSIVE, "
               "against readers, too.",
    .instead = "Let the statements take the locks they need.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
