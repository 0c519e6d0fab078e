#include "rules/rule.h"

namespace slipway::rules {

static void check(const ReleaseEffects&, const JudgedScript& script, Found& found) {
    if (!script.migration || !script.migration->declarations.pre.empty()) return;
    for (size_t i = 0; i < script.statements.size(); i++)
        for (const Change& change : script.statements[i].changes) {
            const auto* index = std::get_if<change::CreateIndex>(&change.what);
            const auto* constraint = std::get_if<change::AddConstraint>(&change.what);
            const auto* type = std::get_if<change::AlterColumnType>(&change.what);
            const auto* notNull = std::get_if<change::SetNotNull>(&change.what);
            const bool fails = (index && index->unique && !index->existed && index->table.inUse()) || (type && type->narrows && type->table.inUse()) ||
                               (constraint && !constraint->withTable && constraint->usingIndex.empty() && constraint->type == ConstraintType::unique && constraint->table.inUse()) ||
                               (notNull && !notNull->already && !notNull->proven && notNull->table.inUse());
            if (!fails) continue;
            found.add(script, i, Ground::predicted, "rows that are there can make this fail, and nothing looks at them before", "a [[pre]] check beside the script finds them before anything is locked");
            return;
        }
}

static constexpr Example bad[] = {
    {"CREATE UNIQUE INDEX CONCURRENTLY ON customers (name);"},
};
static constexpr Example good[] = {
    {"CREATE UNIQUE INDEX CONCURRENTLY ON customers (name);\n"
    "-- file: V2__example.slipway.toml\n"
    "[[pre]]\n"
    "sql = \"SELECT count(*) FROM (SELECT FROM customers GROUP BY name HAVING count(*) > 1) AS twice\"\n"
    "expect = \"0\""},
};

extern const Rule rule_precondition_missing = {
    .id = "precondition-missing",
    .category = Category::review,
    .severity = Severity::note,
    .finds = "a change that data can make fail asserts nothing before it",
    .because = "SET NOT NULL, a unique key, a narrower type fail at the first row that does not fit, in the "
               "middle of a deployment. A [[pre]] check says so before anything is locked.",
    .instead = "A [[pre]] in the .slipway.toml beside the script: a query and the answer that it must give.",
    .bad = bad,
    .good = good,
    .script = check};

}  // namespace slipway::rules
