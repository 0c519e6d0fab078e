#include "rules/rule.h"

namespace slipway::rules {

/// Whether the same transaction gives the column another default, lets it be null, or drops it.
static bool replaced(const JudgedScript& script, size_t from, const RelationRef& of, const std::string& named) {
    const auto same = [&](const RelationRef& table, const std::string& column) { return table.name == of.name && column == named; };
    for (size_t i = from; i < script.statements.size() && script.statements[i].segment == script.statements[from].segment; i++)
        for (const Change& change : script.statements[i].changes) {
            if (const auto* other = std::get_if<change::SetDefault>(&change.what); other && !other->drops && same(other->table, other->column)) return true;
            if (const auto* nullable = std::get_if<change::DropNotNull>(&change.what); nullable && same(nullable->table, nullable->column)) return true;
            if (const auto* gone = std::get_if<change::DropColumn>(&change.what); gone && same(gone->table, gone->column)) return true;
            if (const auto* option = std::get_if<change::SetTableOption>(&change.what); option && option->option == "identity" && same(option->table, option->value)) return true;
        }
    return false;
}

static void needed(const JudgedScript& script, size_t statement, const RelationRef& table, const std::string& column, Found& found) {
    if (!table.inUse() || replaced(script, statement, table, column)) return;
    found.add(script, statement, table.known ? Ground::predicted : Ground::byName, fmt::format("inserts of running instances that leave {} of {} to the server fail once it has no default", column, table.name),
              "drop the default when all running code names the column");
}

static void check(const ReleaseEffects& release, Found& found) {
    std::set<std::string> added;
    for (const JudgedScript& script : release.scripts)
        for (size_t i = 0; i < script.statements.size(); i++)
            for (const Change& change : script.statements[i].changes) {
                if (const auto* add = std::get_if<change::AddColumn>(&change.what); add && add->table.inUse() && add->column.notNull && add->column.hasDefault)
                    added.insert(add->table.name + "." + add->column.name);
                const auto* set = std::get_if<change::SetDefault>(&change.what);
                // An identity is a default of a column that must not be null.
                if (const auto* option = std::get_if<change::SetTableOption>(&change.what); option && option->option == "drop identity")
                    needed(script, i, option->table, option->value, found);
                if (!set || !set->drops) continue;
                if (set->required) needed(script, i, set->table, set->column, found);
                else if (!replaced(script, i, set->table, set->column) && added.contains(set->table.name + "." + set->column))
                    found.add(script, i, Ground::predicted, fmt::format("inserts of running instances, which know nothing of {}, fail once its default is gone", set->column),
                              "drop the default in a later release");
            }
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT 'web';\n"
    "ALTER TABLE orders ALTER COLUMN channel DROP DEFAULT;"},
    {"ALTER TABLE customers ALTER COLUMN created_at DROP DEFAULT;"},
    {"ALTER TABLE orders ALTER COLUMN id DROP IDENTITY;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT 'web';"},
    {"CREATE TABLE carts (id bigint, state text NOT NULL DEFAULT 'new');\n"
    "ALTER TABLE carts ALTER COLUMN state DROP DEFAULT;"},
    {"ALTER TABLE customers ALTER COLUMN created_at DROP DEFAULT;\n"
    "ALTER TABLE customers ALTER COLUMN created_at SET DEFAULT clock_timestamp();"},
    {"ALTER TABLE orders ALTER COLUMN id DROP IDENTITY, ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;"},
};

extern const Rule rule_default_then_dropped = {
    .id = "default-then-dropped",
    .category = Category::safety,
    .severity = Severity::warning,
    .finds = "a NOT NULL column loses the default, or the identity, that lets old code insert",
    .because = "While a release goes out, old instances insert rows without the column. The default is what "
               "keeps them working; once it is dropped, their inserts fail.",
    .instead = "Drop the default in a later release, when no old instance is left.",
    .bad = bad,
    .good = good,
    .release = check};

}  // namespace slipway::rules
