#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::RenameEnumValue>(view, [&](const change::RenameEnumValue& rename, const Change& change) {
        if (!rename.fresh) found.add(view, change, fmt::format("running code that names '{}' of {} fails as soon as it is called '{}'", rename.from, rename.type, rename.to), "add the new value and move the rows in batches");
    });
}

static constexpr Example bad[] = {
    {"ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';"},
};
static constexpr Example good[] = {
    {"ALTER TYPE mood ADD VALUE 'blue';"},
    {"CREATE TYPE size AS ENUM ('s', 'm');\nALTER TYPE size RENAME VALUE 's' TO 'small';"},
};

extern const Rule rule_enum_rename_value = {
    .id = "enum-rename-value",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a value of an enumeration gets another name",
    .because = "Running code that writes or compares the old name fails at once, and logical replication does "
               "not carry the change.",
    .instead = "Add the new value, move the rows in batches, and let the old one be.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
