#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AddConstraint>(view, [&](const change::AddConstraint& key, const Change& change) {
        if (key.type != ConstraintType::primaryKey || key.usingIndex.empty() || !key.table.inUse() || key.nullable.empty()) return;
        found.add(view, change, key.table,
                  fmt::format("{} may hold nulls yet: the whole of {} is read under ACCESS EXCLUSIVE, which blocks reads and writes", listed(key.nullable), key.table.name),
                  "add CHECK (... IS NOT NULL) NOT VALID and VALIDATE it before");
    });
}

static constexpr Example bad[] = {
    {"CREATE UNIQUE INDEX CONCURRENTLY events_2026_key ON events_2026 (id);\n"
    "ALTER TABLE events_2026 ADD PRIMARY KEY USING INDEX events_2026_key;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE events_2026 ADD CONSTRAINT id_there CHECK (id IS NOT NULL) NOT VALID;\n"
    "-- file: V3__validate.sql\n"
    "ALTER TABLE events_2026 VALIDATE CONSTRAINT id_there;\n"
    "-- file: V4__key.sql\n"
    "CREATE UNIQUE INDEX CONCURRENTLY events_2026_key ON events_2026 (id);\n"
    "ALTER TABLE events_2026 ADD PRIMARY KEY USING INDEX events_2026_key;"},
};

extern const Rule rule_primary_key_nullable_index = {
    .id = "primary-key-nullable-index",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a primary key on an index makes columns NOT NULL, which reads the table",
    .because = "ADD PRIMARY KEY USING INDEX sets NOT NULL on columns that allow nulls, and reads the whole "
               "table under ACCESS EXCLUSIVE to prove it.",
    .instead = "First prove it: CHECK (column IS NOT NULL) NOT VALID, VALIDATE, then SET NOT NULL, which then "
               "reads nothing.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
