// One release at a time: Slipways among each other, and with Flyway.
#include <gmock/gmock.h>

#include <unistd.h>

#include "base/files.h"
#include "engines/postgres/lock.h"
#include "support/program.h"

namespace slipway::tests {
namespace {

using testing::HasSubstr;

constexpr const char* flywayKey = "77433833903597";  // seen in pg_locks while the real Flyway ran (public.flyway_schema_history)

TEST(ReleaseKey, IsTheOneThatFlywayTakesForTheSameTable) {
    EXPECT_EQ(postgres::releaseKey({"public", "flyway_schema_history"}), 77433833903597);
    // 0x466C79776179 ("Flyway") + Java's hashCode() of the quoted name, which goes by UTF-16 units.
    EXPECT_EQ(postgres::releaseKey({"a", "b"}), 77430333499440);
    EXPECT_EQ(postgres::releaseKey({"Größe", "\U0001F600"}), 77432502779729);
}

class ConcurrencyTest : public testing::Test {
  protected:
    /// `count` migrates at once; all must end well, and each migration must have been applied once.
    void atOnce(int count) {
        std::vector<std::unique_ptr<Running>> running;
        for (int i = 0; i < count; i++) running.push_back(std::make_unique<Running>(std::vector<std::string>{"migrate", "--wait", "1m"}));
        int idle = 0, worked = 0;
        for (auto& one : running) {
            const Ended ended = one->end();
            EXPECT_EQ(ended.code, 0) << ended;
            idle += ended.output.find("is up to date at version 4") != std::string::npos;
            worked += ended.output.find("Applied 4 migrations") != std::string::npos;
            EXPECT_THAT(ended.errors, testing::AnyOf("", HasSubstr("waiting for the release lock, held by slipway migrate on ")));
        }
        EXPECT_EQ(worked, 1);
        EXPECT_EQ(idle, count - 1);
        EXPECT_EQ(project.database.value("SELECT string_agg(what, ' ' ORDER BY what) FROM applied"), "1 2 3 4");
        EXPECT_EQ(project.database.value("SELECT count(*) || ' ' || bool_and(success) FROM flyway_schema_history"), "4 true");
        EXPECT_EQ(project.database.value("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'slipway%' "
                                         "AND datname = current_database()"), "0");
    }

    void writeFour() const {
        project.write("V1__a.sql", "CREATE TABLE applied (what text);\nINSERT INTO applied VALUES (1);\n");
        project.write("V2__b.sql", "INSERT INTO applied VALUES (2);\nCREATE INDEX CONCURRENTLY applied_what ON applied (what);\n");
        project.write("V3__c.sql", "INSERT INTO applied VALUES (3);\nSELECT pg_sleep(0.2);\n");
        project.write("V4__d.sql", "INSERT INTO applied VALUES (4);\n");
    }

    /// As Flyway takes it by default: in a transaction that stays open, by the extended protocol.
    std::unique_ptr<postgres::Connection> flyway() const {
        auto connection = postgres::Connection::open({project.database.url()}, "PostgreSQL JDBC Driver");
        connection->query("BEGIN");
        EXPECT_EQ(connection->value("SELECT pg_try_advisory_xact_lock($1::bigint)", {flywayKey}), "t");
        return connection;
    }

