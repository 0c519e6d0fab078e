#include "rules/rule.h"

namespace slipway::rules {

static void check(const ReleaseEffects&, const JudgedScript& script, Found& found) {
    if (!script.undo) return;
    for (const JudgedStatement& one : script.undo->statements)
        for (const Change& change : one.changes) {
            const auto* relation = std::get_if<change::DropRelation>(&change.what);
            const auto* object = std::get_if<change::DropObject>(&change.what);
            const auto* column = std::get_if<change::DropColumn>(&change.what);
            if (!(relation && relation->cascade) && !(object && object->cascade) && !(column && column->cascade)) continue;
            const std::string what = relation ? relation->relation.name : object ? object->name : column->table.name + "." + column->column;
            const std::vector<std::string>& dependents = relation ? relation->dependents : object ? object->dependents : column->dependents;
            found.add(script, 0, fmt::format("line {} of its undo script drops {} with CASCADE{}", lineOf(*script.undo, one), what,
                                             dependents.empty() ? ": whatever others built on it meanwhile goes along" : ": " + listed(dependents) + " would go along"),
                      "leave CASCADE out");
        }
}

static constexpr Example bad[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY);\n-- file: U2__example.sql\nDROP TABLE carts CASCADE;"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY);\n-- file: U2__example.sql\nDROP TABLE carts;"},
};

extern const Rule rule_undo_cascade = {
    .id = "undo-cascade",
    .category = Category::review,
    .severity = Severity::error,
    .finds = "an undo script drops with CASCADE",
    .because = "Rolling back then takes along what others built on the objects meanwhile, without a word: a "
               "view of another team, a foreign key.",
    .instead = "Drop by name what the migration made, in the opposite order, without CASCADE: then what "
               "stands in the way is told.",
    .bad = bad,
    .good = good,
    .script = check};

}  // namespace slipway::rules
