#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AttachPartition>(view, [&](const change::AttachPartition& attach, const Change& change) {
        if (attach.partition.inUse() && !attach.proven)
            found.add(view, change, attach.partition, fmt::format("ACCESS EXCLUSIVE on {} blocks reads and writes while all its rows are compared with the bound", attach.partition.name),
                      "add a check of the bound NOT VALID and VALIDATE it first: then nothing is read");
        if (attach.besideDefault && !attach.defaultProven && attach.parent.inUse())
            found.add(view, change, attach.parent, fmt::format("ACCESS EXCLUSIVE on the default partition of {} blocks reads and writes while all its rows are compared with the bound", attach.parent.name),
                      "add a check to the default partition that excludes the bound, and VALIDATE it first");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"},
};
static constexpr Example good[] = {
    {"ALTER TABLE events_2026 ADD CONSTRAINT fits CHECK (at >= '2026-01-01' AND at < '2027-01-01') NOT VALID;\n"
    "-- file: V3__validate.sql\n"
    "ALTER TABLE events_2026 VALIDATE CONSTRAINT fits;\n"
    "-- file: V4__attach.sql\n"
    "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"},
    {"CREATE TABLE events_2027 (LIKE events);\n"
    "ALTER TABLE events ATTACH PARTITION events_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');"},
};

extern const Rule rule_attach_partition_scan = {
    .id = "attach-partition-scan",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a table is read whole to become a partition",
    .because = "ATTACH PARTITION proves by reading that all rows fit the bound, under ACCESS EXCLUSIVE on the "
               "new partition, and that none of the default partition does, under ACCESS EXCLUSIVE on that.",
    .instead = "First ADD CHECK of the bound (with IS NOT NULL) NOT VALID and VALIDATE it; on the default "
               "partition a check that excludes the bound. ATTACH then reads nothing.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
