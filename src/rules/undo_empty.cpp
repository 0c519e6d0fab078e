#include "rules/rule.h"

namespace slipway::rules {

static void check(const ReleaseEffects&, const JudgedScript& script, Found& found) {
    if (script.undo && script.undo->statements.empty() && !script.statements.empty() && !script.migration->declarations.irreversible)
        found.add(script, 0, fmt::format("its undo script {} has no statement", script.undo->script.file), "write what takes the migration back, or declare it irreversible");
}

static constexpr Example bad[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY);\n-- file: U2__example.sql\n-- nothing to do\n"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY);\n-- file: U2__example.sql\nDROP TABLE carts;"},
};

extern const Rule rule_undo_empty = {
    .id = "undo-empty",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "an undo script does nothing",
    .because = "It passes every test of rolling back that only looks at exit codes, and leaves everything as "
               "it is.",
    .instead = "Write what takes the migration back, or declare it irreversible with a reason.",
    .bad = bad,
    .good = good,
    .script = check};

}  // namespace slipway::rules
