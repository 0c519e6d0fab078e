#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::CreateIndex>(view, [&](const change::CreateIndex& index, const Change& change) {
        if (index.concurrently || index.existed || index.only || !index.table.inUse() || index.table.kind == RelationKind::partitioned) return;
        if (index.table.kind == RelationKind::materializedView)
            return found.add(view, change, index.table, fmt::format("building the index takes SHARE on {}: it cannot be refreshed meanwhile", index.table.name), "CREATE INDEX CONCURRENTLY lets it be refreshed", Severity::note);
        found.add(view, change, index.table,
                  fmt::format("building the index takes SHARE on {}: it blocks writes for as long as the whole table is read", index.table.name),
                  "CREATE INDEX CONCURRENTLY lets writes go on; Slipway runs it outside of a transaction by itself");
    });
}

static std::optional<Fix> fix(const JudgedStatement& statement) {
    if (!onlyChange<change::CreateIndex>(statement)) return std::nullopt;
    return Fix{.edit = Fix::Edit::concurrently};
}

static constexpr Example bad[] = {{"CREATE INDEX orders_placed ON orders (placed_at);"},
                                  {"CREATE UNIQUE INDEX ON customers (name);"},
                                  {"DO $$ BEGIN CREATE INDEX orders_placed ON orders (placed_at); END $$;"},
                                  {"CREATE INDEX ON totals (total);"}};
static constexpr Example good[] = {{"CREATE INDEX CONCURRENTLY orders_placed ON orders (placed_at);"},
                                   {"CREATE TABLE carts (id bigint PRIMARY KEY, state text);\nCREATE INDEX ON carts (state);"},
                                   {"CREATE TEMPORARY TABLE work (id bigint);\nCREATE INDEX ON work (id);"}};

extern const Rule rule_index_not_concurrent = {
    .id = "index-not-concurrent",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "an index is built on a table in use without CONCURRENTLY",
    .because = "CREATE INDEX holds SHARE on the table until the transaction ends: every INSERT, UPDATE and DELETE waits, and so does all that queues behind it.",
    .instead = "CREATE INDEX CONCURRENTLY. It reads the table twice under SHARE UPDATE EXCLUSIVE, cannot run in a transaction, and leaves an invalid index "
               "when it fails, which Slipway drops.",
    .bad = bad,
    .good = good,
    .statement = check,
    .fix = fix};

}  // namespace slipway::rules
