#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    const auto addedAgain = [&](const RelationRef& table) {
        for (const JudgedStatement& other : view.script.statements)
            for (const Change& change : other.changes)
                if (const auto* key = std::get_if<change::AddConstraint>(&change.what); key && key->type == ConstraintType::foreignKey && key->table.name == table.name) return true;
        return false;
    };
    each<change::DropConstraint>(view, [&](const change::DropConstraint& drop, const Change& change) {
        if (drop.type != ConstraintType::foreignKey || !drop.table.inUse() || addedAgain(drop.table)) return;
        found.add(view, change, drop.table,
                  fmt::format("nothing keeps rows of {} from referencing what is not there any more; ACCESS EXCLUSIVE on {} and {} blocks reads and writes for a moment", drop.table.name, drop.table.name,
                              drop.referenced ? drop.referenced->name : "the referenced table"),
                  "say why it may go: -- slipway:ignore drop-foreign-key: <reason>");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE items DROP CONSTRAINT items_order_id_fkey;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE items DROP CONSTRAINT items_order_id_fkey;\n"
    "ALTER TABLE items ADD CONSTRAINT items_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE NOT VALID;"},
    {"CREATE TABLE carts (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id));\n"
    "ALTER TABLE carts DROP CONSTRAINT carts_order_id_fkey;"},
};

extern const Rule rule_drop_foreign_key = {
    .id = "drop-foreign-key",
    .category = Category::safety,
    .severity = Severity::warning,
    .finds = "a foreign key is dropped and not replaced",
    .because = "From then on rows may reference what is not there, and nothing finds them; to add the key again, all "
               "of them must be found and mended. The statement takes ACCESS EXCLUSIVE on both tables.",
    .instead = "Keep it; or drop it in a migration of its own, with a short lock_timeout, and say why.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
