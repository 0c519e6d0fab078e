#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::DropObject>(view, [&](const change::DropObject& drop, const Change& change) {
        if (drop.fresh) return;
        if (drop.kind == "database") return found.add(view, change, fmt::format("the database {} and all its rows are lost", drop.name), "no migration should drop a database");
        if (drop.kind == "owned") return found.add(view, change, fmt::format("everything that {} owns in this database is dropped, tables with their rows among it", drop.name), "drop objects by name");
        if (drop.kind == "schema" && drop.cascade) found.add(view, change, fmt::format("the schema {} goes with all that lies in it{}", drop.name, drop.dependents.empty() ? "" : ": " + listed(drop.dependents)), "drop its objects by name first");
        if (drop.kind == "extension" && drop.cascade) found.add(view, change, fmt::format("columns and indexes of the types of {} go along", drop.name), "drop what uses the extension by name first, then it without CASCADE");
    });
}

static constexpr Example bad[] = {
    {"CREATE SCHEMA stats;\n-- file: V3__drop.sql\nDROP SCHEMA public CASCADE;"},
    {"DROP OWNED BY app;"},
    {"DROP DATABASE shop;"},
};
static constexpr Example good[] = {
    {"CREATE SCHEMA scratch;\nDROP SCHEMA scratch;"},
};

extern const Rule rule_drop_container = {
    .id = "drop-container",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a schema, database, extension or all that a role owns is dropped",
    .because = "What lies in it goes along, whoever made it.",
    .instead = "Drop the objects one by one, by name, so that a reviewer sees them.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
