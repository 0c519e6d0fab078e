#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::CreateTable>(view, [&](const change::CreateTable& table, const Change& change) {
        if (!table.partitionOf || table.existed || !table.partitionOf->inUse()) return;
        const std::string also = table.besideDefault ? "; its default partition is locked so, too, and read whole" : "";
        found.add(view, change, *table.partitionOf, fmt::format("ACCESS EXCLUSIVE on {} blocks reads and writes of all its partitions{}", table.partitionOf->name, also),
                  "create the table by itself (LIKE ... INCLUDING ALL) and ATTACH it", table.besideDefault ? Severity::error : Severity::warning);
    });
}

static constexpr Example bad[] = {
    {"CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');"},
};
static constexpr Example good[] = {
    {"CREATE TABLE events_2027 (LIKE events INCLUDING ALL);\n"
    "ALTER TABLE events ATTACH PARTITION events_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');"},
    {"CREATE TABLE logs (at date) PARTITION BY RANGE (at);\n"
    "CREATE TABLE logs_old PARTITION OF logs FOR VALUES FROM (MINVALUE) TO ('2020-01-01');"},
};

extern const Rule rule_partition_of_locks_parent = {
    .id = "partition-of-locks-parent",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a partition is created in place",
    .because = "CREATE TABLE ... PARTITION OF takes ACCESS EXCLUSIVE on the partitioned table, and, where "
               "there is a default partition, on that, too, which is then read whole.",
    .instead = "CREATE TABLE ... (LIKE parent INCLUDING ALL), then ATTACH PARTITION, which takes SHARE UPDATE "
               "EXCLUSIVE on the parent.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
