#include "data/digest.h"

#include <gmock/gmock.h>

#include "data/tables.h"
#include "support/database.h"

namespace slipway::data {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class DigestTest : public testing::Test {
  protected:
    DigestTest() : connection(database.connect()) {}

    TableDigest of(const std::string& table) { return rowsDigest(*connection, {table}).at(table); }

    /// The digest of the one-column table that holds `value`.
    TableDigest holding(const std::string& value) {
        connection->run("DROP TABLE IF EXISTS v; CREATE TABLE v AS SELECT " + value + " AS v");
        return of("public.v");
    }

    tests::Database database;
    std::unique_ptr<postgres::Connection> connection;
};

TEST_F(DigestTest, TheOrderOfRowsAndColumnsDoesNotCount) {
    connection->run(
        "CREATE TABLE a (x int, y text, z text); INSERT INTO a VALUES (1, 'one', NULL), (2, 'two', '');"
        "CREATE TABLE b (z text, gone int, y text, x int); INSERT INTO b VALUES ('', 3, 'two', 2), (NULL, 3, 'one', 1);"
        "ALTER TABLE b DROP COLUMN gone");
    EXPECT_EQ(of("public.a"), of("public.b"));
    EXPECT_EQ(of("public.a").rows, 2);
}

TEST_F(DigestTest, WhatIsEqualButNotTheSameDiffers) {
    for (const auto& [one, other] :
         std::vector<std::pair<const char*, const char*>>{{"1.0::numeric", "1.00::numeric"},
                                                          {"0.0::float8", "'-0'::float8"},
                                                          {"interval '1 day'", "interval '24 hours'"},
                                                          {"''", "NULL::text"},
                                                          {"'{\"a\": 1.0}'::jsonb", "'{\"a\": 1.00}'::jsonb"},
                                                          {"'[1,2]'::json", "'[1, 2]'::json"},
                                                          {"B'01'", "B'010'"},
                                                          {"'a'", "'a '"},
                                                          {"point(1,2)", "point(2,1)"}})
        EXPECT_NE(holding(one), holding(other)) << one << " and " << other;
}

TEST_F(DigestTest, ACollationThatIgnoresCaseDoesNotHideIt) {
    connection->run("CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
    EXPECT_NE(holding("'a' COLLATE blind"), holding("'A' COLLATE blind"));
}

TEST_F(DigestTest, TwoEqualRowsDoNotCancelEachOther) {
    connection->run("CREATE TABLE a (x int); INSERT INTO a VALUES (1), (2), (2)");
    const TableDigest before = of("public.a");
    connection->run("UPDATE a SET x = 3 WHERE x = 2");
    EXPECT_NE(before, of("public.a"));
}

TEST_F(DigestTest, TheSessionsSettingsDoNotCount) {
    connection->run("CREATE TABLE a AS SELECT now() AS t, interval '36 hours' AS i, 0.1::float8 + 0.2 AS f");
    const TableDigest before = of("public.a");
    connection->run(
        "SET TimeZone = 'Asia/Tokyo'; SET DateStyle = 'German'; SET IntervalStyle = 'iso_8601'; SET extra_float_digits "
        "= -5");
    EXPECT_EQ(before, of("public.a"));
}

TEST_F(DigestTest, FindingsNameTheTablesThatDiffer) {
    connection->run(
        "CREATE TABLE a AS SELECT 1 AS x; CREATE TABLE b AS SELECT 1 AS x; CREATE TABLE c AS SELECT 1 AS x;"
        "CREATE TABLE nothing ()");
    const RowsDigest before = rowsDigest(*connection, userTables(*connection, {}));
    EXPECT_THAT(before, SizeIs(4));
    EXPECT_THAT(compare(before, before), IsEmpty());
    connection->run("UPDATE a SET x = 2; INSERT INTO b VALUES (2); DROP TABLE c; CREATE TABLE d (x int)");
    const auto findings = compare(before, rowsDigest(*connection, userTables(*connection, {})));
    ASSERT_THAT(findings, SizeIs(3));
    EXPECT_EQ(findings[0].message,
              "the rows of public.a are not what they were: 1 row before, now as many, with other values");
    EXPECT_EQ(findings[1].message, "the rows of public.b are not what they were: 1 row before, now 2 rows");
    EXPECT_EQ(findings[2].message, "the rows of public.c are not what they were: 1 row before, the table is gone");
}

}  // namespace
}  // namespace slipway::data
