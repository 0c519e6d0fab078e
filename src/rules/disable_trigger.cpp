#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::TriggerChange>(view, [&](const change::TriggerChange& trigger, const Change& change) {
        if (trigger.verb != "disable" || !trigger.table.inUse()) return;
        for (size_t i = view.index + 1; i < view.script.statements.size() && view.script.statements[i].segment == view.judged.segment; i++)
            if (const auto* later = firstOf<change::TriggerChange>(view.script.statements[i]); later && later->verb == "enable" && later->table.name == trigger.table.name && later->name == trigger.name) return;
        found.add(view, change, trigger.table, fmt::format("{} of {} {} off for everybody, from now on", trigger.name.empty() ? "all triggers, those of foreign keys among them," : "trigger " + trigger.name, trigger.table.name, trigger.name.empty() ? "are" : "is"),
                  "enable it again in the same transaction");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders DISABLE TRIGGER orders_note;"},
    {"ALTER TABLE orders DISABLE TRIGGER ALL;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders DISABLE TRIGGER orders_note;\n"
    "UPDATE orders SET note = NULL WHERE id = 1;\n"
    "ALTER TABLE orders ENABLE TRIGGER orders_note;"},
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
