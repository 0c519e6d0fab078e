#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AlterColumnType>(view, [&](const change::AlterColumnType& alter, const Change& change) {
        if (!alter.table.inUse()) return;
        const std::string lock = fmt::format("ACCESS EXCLUSIVE on {} blocks reads and writes", alter.table.name);
        const char* help = "a new column that a trigger keeps in step and a backfill fills in batches, then a swap (expand and contract)";
        if (!alter.table.known || alter.from.empty())
            return found.add(view, change, alter.table, fmt::format("{} while {} may be written anew, row by row, for the new type {}", lock, alter.column, alter.to),
                             fmt::format("{}; `slipway check --catalog` tells whether it comes to that", help));
        if (view.rewrites(alter.table))
            return found.add(view, change, alter.table, fmt::format("{} while every row is written anew: {} is not stored as {} is", lock, alter.to, alter.from), help);
        std::vector<std::string> rebuilt;
        for (const Effect& effect : view.effects().effects)
            if (effect.rebuilds) rebuilt.push_back(effect.relation);
        if (!rebuilt.empty()) return found.add(view, change, alter.table, fmt::format("{} while {} {} built anew", lock, listed(rebuilt), rebuilt.size() == 1 ? "is" : "are"), help);
        if (view.scans(alter.table)) found.add(view, change, alter.table, fmt::format("{} while the whole table is read to prove its constraints again", lock), "drop the check, change the type, and add the check again NOT VALID");
    });
}

static constexpr Example bad[] = {
    {"ALTER TABLE items ALTER COLUMN amount TYPE bigint;"},
    {"ALTER TABLE customers ALTER COLUMN name TYPE varchar(10);"},
    {"SET TimeZone = 'Europe/Berlin';\nALTER TABLE orders ALTER COLUMN placed_at TYPE timestamp;"},
    {"ALTER TABLE customers ALTER COLUMN email TYPE text COLLATE \"C\";"},
};
static constexpr Example good[] = {
    {"ALTER TABLE customers ALTER COLUMN name TYPE varchar(100);"},
    {"ALTER TABLE customers ALTER COLUMN name TYPE text;"},
    {"ALTER TABLE items ALTER COLUMN amount TYPE integer;"},
};

extern const Rule rule_column_type_change = {
    .id = "column-type-change",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a new type rewrites the table, or builds its indexes anew, or reads it",
    .because = "A change of type that changes how values are stored writes every row and all indexes anew "
               "under ACCESS EXCLUSIVE. Where the storage stays, checks on the column may still be proved "
               "again and indexes built anew.",
    .instead = "Expand, backfill, contract: a new column, kept in step by a trigger, filled in batches, then "
               "swapped. Widening a varchar, or varchar to text, costs nothing.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
