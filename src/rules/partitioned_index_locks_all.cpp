#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::CreateIndex>(view, [&](const change::CreateIndex& index, const Change& change) {
        if (index.only || index.existed || index.table.kind != RelationKind::partitioned || !index.table.inUse()) return;
        found.add(view, change, index.table, fmt::format("SHARE on {} and on each of its partitions blocks writes to all of them until the last index is built", index.table.name),
                  "create it ON ONLY the parent, concurrently on each partition, and attach these");
    });
}

static constexpr Example bad[] = {
    {"CREATE INDEX events_kind ON events (kind);"},
};
static constexpr Example good[] = {
    {"CREATE INDEX events_kind ON ONLY events (kind);"},
    {"CREATE TABLE logs (at date) PARTITION BY RANGE (at);\nCREATE INDEX ON logs (at);"},
};

extern const Rule rule_partitioned_index_locks_all = {
    .id = "partitioned-index-locks-all",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "an index on a partitioned table is built on all partitions at once",
    .because = "CREATE INDEX on the parent takes SHARE on it and on every partition until all of them are "
               "built.",
    .instead = "CREATE INDEX ON ONLY the parent, CREATE INDEX CONCURRENTLY on each partition, then ALTER "
               "INDEX ... ATTACH PARTITION for each.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
