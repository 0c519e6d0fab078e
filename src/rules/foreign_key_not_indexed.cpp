#include "rules/rule.h"

namespace slipway::rules {

static void check(const ReleaseEffects& release, Found& found) {
    const auto serves = [](const change::AddConstraint& key, const std::string& table, const std::vector<std::string>& keys) {
        return table == key.table.name && keys.size() >= key.columns.size() &&
               std::is_permutation(key.columns.begin(), key.columns.end(), keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(key.columns.size()));
    };
    const auto servedInRelease = [&](const change::AddConstraint& key) {
        for (const JudgedScript& script : release.scripts)
            for (const JudgedStatement& one : script.statements)
                for (const Change& change : one.changes) {
                    const auto* index = std::get_if<change::CreateIndex>(&change.what);
                    if (index && !index->partial && serves(key, index->table.name, index->columns)) return true;
                    const auto* other = std::get_if<change::AddConstraint>(&change.what);
                    const bool unique = other && (other->type == ConstraintType::primaryKey || other->type == ConstraintType::unique);
                    if (unique && serves(key, other->table.name, other->columns)) return true;
                }
        return false;
    };
    for (const JudgedScript& script : release.scripts)
        for (size_t i = 0; i < script.statements.size(); i++)
            for (const Change& change : script.statements[i].changes) {
                const auto* key = std::get_if<change::AddConstraint>(&change.what);
                if (!key || key->type != ConstraintType::foreignKey || !key->indexedBy.empty() || !key->table.known || servedInRelease(*key)) continue;
                found.add(script, i, Ground::predicted,
                          fmt::format("no index of {} begins with {}: each delete in {} will read the whole table", key->table.name, listed(key->columns), key->referenced ? key->referenced->name : "the other table"),
                          "create an index on these columns, too");
            }
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;"},
    {"CREATE TABLE carts (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id));"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id));\n"
    "CREATE INDEX ON carts (customer_id);"},
    {"CREATE TABLE profiles (customer_id bigint PRIMARY KEY REFERENCES customers (id));"},
    {"CREATE INDEX CONCURRENTLY ON orders (customer_id);\n"
    "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;"},
};

extern const Rule rule_foreign_key_not_indexed = {
    .id = "foreign-key-not-indexed",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "no index begins with the columns of a foreign key",
    .because = "Each DELETE or UPDATE of a key in the referenced table looks for rows that reference it. "
               "Without an index it reads the whole referencing table, under a lock on the row.",
    .instead = "An index that begins with these columns.",
    .bad = bad,
    .good = good,
    .release = check};

}  // namespace slipway::rules
