#include "rules/rule.h"

namespace slipway::rules {

static bool isWordCharacter(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

static void check(const ReleaseEffects& release, const JudgedScript& script, Found& found) {
    if (!script.migration || !script.migration->version) return;
    const HeaderField* field = script.migration->header.find("Dependencies");
    if (!field) return;
    for (size_t i = 0; i < field->value.size(); i++) {
        const bool begins = i == 0 || !isWordCharacter(field->value[i - 1]);
        if (field->value[i] != 'V' || !begins) continue;
        size_t end = i + 1;
        while (end < field->value.size() && (isWordCharacter(field->value[end]) || field->value[end] == '.')) end++;
        const auto version = Version::parse(field->value.substr(i + 1, end - i - 1));
        if (!version) continue;
        const std::string name = field->value.substr(i, end - i);
        const bool there = std::any_of(release.versions.begin(), release.versions.end(), [&](const std::string& known) { return Version::parse(known) == version; });
        if (!there) found.add(script, field->line, fmt::format("{}, on which this depends, is not there", name), "name the migration that makes what this one needs");
        else if (!(*version < *script.migration->version)) found.add(script, field->line, fmt::format("{}, on which this depends, runs later", name), "give this one a higher number");
    }
}

static constexpr Example bad[] = {
    {"-- Purpose: carts\n"
    "-- Author: Ada\n"
    "-- Dependencies: V7 (customers must exist)\n"
    "-- Rollback: None\n"
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
    {"-- Purpose: carts\n"
    "-- Author: Ada\n"
    "-- Dependencies: None\n"
    "-- Rollback: U2__example.sql\n"
    "CREATE TABLE carts (id bigint PRIMARY KEY);\n"
    "-- file: U2__example.sql\n"
    "DROP TABLE carts;"},
};

extern const Rule rule_header_dependencies = {
    .id = "header-dependencies",
    .category = Category::review,
    .severity = Severity::error,
    .finds = "the header depends on a migration that is not there, or comes later",
    .because = "The order of versions is the order in which they run: what this one needs must have a lower "
               "number.",
    .instead = "Name the migration that makes what this one needs.",
    .bad = bad,
    .good = good,
    .script = check};

}  // namespace slipway::rules
