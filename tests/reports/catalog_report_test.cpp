#include <nlohmann/json.hpp>

#include "reports/catalog_json.h"
#include "reports/catalog_text.h"

namespace slipway::reports {
namespace {

Catalog shop() {
    Catalog catalog;
    catalog.schemas = {{.name = "public", .owner = "owner", .grants = {"=U/owner"}}};
    catalog.types = {{.schema = "public",
                      .name = "mood",
                      .kind = TypeKind::enumeration,
                      .labels = {"sad", "glad"},
                      .owner = "owner"},
                     {.schema = "public",
                      .name = "email",
                      .kind = TypeKind::domain,
                      .baseType = "text",
                      .notNull = true,
                      .owner = "owner"}};
    Table users{.schema = "public", .name = "users", .owner = "owner", .comment = "People"};
    users.columns = {{.name = "id", .type = "bigint", .notNull = true, .identity = "ALWAYS"},
                     {.name = "Full Name", .type = "text", .defaultValue = "'x'::text"}};
    users.constraints = {
        {.name = "users_pkey", .type = ConstraintType::primaryKey, .definition = "PRIMARY KEY (id)", .columns = {"id"}},
        {.name = "named", .definition = "CHECK ((length(\"Full Name\") > 0))", .validated = false}};
    users.indexes = {{.name = "users_pkey",
                      .method = "btree",
                      .unique = true,
                      .primary = true,
                      .columns = {"id"},
                      .keyColumns = 1,
                      .constraint = "users_pkey"},
                     {.name = "broken",
                      .method = "btree",
                      .definition = "CREATE INDEX broken ON public.users USING btree (id DESC)",
                      .valid = false,
                      .columns = {"id"},
                      .keyColumns = 1}};
    users.triggers = {{.name = "touch", .definition = "CREATE TRIGGER touch ...", .firing = "DISABLED"}};
    Table adults{.schema = "public",
                 .name = "adults",
                 .kind = TableKind::view,
                 .viewDefinition = " SELECT id\n   FROM public.users;",
                 .owner = "owner"};
    adults.columns = {{.name = "id", .type = "bigint"}};
    catalog.tables = {users, adults};
    catalog.functions = {{.schema = "public",
                          .name = "f",
                          .arguments = "integer",
                          .language = "sql",
                          .returns = "integer",
                          .volatility = "STABLE",
                          .parallel = "SAFE",
                          .definition = "CREATE FUNCTION ...\nAS 1",
                          .owner = "owner"}};
    catalog.others = {{.kind = "publication", .identity = "feed", .definition = "for all tables", .owner = "owner"}};
    catalog.sort();
    return catalog;
}

TEST(CatalogText, listsWhatThereIs) {
    EXPECT_EQ(
        catalogText(shop()),
        R"text(1 schema, 1 table, 2 columns, 2 constraints, 2 indexes, 1 view, 1 trigger, 1 function, 2 types, 1 other object

schema public (owner owner, grants =U/owner)

domain public.email (owner owner)
  text, not null

enum public.mood (owner owner)
  sad, glad

view public.adults (owner owner)
    id  bigint
  definition
    SELECT id
       FROM public.users;

table public.users (owner owner, "People")
    id           bigint  not null, generated always as identity
    "Full Name"  text    default 'x'::text
  constraints
    named       CHECK ((length("Full Name") > 0)) (NOT VALIDATED)
    users_pkey  PRIMARY KEY (id)
  indexes
    broken      btree (id DESC) (INVALID)
    users_pkey  unique btree (id) (for constraint users_pkey)
  triggers
    touch  CREATE TRIGGER touch ... (DISABLED)

function public.f(integer) (owner owner)
  definition
    CREATE FUNCTION ...
    AS 1

publication feed (owner owner)
  for all tables
)text");
}

TEST(CatalogText, anEmptyCatalogSaysSo) {
    EXPECT_EQ(catalogText({}), "nothing\n");
}

TEST(CatalogJson, hasTheDocumentedShape) {
    const auto document = nlohmann::ordered_json::parse(catalogJson(shop()));
    EXPECT_EQ(document["slipway"], 1);
    EXPECT_EQ(document["digest"], digest(shop()));
    const auto& users = document["tables"][1];
    EXPECT_EQ(users["name"], "users");
    EXPECT_EQ(users["kind"], "table");
    EXPECT_EQ(users["comment"], "People");
    EXPECT_EQ(users["columns"][0].dump(), R"({"name":"id","type":"bigint","notNull":true,"identity":"ALWAYS"})");
    EXPECT_EQ(users["columns"][1].dump(), R"({"name":"Full Name","type":"text","default":"'x'::text"})");
    const std::string named =
        R"json({"name":"named","type":"check","definition":"CHECK ((length(\"Full Name\") > 0))")json"
        R"json(,"validated":false})json";
    EXPECT_EQ(users["constraints"][0].dump(), named);
    EXPECT_EQ(users["indexes"][0]["valid"], false);
    EXPECT_EQ(users["policies"].dump(), "[]");
    EXPECT_EQ(document["others"][0]["identity"], "feed");
}

TEST(CatalogJson, anEmptyCatalogHasEmptyLists) {
    const auto document = nlohmann::ordered_json::parse(catalogJson({}));
    for (const char* list : {"schemas", "extensions", "types", "sequences", "tables", "functions", "others"})
        EXPECT_EQ(document[list].dump(), "[]") << list;
}

}  // namespace
}  // namespace slipway::reports
