#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    if (view.script.migration && view.script.migration->kind == MigrationKind::repeatable) return;
    each<change::CreateFunction>(view, [&](const change::CreateFunction& function, const Change& change) {
        if (function.orReplace && !function.replaces)
            found.add(view, change, fmt::format("a function {} that somebody else made would be replaced without a word", function.name), "CREATE FUNCTION without OR REPLACE");
    });
}

static constexpr Example bad[] = {
    {"CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"},
};
static constexpr Example good[] = {
    {"CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"},
};

extern const Rule rule_or_replace_function = {
    .id = "or-replace-function",
    .category = Category::review,
    .severity = Severity::note,
    .finds = "CREATE OR REPLACE of a function that this release seems to make",
    .because = "Where another team has a function of that name and these arguments, its body is gone without "
               "a word, and no undo script can know what it was.",
    .instead = "CREATE FUNCTION, which fails when there is one; a name of its own.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
