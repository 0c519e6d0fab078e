#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::DropIndex>(view, [&](const change::DropIndex& drop, const Change& change) {
        if (drop.concurrently || drop.index.fresh || drop.index.kind == RelationKind::partitionedIndex) return;
        if (drop.table.known && !drop.table.inUse()) return;
        RelationRef about = drop.index;
        about.known = about.known && drop.table.known;
        found.add(view, change, about,
                  fmt::format("dropping {} takes ACCESS EXCLUSIVE on {}: it blocks reads and writes as soon as it waits for a query that is running", drop.index.name,
                              drop.table.known ? drop.table.name : "its table"),
                  "DROP INDEX CONCURRENTLY blocks nobody; Slipway runs it outside of a transaction by itself");
    });
}

static std::optional<Fix> fix(const JudgedStatement& statement) {
    if (!onlyChange<change::DropIndex>(statement)) return std::nullopt;
    return Fix{.edit = Fix::Edit::concurrently};
}

static constexpr Example bad[] = {
    {"DROP INDEX orders_state_idx;"},
};
static constexpr Example good[] = {
    {"DROP INDEX CONCURRENTLY orders_state_idx;"},
    {"CREATE TABLE carts (id bigint);\nCREATE INDEX carts_idx ON carts (id);\nDROP INDEX carts_idx;"},
};

extern const Rule rule_drop_index_not_concurrent = {
    .id = "drop-index-not-concurrent",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "an index is dropped without CONCURRENTLY",
    .because = "DROP INDEX takes ACCESS EXCLUSIVE on the table: reads and writes wait for it, and it waits "
               "for every query that is running.",
    .instead = "DROP INDEX CONCURRENTLY waits without blocking anybody. The index of a partitioned table "
               "cannot be dropped so: give it a short lock_timeout.",
    .bad = bad,
    .good = good,
    .statement = check,
    .fix = fix};

}  // namespace slipway::rules
