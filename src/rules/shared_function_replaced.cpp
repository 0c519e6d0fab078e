#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::CreateFunction>(view, [&](const change::CreateFunction& function, const Change& change) {
        if (function.replaces && !function.usedBy.empty())
            found.add(view, change, fmt::format("{} {} {}: all of them do something else from now on", listed(function.usedBy), function.usedBy.size() == 1 ? "uses" : "use", function.name), "put its former body into the undo script, or choose another name");
    });
}

static constexpr Example bad[] = {
    {"CREATE OR REPLACE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"},
};
static constexpr Example good[] = {
    {"CREATE FUNCTION note_change_2() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"},
};

extern const Rule rule_shared_function_replaced = {
    .id = "shared-function-replaced",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "a function that others use is replaced",
    .because = "CREATE OR REPLACE changes what all triggers that use the function do, and no undo script can "
               "know what its body was unless it says so.",
    .instead = "Give the new function a name of its own, or put the former body into the undo script.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
