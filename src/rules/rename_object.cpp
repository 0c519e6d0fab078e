#include <algorithm>
#include <array>

#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    constexpr std::array<std::string_view, 6> named = {"schema", "type", "domain", "function", "procedure", "aggregate"};
    each<change::RenameObject>(view, [&](const change::RenameObject& rename, const Change& change) {
        if (rename.fresh || std::ranges::find(named, rename.kind) == named.end()) return;
        found.add(view, change, fmt::format("running code that names {} {} fails as soon as it is called {}", rename.kind, rename.from, rename.to),
                  rename.kind == "schema" ? "make the new schema beside the old one and move its tables behind views" : "create the new one beside the old one, and drop that when no code uses it",
                  rename.kind == "schema" ? std::nullopt : std::optional(Severity::warning));
    });
}

static constexpr Example bad[] = {
    {"ALTER SCHEMA public RENAME TO shop;"},
    {"ALTER TYPE mood RENAME TO feeling;"},
    {"ALTER FUNCTION note_change() RENAME TO note_changes;"},
};
static constexpr Example good[] = {
    {"CREATE SCHEMA stats;\nALTER SCHEMA stats RENAME TO figures;"},
    {"CREATE TYPE size AS ENUM ('s');\nALTER TYPE size RENAME TO sizes;"},
    {"ALTER INDEX orders_state_idx RENAME TO orders_by_state;"},
};

extern const Rule rule_rename_object = {
    .id = "rename-object",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a schema, type or function that running code names gets another name",
    .because = "Between the statement and the end of the rollout, every instance that knows only one of the two names "
               "fails; with a schema, for every table in it.",
    .instead = "Make the new one beside the old one, move the code, and drop the old one in a later release.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
