#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::ClusterTable>(view, [&](const change::ClusterTable& cluster, const Change& change) {
        if (cluster.table.known && !cluster.table.inUse()) return;
        const std::string table = cluster.table.name.empty() ? "one table after the other" : cluster.table.name;
        found.add(view, change, cluster.table, fmt::format("ACCESS EXCLUSIVE on {} blocks reads and writes while it is written anew", table), "plain VACUUM, or a tool that copies the table while it is in use");
    });
}

static constexpr Example bad[] = {
    {"VACUUM FULL orders;"},
    {"CLUSTER orders USING orders_pkey;"},
};
static constexpr Example good[] = {
    {"VACUUM orders;"},
    {"VACUUM ANALYZE orders;"},
};

extern const Rule rule_vacuum_full_cluster = {
    .id = "vacuum-full-cluster",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "VACUUM FULL or CLUSTER writes the table anew",
    .because = "Both take ACCESS EXCLUSIVE for as long as the table and all its indexes are written anew, and "
               "need that much disk besides.",
    .instead = "Plain VACUUM, or pg_repack or pg_squeeze, which copy while the table is in use.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
