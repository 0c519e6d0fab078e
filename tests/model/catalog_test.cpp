#include "model/catalog.h"

namespace slipway {
namespace {

Catalog shop() {
    Catalog catalog;
    catalog.schemas = {{.name = "public", .owner = "owner"}};
    Table users{.schema = "public", .name = "users", .owner = "owner"};
    users.columns = {{.name = "id", .type = "bigint", .notNull = true},
                     {.name = "email", .type = "text"},
                     {.name = "age", .type = "integer", .defaultValue = "18"}};
    users.constraints = {{.name = "users_pkey", .type = ConstraintType::primaryKey, .definition = "PRIMARY KEY (id)"}};
    users.indexes = {{.name = "users_pkey", .method = "btree", .constraint = "users_pkey"},
                     {.name = "users_email_idx", .method = "btree", .definition = "CREATE INDEX ..."}};
    catalog.tables = {users};
    catalog.sequences = {{.schema = "public",
                          .name = "users_id_seq",
                          .type = "bigint",
                          .ownedBySchema = "public",
                          .ownedByTable = "users",
                          .ownedByColumn = "id",
                          .identity = true}};
    catalog.functions = {
        {.schema = "public", .name = "f", .arguments = "integer", .definition = "AS $$\nBEGIN\n RETURN 1;\nEND\n$$"}};
    catalog.others = {{.kind = "cast", .identity = "(a AS b)", .definition = "method i"}};
    catalog.sort();
    return catalog;
}

std::vector<std::string> messages(const std::vector<Difference>& differences) {
    std::vector<std::string> texts;
    for (const Difference& difference : differences) texts.push_back(difference.message());
    return texts;
}

using Messages = std::vector<std::string>;

TEST(Catalog, equalCatalogsHaveEqualDigestsAndNoDifferences) {
    EXPECT_EQ(shop(), shop());
    EXPECT_EQ(digest(shop()), digest(shop()));
    EXPECT_EQ(digest(shop()).size(), 64u);
    EXPECT_TRUE(compare(shop(), shop()).empty());
    EXPECT_FALSE(onlyColumnOrder({}));
}

TEST(Catalog, theOrderOfReadingDoesNotCount) {
    Catalog other = shop();
    std::swap(other.tables[0].indexes[0], other.tables[0].indexes[1]);
    EXPECT_NE(other, shop());
    other.sort();
    EXPECT_EQ(other, shop());
}

TEST(Catalog, theDigestIsStable) {
    // Fixed: approvals and evidence name catalogs by this. It changes only when the flattening changes on purpose.
    Catalog one;
    one.schemas = {{.name = "public"}};
    EXPECT_EQ(digest(one), "d4c3f153759348ba4949e52c66c378ba0860ed085171c52bc755453c083702be");
}

TEST(Catalog, tablesAreFoundByName) {
    const Catalog catalog = shop();
    ASSERT_TRUE(catalog.table("public", "users"));
    EXPECT_EQ(catalog.table("public", "users")->column("age")->defaultValue, "18");
    EXPECT_FALSE(catalog.table("public", "users")->column("Age"));
    EXPECT_FALSE(catalog.table("public", "user"));
    EXPECT_FALSE(catalog.table("app", "users"));
}

TEST(Compare, aChangedAttributeIsNamedWithBothValues) {
    Catalog after = shop();
    after.tables[0].columns[1].type = "character varying(50)";
    const auto differences = compare(shop(), after);
    ASSERT_EQ(differences.size(), 1u);
    EXPECT_EQ(differences[0], (Difference{"column", "public.users.email", Difference::Change::changed, "type", "text",
                                          "character varying(50)", false}));
    EXPECT_EQ(differences[0].message(), "column public.users.email: type is character varying(50), was text");
    EXPECT_NE(digest(shop()), digest(after));
}

TEST(Compare, whatIsNotSetReadsAsNone) {
    Catalog after = shop();
    after.tables[0].columns[2].defaultValue.reset();
    after.tables[0].columns[1].notNull = true;
    EXPECT_EQ(messages(compare(shop(), after)), (Messages{"column public.users.age: default is none, was 18",
                                                          "column public.users.email: not null is yes, was no"}));
    EXPECT_EQ(messages(compare(after, shop())), (Messages{"column public.users.age: default is 18, was none",
                                                          "column public.users.email: not null is no, was yes"}));
}

TEST(Compare, whatBelongsToSomethingNewIsNotRepeated) {
    Catalog before = shop();
    before.tables.clear();
    before.sequences.clear();
    EXPECT_EQ(messages(compare(before, shop())), Messages{"table public.users is new"});
    EXPECT_EQ(messages(compare(shop(), before)), Messages{"table public.users is gone"});

    Catalog withoutKey = shop();
    withoutKey.tables[0].constraints.clear();
    std::erase_if(withoutKey.tables[0].indexes, [](const Index& index) { return index.name == "users_pkey"; });
    EXPECT_EQ(messages(compare(withoutKey, shop())), Messages{"constraint public.users.users_pkey is new"});
}

TEST(Compare, afterUndoThingsAreLeftBehindOrNotBroughtBack) {
    Catalog without = shop();
    std::erase_if(without.tables[0].indexes, [](const Index& index) { return index.name == "users_email_idx"; });
    EXPECT_EQ(compare(without, shop()).at(0).messageAfterUndo(), "index public.users_email_idx was left behind");
    EXPECT_EQ(compare(shop(), without).at(0).messageAfterUndo(), "index public.users_email_idx was not brought back");
}

TEST(Compare, anotherOrderOfColumnsIsItsOwnKind) {
    Catalog after = shop();
    std::swap(after.tables[0].columns[1], after.tables[0].columns[2]);
    const auto differences = compare(shop(), after);
    EXPECT_TRUE(onlyColumnOrder(differences));
    EXPECT_EQ(messages(differences), Messages{"table public.users: its columns stand in another order: id, age, email; "
                                              "before: id, email, age"});
    after.tables[0].columns[1].type = "bigint";
    EXPECT_FALSE(onlyColumnOrder(compare(shop(), after)));
}

TEST(Compare, aColumnInTheMiddleIsNoChangeOfOrder) {
    Catalog after = shop();
    after.tables[0].columns.insert(after.tables[0].columns.begin() + 1, {.name = "name", .type = "text"});
    EXPECT_EQ(messages(compare(shop(), after)), Messages{"column public.users.name is new"});
}

TEST(Compare, longTextsAreToldByTheLineThatDiffers) {
    Catalog after = shop();
    after.functions[0].definition = "AS $$\nBEGIN\n RETURN 2;\nEND\n$$";
    EXPECT_EQ(messages(compare(shop(), after)),
              Messages{"function public.f(integer): definition is RETURN 2;, was RETURN 1;"});
}

TEST(Compare, namesThatNeedItAreQuoted) {
    Catalog after = shop();
    after.tables[0].columns.push_back({.name = "Full \"Name\"", .type = "text"});
    EXPECT_EQ(messages(compare(shop(), after)), Messages{R"(column public.users."Full ""Name""" is new)"});
    EXPECT_EQ(sqlName("a_1"), "a_1");
    EXPECT_EQ(sqlName("1a"), "\"1a\"");
    EXPECT_EQ(sqlName(""), "\"\"");
}

TEST(Summary, countsByKind) {
    EXPECT_EQ(summary(shop()),
              "1 schema, 1 table, 3 columns, 1 constraint, 2 indexes, 1 sequence, 1 function, 1 other object");
    EXPECT_EQ(summary(Catalog()), "nothing");
}

}  // namespace
}  // namespace slipway
