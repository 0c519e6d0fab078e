#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::TriggerChange>(view, [&](const change::TriggerChange& trigger, const Change& change) {
        if (trigger.verb != "disable" || !trigger.table.inUse()) return;
        const bool all = trigger.name.empty();
        for (const JudgedStatement& next : laterInTransaction(view)) {
            if (const auto* later = firstOf<change::TriggerChange>(next); later && later->verb == "enable" && later->table.name == trigger.table.name && later->name == trigger.name) return;
            const auto* write = firstOf<change::Write>(next);
            if (trigger.keys && write && write->table.name == trigger.table.name && write->verb != "delete")
                return found.add(view, change, trigger.table, fmt::format("rows of {} are written while its foreign keys are off: those that break them are never found", trigger.table.name),
                                 "DISABLE TRIGGER USER leaves the foreign keys on");
        }
        found.add(view, change, trigger.table,
                  fmt::format("{} of {} {} off for everybody, from now on", trigger.keys ? "all triggers, those of foreign keys among them," : all ? "all triggers" : "trigger " + trigger.name, trigger.table.name, all ? "are" : "is"),
                  "enable it again in the same transaction");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders DISABLE TRIGGER orders_note;"},
    {"ALTER TABLE orders DISABLE TRIGGER ALL;"},
    {"ALTER TABLE items DISABLE TRIGGER ALL;\n"
    "INSERT INTO items VALUES (1, -1, 1);\n"
    "ALTER TABLE items ENABLE TRIGGER ALL;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders DISABLE TRIGGER orders_note;\n"
    "UPDATE orders SET note = NULL WHERE id = 1;\n"
    "ALTER TABLE orders ENABLE TRIGGER orders_note;"},
    {"ALTER TABLE orders DISABLE TRIGGER USER;\n"
    "UPDATE orders SET note = NULL WHERE id = 1;\n"
    "ALTER TABLE orders ENABLE TRIGGER USER;"},
};

extern const Rule rule_disable_trigger = {
    .id = "disable-trigger",
    .category = Category::safety,
    .severity = Severity::warning,
    .finds = "a trigger is switched off",
    .because = "DISABLE TRIGGER holds for everybody, not for this session alone. ALL switches the checks of "
               "foreign keys off, too, and rows that break them are never found.",
    .instead = "Let the trigger look at a setting of the session; or enable it again in the same transaction.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
