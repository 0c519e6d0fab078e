#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AddConstraint>(view, [&](const change::AddConstraint& key, const Change& change) {
        if ((key.type != ConstraintType::primaryKey && key.type != ConstraintType::unique) || key.withTable || !key.usingIndex.empty() || !key.table.inUse()) return;
        found.add(view, change, key.table,
                  fmt::format("ACCESS EXCLUSIVE on {} blocks reads and writes while the index of the {} is built", key.table.name, key.type == ConstraintType::unique ? "unique constraint" : "primary key"),
                  "CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT ... USING INDEX");
    });
}

static std::optional<Fix> fix(const JudgedStatement& statement) {
    const auto* key = onlyChange<change::AddConstraint>(statement);
    if (!key || key->name.empty() || key->deferrable || key->table.kind == RelationKind::partitioned || !key->nullable.empty())
        return std::nullopt;
    std::string columns;
    for (const std::string& column : key->columns) columns += (columns.empty() ? "" : ", ") + sqlName(column);
    const std::string name = sqlName(key->name);
    const char* kind = key->type == ConstraintType::primaryKey ? "PRIMARY KEY" : "UNIQUE";
    return Fix{.edit = Fix::Edit::remove,
               .steps = {{.sql = fmt::format("CREATE UNIQUE INDEX CONCURRENTLY {} ON {} ({});\nALTER TABLE {} ADD CONSTRAINT {} {} USING INDEX {};", name, key->table.name, columns, key->table.name, name, kind, name)}}};
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD CONSTRAINT orders_note_key UNIQUE (note);"},
    {"ALTER TABLE events_2026 ADD PRIMARY KEY (id);"},
};
static constexpr Example good[] = {
    {"CREATE UNIQUE INDEX CONCURRENTLY orders_note_key ON orders (note);\n"
    "ALTER TABLE orders ADD CONSTRAINT orders_note_key UNIQUE USING INDEX orders_note_key;"},
};

extern const Rule rule_key_builds_index = {
    .id = "key-builds-index",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a primary key or unique constraint builds its index under ACCESS EXCLUSIVE",
    .because = "ADD PRIMARY KEY and ADD UNIQUE build an index while the table can be neither read nor "
               "written.",
    .instead = "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT ... USING INDEX, which takes the lock "
               "for a moment only.",
    .bad = bad,
    .good = good,
    .statement = check,
    .fix = fix};

}  // namespace slipway::rules
