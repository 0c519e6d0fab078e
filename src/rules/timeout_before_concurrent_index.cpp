#include "rules/rule.h"

namespace slipway::rules {

/// Whether the script itself drops what a former run may have left of the index: then the next run mends it.
static bool dropsRemains(const StatementView& view, const change::CreateIndex* index) {
    const auto same = [&](const std::string& relation) { return relation.substr(relation.rfind('.') + 1) == index->name; };
    for (size_t i = 0; index && i < view.index; i++)
        for (const Change& change : view.script.statements[i].changes) {
            if (const auto* drop = std::get_if<change::DropIndex>(&change.what); drop && same(drop->index.name)) return true;
            if (const auto* skipped = std::get_if<change::Skipped>(&change.what); skipped && same(skipped->relation)) return true;
        }
    return false;
}

static void check(const StatementView& view, Found& found) {
    const auto* index = firstOf<change::CreateIndex>(view.judged);
    const auto* reindex = firstOf<change::Reindex>(view.judged);
    if (!(index && index->concurrently) && !(reindex && reindex->concurrently)) return;
    const auto limits = [](const analysis::OwnTimeout& timeout) { return timeout.value && timeout.value->count() > 0; };
    const char* name = limits(view.lockTimeout) ? "lock_timeout" : limits(view.statementTimeout) ? "statement_timeout" : nullptr;
    if (!name) return;
    const Milliseconds value = *(limits(view.lockTimeout) ? view.lockTimeout : view.statementTimeout).value;
    found.add(view, view.judged.changes.front(),
              fmt::format("{} is {} ms here: when it ends the concurrent build, which waits for every older transaction, an INVALID index stays behind", name, value.count()),
              fmt::format("put RESET {} before the statement", name), dropsRemains(view, index) ? std::optional(Severity::note) : std::nullopt);
}

static constexpr Example bad[] = {
    {"SET lock_timeout = '2s';\nCREATE INDEX CONCURRENTLY orders_placed ON orders (placed_at);"},
    {"SET statement_timeout = '5s';\nREINDEX INDEX CONCURRENTLY orders_state_idx;"},
};
static constexpr Example good[] = {
    {"CREATE INDEX CONCURRENTLY orders_placed ON orders (placed_at);"},
    {"SET lock_timeout = '2s';\n"
    "ALTER TABLE orders ADD COLUMN a integer;\n"
    "SET lock_timeout = 0;\n"
    "CREATE INDEX CONCURRENTLY orders_placed ON orders (placed_at);"},
};

extern const Rule rule_timeout_before_concurrent_index = {
    .id = "timeout-before-concurrent-index",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a timeout is in force when an index is built concurrently",
    .because = "A concurrent build waits for every transaction that is older than itself, also for those of "
               "other tables. When lock_timeout or statement_timeout ends it, an INVALID index stays behind, "
               "which slows writes down and serves no query. It is a note where the script drops such remains first.",
    .instead = "RESET lock_timeout and statement_timeout (or SET them to 0) before the statement.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
