#include "rules/rule.h"

namespace slipway::rules {

static void check(const ReleaseEffects&, const JudgedScript& script, Found& found) {
    if (!script.migration || script.migration->header.fields.empty()) return;
    std::vector<std::string> missing;
    for (const char* name : {"Purpose", "Author", "Dependencies", "Rollback"}) {
        const HeaderField* field = script.migration->header.find(name);
        if (!field || field->value.empty()) missing.emplace_back(name);
    }
    if (!missing.empty() && missing.size() < 4)
        found.add(script, script.migration->header.fields.front().line, fmt::format("the header lacks {}", listed(missing)), "add what is missing; \"None\" is an answer");
}

static constexpr Example bad[] = {
    {"-- Purpose: carts\n"
    "CREATE TABLE carts (id bigint PRIMARY KEY);\n"
    "-- file: U2__example.sql\n"
    "DROP TABLE carts;"},
};
static constexpr Example good[] = {
    {"-- Purpose: carts\n"
    "-- Author: Ada\n"
    "-- Dependencies: V1\n"
    "-- Rollback: U2__example.sql\n"
    "CREATE TABLE carts (id bigint PRIMARY KEY);\n"
    "-- file: U2__example.sql\n"
    "DROP TABLE carts;"},
    {"CREATE TABLE carts (id bigint PRIMARY KEY);\n-- file: U2__example.sql\nDROP TABLE carts;"},
};

extern const Rule rule_header_incomplete = {
    .id = "header-incomplete",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "the header of a migration lacks a field",
    .because = "A header says to reviewers and auditors what the change is for, who made it, and how it is "
               "taken back. A migration that has one should have all of it.",
    .instead = "Purpose, Author, Dependencies and Rollback, as `slipway new` writes them.",
    .bad = bad,
    .good = good,
    .script = check};

}  // namespace slipway::rules
