#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    const auto sequenceFollows = [&] {
        for (size_t i = view.index; i < view.script.statements.size(); i++)
            if (firstOf<change::SetSequence>(view.script.statements[i])) return true;
        return false;
    };
    each<change::Write>(view, [&](const change::Write& write, const Change& change) {
        if (write.serialKey.empty() || write.table.temporary || sequenceFollows()) return;
        found.add(view, change, write.table, fmt::format("the sequence of {}.{} does not know of these numbers: the next INSERT that is given one of them fails", write.table.name, write.serialKey),
                  "setval() the sequence behind them, or leave the key to it");
    });
}

static constexpr Example bad[] = {
    {"INSERT INTO orders (id, customer_id, state) VALUES (1, 1, 'open');"},
    {"CREATE TABLE roles (id serial PRIMARY KEY, name text);\nINSERT INTO roles VALUES (1, 'reader'), (2, 'writer');"},
};
static constexpr Example good[] = {
    {"INSERT INTO orders (customer_id, state) VALUES (1, 'open');"},
    {"INSERT INTO orders (id, customer_id, state) VALUES (DEFAULT, 1, 'open');"},
    {"INSERT INTO customers (id, email) VALUES (1, 'a@example.org');"},
    {"INSERT INTO orders (id, customer_id, state) VALUES (1, 1, 'open');\n"
    "SELECT setval(pg_get_serial_sequence('orders', 'id'), (SELECT max(id) FROM orders));"},
    {"INSERT INTO orders (id, customer_id, state) VALUES (1, 1, 'open');\n"
    "ALTER TABLE orders ALTER COLUMN id RESTART WITH 2;"},
};

extern const Rule rule_explicit_key_values = {
    .id = "explicit-key-values",
    .category = Category::safety,
    .severity = Severity::warning,
    .finds = "rows bring numbers of their own for a key that a sequence gives",
    .because = "The sequence of a serial or identity column goes on where it stood. When it comes to a number that is "
               "taken already, the INSERT of the application fails with a duplicate key.",
    .instead = "Leave the column out; or setval() the sequence in the same migration.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
