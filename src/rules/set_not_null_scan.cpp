#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::SetNotNull>(view, [&](const change::SetNotNull& set, const Change& change) {
        if (set.already || set.proven || !set.table.inUse()) return;
        const std::string lock = fmt::format("ACCESS EXCLUSIVE on {} blocks reads and writes while the whole table is read for nulls in {}", set.table.name, set.column);
        if (set.dropsProof)
            return found.add(view, change, set.table, lock + ": the check that proves it goes in the same statement, before it is asked", "drop the check in a later statement");
        if (set.notValidated)
            return found.add(view, change, set.table, lock, "VALIDATE CONSTRAINT of the NOT NULL that is there does the same under SHARE UPDATE EXCLUSIVE");
        found.add(view, change, set.table, lock,
                  view.release.serverVersion >= 18 ? "ADD CONSTRAINT ... NOT NULL column NOT VALID, then VALIDATE CONSTRAINT in another transaction"
                                                   : "first ADD CHECK (column IS NOT NULL) NOT VALID and VALIDATE it in another transaction; SET NOT NULL then reads nothing");
    });
}

static std::optional<Fix> fix(const JudgedStatement& statement) {
    const auto* set = onlyChange<change::SetNotNull>(statement);
    if (!set || set->notValidated) return std::nullopt;
    const std::string table = set->table.name, column = sqlName(set->column), proof = sqlName(set->column + "_not_null");
    return Fix{.edit = Fix::Edit::remove,
               .steps = {{.sql = fmt::format("ALTER TABLE {} ADD CONSTRAINT {} CHECK ({} IS NOT NULL) NOT VALID;", table, proof, column), .undo = fmt::format("ALTER TABLE {} DROP CONSTRAINT {};", table, proof)},
                         {.sql = fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {};", table, proof), .alone = true, .undo = nothingToUndo()},
                         {.sql = fmt::format("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL;\nALTER TABLE {} DROP CONSTRAINT {};", table, column, table, proof),
                          .alone = true,
                          .undo = fmt::format("ALTER TABLE {} ADD CONSTRAINT {} CHECK ({} IS NOT NULL) NOT VALID;\nALTER TABLE {} ALTER COLUMN {} DROP NOT NULL;", table, proof, column, table, column)}}};
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ALTER COLUMN note SET NOT NULL;"},
    {"ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID;\n"
    "-- file: V3__validate.sql\n"
    "ALTER TABLE orders VALIDATE CONSTRAINT c;\n"
    "-- file: V4__set.sql\n"
    "ALTER TABLE orders ALTER COLUMN note SET NOT NULL, DROP CONSTRAINT c;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID;\n"
    "-- file: V3__validate.sql\n"
    "ALTER TABLE orders VALIDATE CONSTRAINT c;\n"
    "-- file: V4__set.sql\n"
    "ALTER TABLE orders ALTER COLUMN note SET NOT NULL;\n"
    "ALTER TABLE orders DROP CONSTRAINT c;"},
    {"ALTER TABLE orders ALTER COLUMN id SET NOT NULL;"},
};

extern const Rule rule_set_not_null_scan = {
    .id = "set-not-null-scan",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "SET NOT NULL reads the whole table under ACCESS EXCLUSIVE",
    .because = "Unless a valid check already says that there is no null, the server reads all rows while "
               "nobody can read or write.",
    .instead = "ADD CONSTRAINT c CHECK (column IS NOT NULL) NOT VALID; VALIDATE CONSTRAINT c in another "
               "transaction; SET NOT NULL, which then reads nothing; DROP CONSTRAINT c in a statement of its "
               "own. On 18: ADD CONSTRAINT c NOT NULL column NOT VALID, then VALIDATE.",
    .bad = bad,
    .good = good,
    .statement = check,
    .fix = fix};

}  // namespace slipway::rules
