#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::UseEnumValue>(view, [&](const change::UseEnumValue& use, const Change& change) {
        for (const JudgedStatement& earlier : earlierInTransaction(view))
            if (const auto* added = firstOf<change::AddEnumValue>(earlier); added && added->type == use.type && added->value == use.value)
                return found.add(view, change, fmt::format("'{}' cannot be used before the transaction that adds it to {} has committed", use.value, use.type), "use it in another migration, or put a COMMIT between the two");
    });
}

static constexpr Example bad[] = {
    {"ALTER TYPE mood ADD VALUE 'calm';\nUPDATE customers SET feeling = 'calm' WHERE id = 1;"},
};
static constexpr Example good[] = {
    {"ALTER TYPE mood ADD VALUE 'calm';\n"
    "-- file: V3__use.sql\n"
    "UPDATE customers SET feeling = 'calm' WHERE id = 1;"},
    {"CREATE TYPE size AS ENUM ('s', 'm');\nCREATE TABLE shirts (id bigint, size size DEFAULT 'm');"},
};

extern const Rule rule_enum_value_in_transaction = {
    .id = "enum-value-in-transaction",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a new value of an enumeration is used in the transaction that adds it",
    .because = "Until the transaction that added it has committed, the value cannot be used: \"unsafe use of "
               "new value of enum type\". Only where the type itself was made in the same transaction it can.",
    .instead = "Two migrations, or a COMMIT between the two.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
