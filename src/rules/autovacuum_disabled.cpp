#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::SetTableOption>(view, [&](const change::SetTableOption& option, const Change& change) {
        if (option.option == "autovacuum_enabled" && (option.value == "false" || option.value == "off" || option.value == "0"))
            found.add(view, change, option.table, fmt::format("dead rows of {} pile up until its transaction ids are about to run out", option.table.name), "tune autovacuum_vacuum_scale_factor instead");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders SET (autovacuum_enabled = false);"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders SET (autovacuum_vacuum_scale_factor = 0.02);"},
    {"ALTER TABLE orders RESET (autovacuum_enabled);"},
};

extern const Rule rule_autovacuum_disabled = {
    .id = "autovacuum-disabled",
    .category = Category::safety,
    .severity = Severity::warning,
    .finds = "autovacuum is switched off for a table",
    .because = "Dead rows pile up, and the table is vacuumed only when its transaction ids are about to run "
               "out, then without regard to load.",
    .instead = "Tune autovacuum_vacuum_scale_factor instead.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
