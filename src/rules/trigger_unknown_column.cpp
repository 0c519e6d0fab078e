#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::TriggerChange>(view, [&](const change::TriggerChange& trigger, const Change& change) {
        if (trigger.verb == "create" && !trigger.unresolved.empty())
            found.add(view, change, trigger.table, fmt::format("{} names {}, which {} does not have: each statement that fires the trigger will fail", trigger.function, listed(trigger.unresolved), trigger.table.name),
                      "correct the function, or the table");
    });
}

static constexpr Example bad[] = {
    {"CREATE FUNCTION set_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.full_name := NEW.first_name; RETURN NEW; END $$;\n"
    "CREATE TRIGGER full_name BEFORE INSERT ON customers FOR EACH ROW EXECUTE FUNCTION set_full();"},
};
static constexpr Example good[] = {
    {"CREATE TRIGGER orders_note_2 BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION note_change();"},
};

extern const Rule rule_trigger_unknown_column = {
    .id = "trigger-unknown-column",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a trigger's function names a column that the table does not have",
    .because = "PL/pgSQL resolves NEW.x when the trigger fires: the statement passes, and then every INSERT "
               "or UPDATE of the table fails with 'record \"new\" has no field'.",
    .instead = "Correct the function, or create the trigger on the table that it was meant for.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
