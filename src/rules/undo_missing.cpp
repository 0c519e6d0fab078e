#include "rules/rule.h"

namespace slipway::rules {

static void check(const ReleaseEffects& release, const JudgedScript& script, Found& found) {
    if (!script.migration || script.migration->kind != MigrationKind::versioned || script.migration->down || script.migration->declarations.irreversible || script.statements.empty()) return;
    found.add(script, 0, "there is no undo script, and nothing says why", "write one, or declare irreversible = \"reason\" in the .slipway.toml beside it", release.hasUndoScripts ? Severity::warning : Severity::note);
}

static constexpr Example bad[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY);\n"
    "-- file: V3__more.sql\n"
    "CREATE TABLE bags (id bigint PRIMARY KEY);\n"
    "-- file: U3__more.sql\n"
    "DROP TABLE bags;"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY);\n-- file: U2__example.sql\nDROP TABLE carts;"},
    {"CREATE TABLE carts (id bigint PRIMARY KEY);\n"
    "-- file: V2__example.slipway.toml\n"
    "irreversible = \"the carts are gone\""},
};

extern const Rule rule_undo_missing = {
    .id = "undo-missing",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "a migration has no undo script",
    .because = "A rollback that nobody wrote cannot be tried, and at night nobody wants to write one. In a "
               "project without any undo script this is a note.",
    .instead = "Write it beside the script; or say in V2__x.slipway.toml why there is none: irreversible = "
               "\"reason\".",
    .bad = bad,
    .good = good,
    .script = check};

}  // namespace slipway::rules
