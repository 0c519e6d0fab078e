// Locks are asked for politely: short waits, retries, and the names of those who are in the way.
#include <gmock/gmock.h>

#include <thread>

#include "support/program.h"

namespace slipway::tests {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class LocksTest : public testing::Test {
  protected:
    explicit LocksTest(const std::string& settings = "lock_timeout = '400ms'\nlock_budget = '20s'") : project(settings) {
        project.write("V1__t.sql", "CREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\n");
        const Ended first = slipway({"migrate"});
        EXPECT_EQ(first.code, 0) << first;
    }

    /// A session that reads t in a transaction that it leaves open.
    std::unique_ptr<postgres::Connection> reader() const {
        auto connection = postgres::Connection::open({project.database.url()}, "report");
        connection->run("BEGIN; SELECT a FROM t");
        return connection;
    }
    std::string columns() const {
        return project.database.value("SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0");
    }

    Project project;
};

struct ShortBudgetTest : LocksTest {
    ShortBudgetTest() : LocksTest("lock_timeout = '400ms'\nlock_budget = '2s'") {}
};

TEST_F(LocksTest, ALockThatIsNotToBeHadIsAskedForAgainUntilItIs) {
    project.write("V2__add.sql", "UPDATE t SET a = a + 1;\nALTER TABLE t ADD b int;\n");
    auto holder = reader();
    Running running({"migrate"});
    ASSERT_TRUE(running.says("canceling statement due to lock timeout; trying again in ")) << running.errors();
    // Between the tries the application gets on with its work: nobody is queued behind the ALTER TABLE.
    std::this_thread::sleep_for(Milliseconds(1500));
    const auto application = project.database.connect();
    for (int i = 0; i < 5; i++) {
        const Stopwatch waited;
        application->run("SELECT a FROM t");
        EXPECT_LT(waited.elapsed(), Milliseconds(1000));
    }
    holder->run("COMMIT");
    const Ended ended = running.end();
    EXPECT_EQ(ended.code, 0) << ended;
    EXPECT_THAT(ended.errors, ContainsRegex("in the way: report \\(process [0-9]+, idle in transaction, in its transaction for [0-9]+ s\\): BEGIN; SELECT a FROM t"));
    EXPECT_EQ(columns(), "a b");
    EXPECT_EQ(project.database.value("SELECT a FROM t"), "2") << "the whole transaction is tried again, and applied once";
}

TEST_F(ShortBudgetTest, BeyondTheBudgetItFailsAndNamesWhoIsInTheWay) {
    project.write("V2__add.sql", "SELECT 1;\n\n  ALTER TABLE t ADD b int;\n");
    const auto holder = reader();
    const Ended ended = slipway({"migrate"});
    EXPECT_EQ(ended.code, 3) << ended;
    EXPECT_LT(ended.took, Milliseconds(6000));
    EXPECT_THAT(ended.errors, ContainsRegex("db/V2__add.sql:3:3: error: canceling statement due to lock timeout \\(tried [2-9] times in [0-9.]+ m?s\\) \\(SQLSTATE 55P03\\)"));
    EXPECT_THAT(ended.errors, ContainsRegex("\n  in the way: report \\(process [0-9]+, idle in transaction"));
    EXPECT_THAT(ended.errors, HasSubstr("hint: somebody holds a lock that conflicts; wait for that session to end, or raise lock_timeout and lock_budget"));
    EXPECT_EQ(project.database.value("SELECT count(*) FROM flyway_schema_history"), "1");
}

TEST_F(LocksTest, ALockThatAnInnerSegmentNeedsIsRetriedThereAlone) {
    project.write("V2__add.sql", "INSERT INTO t VALUES (5);\nCREATE INDEX CONCURRENTLY t_a ON t (a);\nALTER TABLE t ADD b int;\n");
    auto holder = reader();
    Running running({"migrate"});
    ASSERT_TRUE(running.says("trying again in ")) << running.errors();
    EXPECT_EQ(project.database.value("SELECT count(*) FROM t"), "2") << "the first segment stays";
    holder->run("COMMIT");
    EXPECT_EQ(running.end().code, 0);
    EXPECT_EQ(project.database.value("SELECT count(*) FROM t"), "2");
    EXPECT_EQ(columns(), "a b");
}

TEST_F(LocksTest, AVacuumFullAsksPolitelyToo) {
    project.write("V2__vacuum.sql", "VACUUM FULL t;\n");
    auto holder = reader();
    Running running({"migrate"});
    ASSERT_TRUE(running.says("canceling statement due to lock timeout; trying again in ")) << running.errors();
    holder->run("COMMIT");
    const Ended ended = running.end();
    EXPECT_EQ(ended.code, 0) << ended;
}

TEST_F(LocksTest, AConcurrentBuildIsNotTimedOut) {
    project.write("V2__index.sql", "SET lock_timeout = '100ms';\nCREATE INDEX CONCURRENTLY t_a ON t (a);\nSELECT set_config('slipway.seen', current_setting('lock_timeout'), false);\n"
                                   "CREATE TABLE seen AS SELECT current_setting('slipway.seen') AS limits;\n");
    auto holder = project.database.connect();
    holder->run("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1");
    Running running({"migrate"});
    ASSERT_TRUE(running.says("waiting for a lock; in the way: test (process ")) << running.errors();
    std::this_thread::sleep_for(Milliseconds(700));
    holder->run("COMMIT");
    const Ended ended = running.end();
    EXPECT_EQ(ended.code, 0) << ended;
    EXPECT_EQ(project.database.value("SELECT limits FROM seen"), "100ms") << "after it the script's own limit holds again";
}

TEST_F(LocksTest, AScriptMayTightenItsTimeoutsButNotLoosenThem) {
    // As pg_dump writes them.
    project.write("V2__limits.sql",
                  "SET statement_timeout = 0;\nSET lock_timeout = 0;\nCREATE TABLE seen AS SELECT current_setting('lock_timeout') AS limits;\n"
                  "SET LOCAL lock_timeout = '1h';\nINSERT INTO seen SELECT current_setting('lock_timeout');\n"
                  "SET lock_timeout = '50ms';\nINSERT INTO seen SELECT current_setting('lock_timeout');\n"
                  "RESET lock_timeout;\nINSERT INTO seen SELECT current_setting('lock_timeout');\n");
    const Ended ended = slipway({"migrate"});
    EXPECT_EQ(ended.code, 0) << ended;
    EXPECT_EQ(project.database.value("SELECT string_agg(limits, ' ' ORDER BY ctid) FROM seen"), "400ms 400ms 50ms 400ms");
    EXPECT_THAT(ended.errors, AllOf(HasSubstr("db/V2__limits.sql:2: the script loosens a timeout; the environment's limit stays in force"),
                                    HasSubstr("db/V2__limits.sql:4: the script loosens"), Not(HasSubstr("db/V2__limits.sql:6: the script loosens"))));
}

TEST_F(LocksTest, ALimitOfOneSegmentHoldsInTheNext) {
    project.write("V2__limits.sql", "SET statement_timeout = '300ms';\nCREATE INDEX CONCURRENTLY t_a ON t (a);\nSELECT pg_sleep(10);\n");
    const Ended ended = slipway({"migrate"});
    EXPECT_EQ(ended.code, 1) << ended;
    EXPECT_THAT(ended.errors, HasSubstr("db/V2__limits.sql:3:1: error: canceling statement due to statement timeout (SQLSTATE 57014)"));
    EXPECT_THAT(ended.errors, HasSubstr("hint: make the statement do less at a time, or raise statement_timeout of the environment"));
}

TEST_F(LocksTest, ALimitOfTheRoleIsNotLoosenedEither) {
    project.database.run("ALTER DATABASE " + project.database.name() + " SET statement_timeout = '300ms'");
    project.write("V2__sleep.sql", "SELECT pg_sleep(10);\n");
    const Ended ended = slipway({"migrate"});
    EXPECT_EQ(ended.code, 1) << ended;
    EXPECT_THAT(ended.errors, HasSubstr("canceling statement due to statement timeout"));
}

TEST_F(LocksTest, ADeadlockIsTriedAgain) {
    project.write("V2__two.sql", "SET deadlock_timeout = '50ms';\nUPDATE t SET a = 10;\nLOCK TABLE other;\nUPDATE t SET a = a + 1;\n");
    project.database.run("CREATE TABLE other (a int)");
    auto rival = project.database.connect();
    rival->run("SET deadlock_timeout = '10s'; BEGIN; LOCK TABLE other");
    Running running({"migrate"});
    ASSERT_TRUE(eventually(project.database, "SELECT count(*) FROM pg_stat_activity WHERE query = 'LOCK TABLE other' AND wait_event_type = 'Lock' "
                                             "AND datname = current_database()", "1"));
    rival->run("UPDATE t SET a = 20");  // waits for the migration, which waits for the rival
    rival->run("COMMIT");
    const Ended ended = running.end();
    EXPECT_EQ(ended.code, 0) << ended;
    EXPECT_THAT(ended.errors, ContainsRegex("(deadlock detected|canceling statement due to lock timeout); trying again in "));
    EXPECT_EQ(project.database.value("SELECT a FROM t"), "11");
}

TEST_F(LocksTest, ATransactionThatSetsItsIsolationItselfIsLeftToDoSo) {
    project.write("V2__isolation.sql", "BEGIN;\nSET lock_timeout = 0;\nSET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\n"
                                       "CREATE TABLE seen AS SELECT current_setting('transaction_isolation') AS level;\nCOMMIT;\n");
    const Ended ended = slipway({"migrate"});
    EXPECT_EQ(ended.code, 0) << ended;
    EXPECT_EQ(project.database.value("SELECT level FROM seen"), "serializable");
}

}  // namespace
}  // namespace slipway::tests
