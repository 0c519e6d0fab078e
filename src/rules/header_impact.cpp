#include "base/text.h"
#include "rules/rule.h"

namespace slipway::rules {

static void check(const ReleaseEffects&, const JudgedScript& script, Found& found) {
    if (!script.migration) return;
    const HeaderField* field = script.migration->header.find("Impact");
    if (!field) return;
    const std::string claim = lower(field->value);
    const auto says = [&](const char* words) { return claim.find(words) != std::string::npos; };
    const bool none = claim.starts_with("none") || says("no downtime") || says("no lock") || says("zero downtime") || says("zero-downtime");
    for (const JudgedStatement& one : script.statements)
        for (const Effect& effect : one.effects.effects) {
            if (!*blockedBy(effect.lock) || !(effect.scans || effect.rewrites) || effect.kind == RelationKind::index) continue;
            if (none)
                found.add(script, field->line, fmt::format("the header says \"{}\", but line {} takes {} on {} while all of it is read: it {}", field->value, lineOf(script, one),
                                                           wordsFor(effect.lock), effect.relation, blockedBy(effect.lock)), "say so, or use a form that blocks nobody");
            return;
        }
    if (!none && says("downtime")) found.add(script, field->line, fmt::format("the header says \"{}\", but no statement here blocks anybody while it reads or writes a table", field->value), "say what `slipway check` says");
}

static constexpr Example bad[] = {
    {"-- Purpose: index\n"
    "-- Author: Ada\n"
    "-- Dependencies: V1\n"
    "-- Rollback: None\n"
    "-- Impact: none, no downtime\n"
    "CREATE INDEX orders_placed ON orders (placed_at);"},
    {"-- Purpose: index\n"
    "-- Author: Ada\n"
    "-- Dependencies: V1\n"
    "-- Rollback: None\n"
    "-- Impact: ~500ms downtime for index creation\n"
    "CREATE INDEX CONCURRENTLY orders_placed ON orders (placed_at);"},
};
static constexpr Example good[] = {
    {"-- Purpose: carts\n"
    "-- Author: Ada\n"
    "-- Dependencies: V1\n"
    "-- Rollback: U2__example.sql\n"
    "-- Impact: none\n"
    "CREATE TABLE carts (id bigint PRIMARY KEY);\n"
    "-- file: U2__example.sql\n"
    "DROP TABLE carts;"},
};

extern const Rule rule_header_impact = {
    .id = "header-impact",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "the Impact in the header contradicts what the statements do",
    .because = "A reviewer decides by it.",
    .instead = "Say what `slipway check` says: which lock, on which table, and what it does meanwhile.",
    .bad = bad,
    .good = good,
    .script = check};

}  // namespace slipway::rules