    Project project;
};

TEST_F(ConcurrencyTest, WhoHasNothingToDoWaitsForNobody) {
    writeFour();
    const Ended first = slipway({"migrate"});
    ASSERT_EQ(first.code, 0) << first;
    const auto holder = flyway();
    const Ended idle = slipway({"migrate", "--wait", "0s"});
    EXPECT_EQ(idle.code, 0) << idle;
    EXPECT_THAT(idle.output, HasSubstr("is up to date at version 4"));
    project.write("beforeMigrate.sql", "SELECT 1;\n");
    EXPECT_EQ(slipway({"migrate", "--wait", "0s"}).code, 3) << "a callback is work";
    std::filesystem::remove(project.folder.path("db/beforeMigrate.sql"));
    project.write("V5__e.sql", "INSERT INTO applied VALUES (5);\n");
    EXPECT_EQ(slipway({"migrate", "--wait", "0s"}).code, 3);
    EXPECT_EQ(project.database.value("SELECT count(*) FROM applied"), "4");
}

TEST_F(ConcurrencyTest, TwoAtOnce) {
    writeFour();
    atOnce(2);
}

TEST_F(ConcurrencyTest, TenAtOnce) {
    writeFour();
    atOnce(10);
}

TEST_F(ConcurrencyTest, TwentyAtOnceAndAWaiterHoldsOneConnection) {
    writeFour();
    auto holder = flyway();
    std::vector<std::unique_ptr<Running>> running;
    for (int i = 0; i < 20; i++) running.push_back(std::make_unique<Running>(std::vector<std::string>{"migrate"}));
    for (const auto& one : running) ASSERT_TRUE(one->says("waiting for the release lock")) << one->errors();
    EXPECT_EQ(project.database.value("SELECT count(*) || ' ' || count(*) FILTER (WHERE state LIKE '%in transaction%') FROM pg_stat_activity "
                                     "WHERE application_name LIKE 'slipway%' AND datname = current_database()"), "20 0");
    running.clear();
    ASSERT_TRUE(eventually(project.database, "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'slipway%' "
                                             "AND datname = current_database()", "0")) << "the server notices that they are gone";
    holder.reset();
    atOnce(20);
}

TEST_F(ConcurrencyTest, WhoDoesNotWaitIsToldWhoHoldsTheLockSinceWhenAndFromWhere) {
    writeFour();
    project.write("V3__c.sql", "INSERT INTO applied VALUES (3);\nSELECT pg_sleep(30);\n");
    Running first({"migrate"});
    ASSERT_TRUE(eventually(project.database, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' "
                                             "AND datname = current_database() AND pid <> pg_backend_pid()", "1")) << first.errors();
    const Ended second = slipway({"migrate", "--wait", "0s"});
    EXPECT_EQ(second.code, 3);
    const std::string held = project.database.value(
        "SELECT format('held by %s (process %s of the server, since %s, active)', application_name, pid, "
        "to_char(backend_start, 'YYYY-MM-DD HH24:MI:SS TZ')) FROM pg_stat_activity WHERE application_name LIKE 'slipway migrate on %' "
        "AND datname = current_database()");
    char host[256] = {};
    ::gethostname(host, sizeof host - 1);
    EXPECT_THAT(held, HasSubstr(std::string("slipway migrate on ") + host));
    EXPECT_THAT(second.errors, HasSubstr("error: another release is under way: the release lock is " + held));
    EXPECT_THAT(second.errors, HasSubstr("hint: wait until it has ended (`--wait 5m` waits that long)"));
    const Ended repair = slipway({"undo", "--wait", "100ms"});
    EXPECT_EQ(repair.code, 3);
    EXPECT_THAT(repair.errors, HasSubstr("the release lock is " + held));
}

TEST_F(ConcurrencyTest, LooksDoNotWait) {
    writeFour();
    const auto holder = flyway();
    EXPECT_EQ(slipway({"info"}).code, 0);
    EXPECT_EQ(slipway({"plan"}).code, 0);
    EXPECT_EQ(slipway({"validate"}).code, 1);  // pending migrations are findings
}

TEST_F(ConcurrencyTest, AFlywayThatHoldsItsLockIsWaitedFor) {
    writeFour();
    auto holder = flyway();
    const Ended refused = slipway({"migrate", "--wait", "0s"});
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.errors, HasSubstr("the release lock is held by PostgreSQL JDBC Driver (process "));
    EXPECT_THAT(refused.errors, HasSubstr(", idle in transaction)"));

