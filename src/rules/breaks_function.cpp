#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    const auto tell = [&](const std::string& what, const std::vector<std::string>& readers, const RelationRef& about, const Change& change) {
        std::vector<std::string> broken;
        for (const std::string& reader : readers) {
            bool replaced = false;  // by a later statement of the same transaction
            for (const JudgedStatement& later : laterInTransaction(view))
                if (const auto* made = firstOf<change::CreateFunction>(later); made && reader.ends_with(made->name)) replaced = true;
            if (!replaced) broken.push_back(reader);
        }
        if (!broken.empty() && about.inUse())
            found.add(view, change, about, fmt::format("{} {} {}, and will fail when it is called next", listed(broken), broken.size() == 1 ? "names" : "name", what),
                      "replace it (CREATE OR REPLACE FUNCTION) in the same transaction");
    };
    each<change::DropColumn>(view, [&](const change::DropColumn& drop, const Change& change) { tell(drop.table.name + "." + drop.column, drop.readers, drop.table, change); });
    each<change::RenameColumn>(view, [&](const change::RenameColumn& rename, const Change& change) { tell(rename.table.name + "." + rename.from, rename.readers, rename.table, change); });
    each<change::DropRelation>(view, [&](const change::DropRelation& drop, const Change& change) { tell(drop.relation.name, drop.readers, drop.relation, change); });
    each<change::RenameRelation>(view, [&](const change::RenameRelation& rename, const Change& change) { tell(rename.relation.name, rename.readers, rename.relation, change); });
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders DROP COLUMN note;"},
    {"ALTER TABLE orders RENAME COLUMN note TO remark;"},
};
static constexpr Example good[] = {
    {"CREATE TABLE carts (id bigint, remark text);\nALTER TABLE carts RENAME COLUMN remark TO words;"},
};

extern const Rule rule_breaks_function = {
    .id = "breaks-function",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a function names what is dropped or renamed",
    .because = "The body of a function in SQL or PL/pgSQL is text: the server lets the change pass, and the "
               "function fails when it is called next, perhaps in a trigger under somebody else's INSERT.",
    .instead = "Replace the function in the same transaction.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
