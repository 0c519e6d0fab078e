#include "rules/rule.h"

namespace slipway::rules {

static void check(const ReleaseEffects&, const JudgedScript& script, Found& found) {
    std::optional<size_t> definition, rows;
    for (size_t i = 0; i < script.statements.size(); i++)
        for (const Change& change : script.statements[i].changes) {
            if (const auto* write = std::get_if<change::Write>(&change.what)) {
                if (write->table.inUse() && !rows) rows = i;
            } else if (!std::holds_alternative<change::SetVariable>(change.what) && !std::holds_alternative<change::LockTable>(change.what) && !std::holds_alternative<change::UseEnumValue>(change.what) && !definition) {
                definition = i;
            }
        }
    if (definition && rows)
        found.add(script, std::max(*definition, *rows), Ground::none, "this migration changes the schema and writes rows of a table in use", "make two of it, so that each can be undone by itself");
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD COLUMN channel text;\nUPDATE orders SET channel = 'web' WHERE channel IS NULL;"},
};
static constexpr Example good[] = {
    {"CREATE TABLE channels (id text PRIMARY KEY);\nINSERT INTO channels VALUES ('web');"},
    {"UPDATE orders SET note = 'x' WHERE id = 3;"},
    {"ALTER TABLE orders ADD COLUMN channel text;"},
};

extern const Rule rule_ddl_and_dml = {
    .id = "ddl-and-dml",
    .category = Category::review,
    .severity = Severity::error,
    .finds = "a migration changes the schema and writes rows",
    .because = "When the second half fails or must be taken back, the first half goes with it; and the locks "
               "of the schema change are held while the rows are written.",
    .instead = "Two files: `slipway fix` splits them. Rows of a table that the migration itself makes belong "
               "to it.",
    .bad = bad,
    .good = good,
    .script = check};

}  // namespace slipway::rules