    Running waiting({"migrate"});
    ASSERT_TRUE(waiting.says("waiting for the release lock, held by PostgreSQL JDBC Driver (process "));
    EXPECT_EQ(project.database.value("SELECT to_regclass('flyway_schema_history') IS NULL"), "t") << "nothing may happen meanwhile";
    // What Flyway does meanwhile counts: the history is read again once the lock is ours.
    project.database.run("CREATE TABLE flyway_schema_history (installed_rank INT NOT NULL, version VARCHAR(50), description VARCHAR(200) NOT NULL, "
                         "type VARCHAR(20) NOT NULL, script VARCHAR(1000) NOT NULL, checksum INTEGER, installed_by VARCHAR(100) NOT NULL, "
                         "installed_on TIMESTAMP NOT NULL DEFAULT now(), execution_time INTEGER NOT NULL, success BOOLEAN NOT NULL, "
                         "CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank));"
                         "CREATE TABLE applied (what text); INSERT INTO applied VALUES (1);"
                         "INSERT INTO flyway_schema_history VALUES (1, '1', 'a', 'SQL', 'V1__a.sql', NULL, 'x', now(), 1, true)");
    holder->query("COMMIT");
    const Ended ended = waiting.end();
    EXPECT_EQ(ended.code, 0) << ended;
    EXPECT_EQ(project.database.value("SELECT string_agg(what, ' ' ORDER BY what) FROM applied"), "1 2 3 4");
}

TEST_F(ConcurrencyTest, FlywayIsKeptOutWhileSlipwayWorks) {
    writeFour();
    project.write("V3__c.sql", "INSERT INTO applied VALUES (3);\nSELECT pg_sleep(30);\n");
    const Running running({"migrate"});
    ASSERT_TRUE(eventually(project.database, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' "
                                             "AND datname = current_database() AND pid <> pg_backend_pid()", "1"));
    EXPECT_EQ(project.database.value(fmt::format("SELECT pg_try_advisory_xact_lock({})", flywayKey)), "f");
}

TEST_F(ConcurrencyTest, AWaitingFlywayThatStallsAConcurrentBuildIsNamed) {
    project.write("V1__a.sql", "CREATE TABLE applied (what text);\n");
    ASSERT_EQ(slipway({"migrate"}).code, 0);
    project.write("V2__b.sql", "CREATE INDEX CONCURRENTLY applied_what ON applied (what);\n");
    // It asks every second for the lock that Slipway holds, in one transaction. The extended protocol leaves its last
    // portal open, and with it a snapshot that the build has to wait for.
    auto other = postgres::Connection::open({project.database.url()}, "held");
    other->value(fmt::format("SELECT pg_try_advisory_lock({})", flywayKey));
    auto flyway = postgres::Connection::open({project.database.url()}, "PostgreSQL JDBC Driver");
    flyway->query("BEGIN");
    ASSERT_EQ(flyway->value("SELECT pg_try_advisory_xact_lock($1::bigint)", {flywayKey}), "f");
    other.reset();
    Running running({"migrate"});
    const std::string pid = flyway->value("SELECT pg_backend_pid()").value_or("");
    ASSERT_TRUE(running.says("waiting for a lock; in the way: PostgreSQL JDBC Driver (process " + pid + ", idle in transaction, in its transaction for "))
        << running.errors();
    flyway.reset();
    const Ended ended = running.end();
    EXPECT_EQ(ended.code, 0) << ended;
    // The log of the run has it, too.
    std::string log;
    for (const auto& file : fs::directory_iterator(project.folder.path(".slipway/logs"))) log += readFile(file.path());
    EXPECT_THAT(log, testing::ContainsRegex("statement_waiting.*PostgreSQL JDBC Driver \\(process " + pid));
}

TEST_F(ConcurrencyTest, AScriptThatFreesTheReleaseLockIsRolledBack) {
    project.write("V1__a.sql", "CREATE TABLE t (a int);\nSELECT pg_advisory_unlock_all();\n");
    const Ended ended = slipway({"migrate"});
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.errors, HasSubstr("error: this session no longer holds the release lock: something freed its advisory locks"));
    EXPECT_THAT(ended.errors, HasSubstr("the transaction was rolled back"));
    EXPECT_EQ(project.database.value("SELECT to_regclass('t') IS NULL"), "t");
}

// What Slipway has prepared in its session is gone then, and what it writes must not be.
TEST_F(ConcurrencyTest, AScriptMayThrowAwayPreparedStatements) {
    project.write("V1__a.sql", "CREATE TABLE t (a int);\nDEALLOCATE ALL;\nINSERT INTO t VALUES (1);\n");
    project.write("V2__b.sql", "DEALLOCATE ALL;\n");
    project.write("V3__c.sql", "INSERT INTO t VALUES (3);\n");
    const Ended first = slipway({"migrate", "--target", "1"});
    EXPECT_EQ(first.code, 0) << first;
    EXPECT_EQ(project.database.value("SELECT count(*) FROM t"), "1") << "the script was rolled back before it ran again";
    const Ended rest = slipway({"migrate"});
    EXPECT_EQ(rest.code, 0) << rest;
    EXPECT_EQ(project.database.value("SELECT string_agg(version || ' ' || success, ', ' ORDER BY installed_rank) FROM flyway_schema_history"),
              "1 true, 2 true, 3 true");
    EXPECT_EQ(project.database.value("SELECT string_agg(rank || ' ' || state, ', ' ORDER BY id) FROM slipway.journal"), "1 done, 2 done, 3 done");
}

TEST_F(ConcurrencyTest, AScriptThatExecutesWhatNobodyPreparedFailsAsItself) {
    project.write("V1__a.sql", "CREATE TABLE t (a int);\nEXECUTE nobody;\n");
    const Ended ended = slipway({"migrate"});
    EXPECT_EQ(ended.code, 1) << ended;
    EXPECT_THAT(ended.errors, HasSubstr("db/V1__a.sql:2"));
    EXPECT_THAT(ended.errors, HasSubstr("prepared statement \"nobody\" does not exist"));
    EXPECT_EQ(project.database.value("SELECT to_regclass('t') IS NULL"), "t");
}

}  // namespace
}  // namespace slipway::tests
