#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::CreateTable>(view, [&](const change::CreateTable& table, const Change& change) {
        if (table.primaryKey || table.existed || table.asQuery || table.table.temporary || table.partitionOf || table.table.kind == RelationKind::materializedView) return;
        for (const JudgedStatement& later : view.script.statements)
            for (const Change& other : later.changes)
                if (const auto* key = std::get_if<change::AddConstraint>(&other.what); key && key->type == ConstraintType::primaryKey && key->table.name == table.table.name) return;
        found.add(view, change, table.table, fmt::format("nothing identifies a row of {}", table.table.name), "give it a primary key");
    });
}

static constexpr Example bad[] = {
    {"CREATE TABLE logs (at timestamptz, words text);"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY);"},
    {"CREATE TEMPORARY TABLE work (words text);"},
    {"CREATE TABLE copy (LIKE orders INCLUDING ALL);"},
};

extern const Rule rule_no_primary_key = {
    .id = "no-primary-key",
    .category = Category::style,
    .severity = Severity::note,
    .finds = "a table without a primary key",
    .because = "Logical replication cannot tell its rows apart, and neither can anybody who must repair them.",
    .instead = "A primary key; where no column is one, an identity.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
