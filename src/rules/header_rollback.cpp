#include "rules/rule.h"

namespace slipway::rules {

static void check(const ReleaseEffects&, const JudgedScript& script, Found& found) {
    if (!script.migration) return;
    const HeaderField* field = script.migration->header.find("Rollback");
    if (!field || !field->value.ends_with(".sql")) return;
    const std::string there = script.migration->down ? script.migration->down->name : "";
    if (there == field->value || there.ends_with("/" + field->value)) return;
    found.add(script, field->line, fmt::format("the undo script {} is not there{}", field->value, there.empty() ? "" : fmt::format(" (there is {})", there)), "write it, or correct the header");
}

static constexpr Example bad[] = {
    {"-- Purpose: carts\n"
    "-- Author: Ada\n"
    "-- Dependencies: None\n"
    "-- Rollback: U2__remove_carts.sql\n"
    "CREATE TABLE carts (id bigint PRIMARY KEY);"},
};
static constexpr Example good[] = {
    {"-- Purpose: carts\n"
    "-- Author: Ada\n"
    "-- Dependencies: V1\n"
    "-- Rollback: U2__example.sql\n"
    "CREATE TABLE carts (id bigint PRIMARY KEY);\n"
    "-- file: U2__example.sql\n"
    "DROP TABLE carts;"},
};

extern const Rule rule_header_rollback = {
    .id = "header-rollback",
    .category = Category::review,
    .severity = Severity::error,
    .finds = "the header names an undo script that is not there",
    .because = "Whoever has to roll back will look for it.",
    .instead = "Write the file, or correct the field.",
    .bad = bad,
    .good = good,
    .script = check};

}  // namespace slipway::rules
