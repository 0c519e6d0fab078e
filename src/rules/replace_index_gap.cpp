#include "rules/rule.h"

namespace slipway::rules {

static void check(const ReleaseEffects&, const JudgedScript& script, Found& found) {
    for (size_t i = 0; i < script.statements.size(); i++) {
        const auto* drop = firstOf<change::DropIndex>(script.statements[i]);
        if (!drop || drop->columns.empty() || !drop->table.inUse()) continue;
        for (size_t k = i + 1; k < script.statements.size(); k++) {
            const auto* index = firstOf<change::CreateIndex>(script.statements[k]);
            if (!index || index->table.name != drop->table.name || index->columns.size() < drop->columns.size()) continue;
            if (!std::equal(drop->columns.begin(), drop->columns.end(), index->columns.begin())) continue;
            found.add(script, i, Ground::predicted,
                      fmt::format("{} goes before the index that takes its place is built: until then queries on {} read the whole table", drop->index.name, drop->table.name),
                      "create the new index first and drop this one afterwards");
            break;
        }
    }
}

static constexpr Example bad[] = {
    {"DROP INDEX CONCURRENTLY orders_state_idx;\n"
    "CREATE INDEX CONCURRENTLY orders_state_placed_idx ON orders (state, placed_at);"},
};
static constexpr Example good[] = {
    {"CREATE INDEX CONCURRENTLY orders_state_placed_idx ON orders (state, placed_at);\n"
    "DROP INDEX CONCURRENTLY orders_state_idx;"},
};

extern const Rule rule_replace_index_gap = {
    .id = "replace-index-gap",
    .category = Category::safety,
    .severity = Severity::warning,
    .finds = "an index is dropped before the one that replaces it is there",
    .because = "From the DROP until the new index is built, queries that relied on the old one read the whole "
               "table.",
    .instead = "Create the new index first, under another name, and drop the old one afterwards.",
    .bad = bad,
    .good = good,
    .script = check};

}  // namespace slipway::rules
