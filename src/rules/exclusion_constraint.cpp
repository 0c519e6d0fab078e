#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AddConstraint>(view, [&](const change::AddConstraint& constraint, const Change& change) {
        if (constraint.type != ConstraintType::exclusion || constraint.withTable || !constraint.table.inUse()) return;
        found.add(view, change, constraint.table, fmt::format("ACCESS EXCLUSIVE on {} blocks reads and writes while the index is built and all rows are compared", constraint.table.name),
                  "there is no concurrent way: do it in a maintenance window, or move to a new table that has it from the beginning");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD CONSTRAINT one_at_a_time EXCLUDE USING gist (int8range(id, id, '[]') WITH &&);"},
};
static constexpr Example good[] = {
    {"CREATE TABLE bookings (during tstzrange, EXCLUDE USING gist (during WITH &&));"},
};

extern const Rule rule_exclusion_constraint = {
    .id = "exclusion-constraint",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "an exclusion constraint is added to a table in use",
    .because = "ADD EXCLUDE builds its index and compares all rows under ACCESS EXCLUSIVE. There is no "
               "concurrent way and no NOT VALID.",
    .instead = "Add it when the table is made; on a large table, move to a new table that has it, or do it in "
               "a window.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
