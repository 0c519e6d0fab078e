#include "data/checks.h"

#include <gmock/gmock.h>

#include "support/database.h"

namespace slipway::data {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ChecksTest : public testing::Test {
  protected:
    ChecksTest() : connection(database.connect()) {
        connection->run("CREATE TABLE t (id int); INSERT INTO t VALUES (1), (2)");
    }

    std::vector<Finding> check(const std::string& sql, const std::string& expect) {
        return runChecks(*connection, {{"the check", sql, expect, 3}}, "pre", "V7__x.slipway.toml");
    }

    tests::Database database;
    std::unique_ptr<postgres::Connection> connection;
};

TEST_F(ChecksTest, ValuesRowsAndBooleansAreCompared) {
    EXPECT_THAT(check("SELECT count(*) FROM t", "2"), IsEmpty());
    EXPECT_THAT(check("SELECT 1 FROM t WHERE id > 2", "empty"), IsEmpty());
    EXPECT_THAT(check("SELECT to_regclass('t') IS NOT NULL;", "true"), IsEmpty());
    EXPECT_THAT(check("SELECT to_regclass('t') IS NULL", "f"), IsEmpty());
    EXPECT_THAT(check("SELECT count(*) FROM t", "3"), SizeIs(1));
    EXPECT_THAT(check("SELECT 1 FROM t WHERE id > 1", "empty"), SizeIs(1));
    EXPECT_THAT(check("SELECT id FROM t WHERE id > 2", ""), SizeIs(1));
}

TEST_F(ChecksTest, AFindingSaysWhereWhatWasExpectedAndWhatCame) {
    const auto findings = check("SELECT count(*) FROM t", "3");
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_EQ(findings[0].rule, "check-failed");
    EXPECT_EQ(findings[0].file, "V7__x.slipway.toml");
    EXPECT_EQ(findings[0].line, 3);
    EXPECT_EQ(findings[0].message,
              "[[pre]] \"the check\" does not hold: \"3\" was expected, the answer is \"2\"; it asks: "
              "SELECT count(*) FROM t");
    EXPECT_FALSE(findings[0].help.empty());
}

TEST_F(ChecksTest, AnOpenTransactionStaysUsableAndUnchanged) {
    connection->run("BEGIN; INSERT INTO t VALUES (3)");
    EXPECT_THAT(check("SELECT count(*) FROM t", "3"), IsEmpty());  // it sees what the migration did
    const auto findings = check("SELECT missing FROM t", "3");
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_THAT(findings[0].message, HasSubstr("column \"missing\" does not exist (SQLSTATE 42703)"));
    EXPECT_EQ(connection->transaction(), postgres::Transaction::open);
    connection->run("COMMIT");
    EXPECT_EQ(connection->value("SELECT count(*) FROM t"), "3");
}

TEST_F(ChecksTest, OutsideATransactionItLeavesNoneBehind) {
    check("SELECT missing FROM t", "3");
    EXPECT_EQ(connection->transaction(), postgres::Transaction::idle);
}

TEST_F(ChecksTest, AllChecksAreRun) {
    const auto findings =
        runChecks(*connection, {{"a", "SELECT nonsense", "1", 1}, {"b", "SELECT 1", "1", 5}, {"c", "SELECT 1", "2", 9}},
                  "post", "f");
    ASSERT_THAT(findings, SizeIs(2));
    EXPECT_EQ(findings[1].line, 9);
}

}  // namespace
}  // namespace slipway::data
