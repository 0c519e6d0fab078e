#include "data/reconcile.h"

#include <gmock/gmock.h>

#include "support/database.h"

namespace slipway::data {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ReconcileTest : public testing::Test {
  protected:
    ReconcileTest() : connection(database.connect()) {
        connection->run(
            "CREATE TABLE account (id int PRIMARY KEY, balance numeric(10,2)); "
            "INSERT INTO account VALUES (1, 10.50), (2, 20), (3, NULL)");
    }

    void declare(const std::string& name, const std::string& sql, const std::string& expect = "same") {
        if (declared.empty()) declared.push_back({.file = "V7__x.slipway.toml"});
        declared[0].reconcile.push_back({name, sql, expect, 4});
    }

    Snapshot now(bool rows = false) { return take(*connection, declared, rows, {"public", "history"}); }

    tests::Database database;
    std::unique_ptr<postgres::Connection> connection;
    std::vector<Declarations> declared;
};

TEST_F(ReconcileTest, SaysNothingWhereNothingChanged) {
    declare("balances", "SELECT id, balance FROM account ORDER BY id;");
    const Snapshot before = now(true);
    EXPECT_EQ(before.answers[0].text, "1 | 10.50\n2 | 20.00\n3 | NULL");
    EXPECT_THAT(compare(before, now(true), declared), IsEmpty());
    EXPECT_EQ(connection->transaction(), postgres::Transaction::idle);
}

TEST_F(ReconcileTest, NamesBothAnswersOfADifference) {
    declare("total balance", "SELECT sum(balance) FROM account");
    const Snapshot before = now();
    connection->run("UPDATE account SET balance = 20.01 WHERE id = 2");
    const Snapshot after = now();
    const auto findings = compare(before, after, declared);
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_EQ(findings[0].rule, "reconcile-difference");
    EXPECT_EQ(findings[0].severity, Severity::error);
    EXPECT_EQ(findings[0].message,
              "[[reconcile]] \"total balance\" answered \"30.50\" before the run and \"30.51\" after it");
    EXPECT_EQ(findings[0].file, "V7__x.slipway.toml");
    EXPECT_EQ(findings[0].line, 4);
    EXPECT_EQ(facts(before, after, declared)[0].second, "\"30.51\", before \"30.50\"");
}

TEST_F(ReconcileTest, ANullIsNotTheWordAndNoRowsAreNotAnEmptyText) {
    declare("word",
            "SELECT 'NULL' FROM account WHERE id = 1 AND balance IS NOT NULL UNION ALL SELECT NULL FROM account WHERE "
            "id = 1 AND balance IS NULL");
    declare("rows", "SELECT '' FROM account WHERE id = 1 AND balance IS NOT NULL");
    const Snapshot before = now();
    connection->run("UPDATE account SET balance = NULL WHERE id = 1");
    EXPECT_THAT(compare(before, now(), declared), SizeIs(2));
}

TEST_F(ReconcileTest, ALiteralExpectationNeedsNoBefore) {
    declare("filled", "SELECT count(*) FROM account WHERE full_name IS NULL", "0");
    declare("nobody", "SELECT id FROM account WHERE full_name IS NULL", "empty");
    const Snapshot before = now();
    EXPECT_EQ(before.answers[0].sqlstate, "42703");
    connection->run("ALTER TABLE account ADD full_name text");
    EXPECT_THAT(compare(before, now(), declared), SizeIs(2));
    connection->run("UPDATE account SET full_name = ''");
    EXPECT_THAT(compare(before, now(), declared), IsEmpty());
}

TEST_F(ReconcileTest, WhatCouldNotBeAskedBeforeNeedsALiteral) {
    declare("names", "SELECT count(full_name) FROM account");
    const Snapshot before = now();
    connection->run("ALTER TABLE account ADD full_name text");
    const auto findings = compare(before, now(), declared);
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_EQ(findings[0].rule, "reconcile-unanswered");
    EXPECT_THAT(findings[0].message, HasSubstr("before the run: column \"full_name\" does not exist (SQLSTATE 42703)"));
    EXPECT_THAT(findings[0].help, HasSubstr("literal"));
}

TEST_F(ReconcileTest, ATableThatWasNotThereCannotHaveLostAnything) {
    declare("orders", "SELECT count(*) FROM orders");
    const Snapshot before = now();
    connection->run("CREATE TABLE orders (id int)");
    const auto findings = compare(before, now(), declared);
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_EQ(findings[0].severity, Severity::note);
}

TEST_F(ReconcileTest, AQueryThatNoLongerRunsIsAFinding) {
    declare("balances", "SELECT sum(balance) FROM account");
    const Snapshot before = now();
    connection->run("ALTER TABLE account DROP COLUMN balance");
    const auto findings = compare(before, now(), declared);
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_EQ(findings[0].severity, Severity::error);
    EXPECT_THAT(findings[0].message, HasSubstr("after the run: column \"balance\" does not exist (SQLSTATE 42703)"));
}

TEST_F(ReconcileTest, AQueryMayNotWriteAndMayNotAnswerWithATable) {
    connection->run("CREATE FUNCTION spend() RETURNS int LANGUAGE sql AS 'DELETE FROM account RETURNING 1'");
    declare("write", "SELECT spend()");
    declare("long", "SELECT generate_series(1, 5000)");
    const Snapshot said = now();
    EXPECT_EQ(said.answers[0].sqlstate, "25006");
    EXPECT_THAT(said.answers[1].problem, HasSubstr("more than 1000 rows"));
    EXPECT_EQ(connection->value("SELECT count(*) FROM account"), "3");
}

TEST_F(ReconcileTest, RowCountsLeaveOutWhatIsSlipwaysAndWarnOfLosses) {
    connection->run(
        "CREATE TABLE history (x int); CREATE SCHEMA slipway; CREATE TABLE slipway.journal (x int);"
        "CREATE TABLE \"Odd name\" AS SELECT 1 AS x; CREATE TEMP TABLE scratch (x int);"
        "CREATE TABLE parent (id int) PARTITION BY LIST (id); CREATE TABLE part PARTITION OF parent DEFAULT;"
        "INSERT INTO parent VALUES (1), (2)");
    const Snapshot before = now(true);
    EXPECT_THAT(before.rows, testing::ElementsAre(testing::Pair("public.\"Odd name\"", 1),
                                                  testing::Pair("public.account", 3), testing::Pair("public.part", 2)));
    connection->run("DELETE FROM account WHERE id = 3; DROP TABLE \"Odd name\"; INSERT INTO parent VALUES (3)");
    const Snapshot after = now(true);
    const auto findings = compare(before, after, declared);
    ASSERT_THAT(findings, SizeIs(2));
    EXPECT_EQ(findings[0].message, "public.\"Odd name\" had 1 row before the run and is gone");
    EXPECT_EQ(findings[1].message, "public.account had 3 rows before the run and has 2 rows left");
    EXPECT_EQ(findings[1].severity, Severity::warning);
    EXPECT_EQ(facts(before, after, declared).back(),
              (std::pair<std::string, std::string>{"public.part", "3 rows, before 2 rows"}));
}

TEST_F(ReconcileTest, CountsMoreTablesThanOneStatementCouldLock) {
    std::string sql;
    for (int i = 0; i < 450; i++) sql += fmt::format("CREATE TABLE t{} (x int);", i);
    connection->run(sql);
    EXPECT_THAT(now(true).rows, SizeIs(451));
}

}  // namespace
}  // namespace slipway::data
