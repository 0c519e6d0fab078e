#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    const auto tell = [&](const char* command, const Change& change) {
        found.add(view, change, fmt::format("{} CONCURRENTLY cannot be executed from a DO block or a function: the server refuses it", command),
                  "make it a statement of its own");
    };
    for (const Change& change : view.judged.changes) {
        if (!change.nested) continue;
        if (const auto* index = std::get_if<change::CreateIndex>(&change.what); index && index->concurrently) tell("CREATE INDEX", change);
        if (const auto* index = std::get_if<change::DropIndex>(&change.what); index && index->concurrently) tell("DROP INDEX", change);
        if (const auto* index = std::get_if<change::Reindex>(&change.what); index && index->concurrently) tell("REINDEX", change);
        if (const auto* part = std::get_if<change::DetachPartition>(&change.what); part && part->concurrently) tell("DETACH PARTITION", change);
    }
}

static constexpr Example bad[] = {
    {"DO $$ BEGIN EXECUTE 'CREATE INDEX CONCURRENTLY orders_placed ON orders (placed_at)'; END $$;"},
};
static constexpr Example good[] = {
    {"CREATE INDEX CONCURRENTLY orders_placed ON orders (placed_at);"},
};

extern const Rule rule_concurrently_in_block = {
    .id = "concurrently-in-block",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a concurrent command stands in a DO block or a function",
    .because = "CREATE INDEX, DROP INDEX, REINDEX and DETACH PARTITION with CONCURRENTLY commit on their way, "
               "which no function can: \"cannot be executed from a function\".",
    .instead = "Let it be a statement of its own.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
