#include "engines/postgres/probe.h"

#include <future>
#include <thread>

#include "engines/postgres/parse.h"
#include "support/database.h"
#include "support/folder.h"
#include "support/program.h"

namespace slipway::postgres {

/// For GoogleTest.
void PrintTo(Probed::State state, std::ostream* out) {
    *out << (state == Probed::State::done ? "done" : state == Probed::State::undone ? "undone" : "half");
}

namespace {

using namespace std::chrono_literals;
using State = Probed::State;
using tests::errorOf;

class Probe : public testing::Test {
  protected:
    Probe() : connection_(database_.connect()) {}

    static NonTransactional facet(const std::string& sql) {
        const Statement statement = classify(sql);
        EXPECT_TRUE(statement.alone) << sql;
        return statement.alone ? *statement.alone : NonTransactional{};
    }

    /// Notes what is there before `sql`.
    void note(const std::string& sql) {
        sql_ = sql;
        facts_ = factsBefore(*connection_, facet(sql));
    }

    Probed look() { return probe(*connection_, facet(sql_), facts_); }
    State state() { return look().state; }

    /// A transaction that uses `with` and so keeps others waiting.
    std::unique_ptr<Connection> user(const std::string& with, const std::string& begin = "BEGIN") {
        auto connection = database_.connect();
        connection->run(begin);
        connection->run(with);
        return connection;
    }

    std::string waiting(const std::string& sql) {
        return "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND wait_event_type = 'Lock' AND query = " + connection_->literal(sql);
    }

    /// Starts the noted statement in a session of its own and waits until it waits.
    std::future<std::string> start() {
        auto ended = std::async(std::launch::async, [this, sql = sql_] {
            try {
                database_.run(sql);
            } catch (const Error& error) {
                return error.sqlstate;
            }
            return std::string("ok");
        });
        EXPECT_TRUE(tests::eventually(database_, waiting(sql_), "1")) << sql_;
        return ended;
    }

    /// Cancels the noted statement, which waits, as an operator would.
    void cancel(std::future<std::string> ended) {
        connection_->query("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query = $1", {sql_});
        EXPECT_EQ(ended.get(), "57014");
    }

    void repair() {
        const Probed probed = look();
        EXPECT_FALSE(probed.repairs.empty());
        for (const std::string& sql : probed.repairs) connection_->run(sql);
    }

    tests::Database database_;
    std::unique_ptr<Connection> connection_;
    std::string sql_;
    std::string facts_;
};

// CREATE INDEX CONCURRENTLY

TEST_F(Probe, CreateIndexUndoneAndDone) {
    connection_->run("CREATE TABLE t (a int, b int)");
    for (const char* sql : {"CREATE INDEX CONCURRENTLY t_one ON t (a)", "CREATE INDEX CONCURRENTLY ON t (b)",
                            "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"My Index\" ON public.t (a, b)"}) {
        note(sql);
        EXPECT_EQ(state(), State::undone) << sql;
        connection_->run(sql);
        EXPECT_EQ(state(), State::done) << sql;
    }
    EXPECT_TRUE(look().says.contains("public.\"My Index\" is there and valid")) << look().says;
}

TEST_F(Probe, CreateIndexHalfDoneByAFailedUniqueBuild) {
    connection_->run("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)");
    for (const char* sql : {"CREATE UNIQUE INDEX CONCURRENTLY t_one ON t (a)", "CREATE UNIQUE INDEX CONCURRENTLY ON t (a)"}) {
        note(sql);
        EXPECT_EQ(errorOf([&] { connection_->run(sql); }).sqlstate, "23505");
        const Probed probed = look();
        EXPECT_EQ(probed.state, State::half) << sql;
        EXPECT_FALSE(probed.repairCompletes);
        EXPECT_TRUE(probed.says.contains("invalid"));
        repair();
        EXPECT_EQ(state(), State::undone) << sql;
        EXPECT_EQ(connection_->value("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0");
    }
}

TEST_F(Probe, CreateIndexHalfDoneByACancel) {
    connection_->run("CREATE TABLE \"Order\" (a int)");
    note("CREATE INDEX CONCURRENTLY \"order\" ON \"Order\" (a)");
    const auto writer = user("INSERT INTO \"Order\" VALUES (1)");
    cancel(start());
    EXPECT_EQ(state(), State::half);
    writer->run("COMMIT");
    repair();
    EXPECT_EQ(state(), State::undone);
}

TEST_F(Probe, CreateIndexLeavesIndexesAloneThatWereThereBefore) {
    connection_->run("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)");
    EXPECT_THROW(connection_->run("CREATE UNIQUE INDEX CONCURRENTLY t_old ON t (a)"), Error);
    connection_->run("CREATE INDEX t_older ON t (a)");
    note("CREATE INDEX CONCURRENTLY ON t (a)");
    EXPECT_EQ(state(), State::undone);
    note("CREATE INDEX CONCURRENTLY IF NOT EXISTS t_older ON t (a)");
    EXPECT_EQ(state(), State::undone) << "done before, by somebody else: running it again does no harm";
}

TEST_F(Probe, CreateIndexIfNotExistsDoesNotPassOverAnInvalidOne) {
    connection_->run("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)");
    EXPECT_THROW(connection_->run("CREATE UNIQUE INDEX CONCURRENTLY t_one ON t (a)"), Error);
    const Error error = errorOf([&] { note("CREATE INDEX CONCURRENTLY IF NOT EXISTS t_one ON t (a)"); });
    EXPECT_EQ(error.code, "index-invalid");
    EXPECT_EQ(error.hint, "drop it first: DROP INDEX CONCURRENTLY t_one");
}

TEST_F(Probe, CreateIndexOfAnotherTableIsAnother) {
    connection_->run("CREATE SCHEMA other; CREATE TABLE t (a int); CREATE TABLE other.t (a int)");
    note("CREATE INDEX CONCURRENTLY t_one ON t (a)");
    connection_->run("CREATE INDEX t_one ON other.t (a)");
    EXPECT_EQ(state(), State::undone);
}

TEST_F(Probe, CreateIndexOnATableThatIsNotThere) {
    note("CREATE INDEX CONCURRENTLY t_one ON nothing (a)");
    EXPECT_EQ(state(), State::undone);
}

TEST_F(Probe, CreateIndexIsAwaitedWhileABackendStillBuildsIt) {
    connection_->run("CREATE TABLE t (a int)");
    note("CREATE INDEX CONCURRENTLY t_one ON t (a)");
    const auto writer = user("INSERT INTO t VALUES (1)");
    auto built = start();  // as a backend does whose client was killed
    auto looked = std::async(std::launch::async, [this] { return look().state; });
    EXPECT_EQ(looked.wait_for(700ms), std::future_status::timeout) << "neither done nor undone yet";
    writer->run("COMMIT");
    EXPECT_EQ(built.get(), "ok");
    EXPECT_EQ(looked.get(), State::done);
}

// DROP INDEX CONCURRENTLY

TEST_F(Probe, DropIndexUndoneAndDone) {
    connection_->run("CREATE TABLE t (a int); CREATE INDEX \"My Index\" ON t (a)");
    note("DROP INDEX CONCURRENTLY \"My Index\"");
    EXPECT_EQ(state(), State::undone);
    connection_->run(sql_);
    EXPECT_EQ(state(), State::done);
    EXPECT_EQ(look().says, "index \"My Index\" is gone");
    connection_->run("CREATE INDEX \"My Index\" ON t (a)");
    EXPECT_EQ(state(), State::done) << "a new one of that name is not the one that was to go";
}

TEST_F(Probe, DropIndexHalfDoneByACancel) {
    connection_->run("CREATE TABLE t (a int); CREATE INDEX t_one ON t (a)");
    note("DROP INDEX CONCURRENTLY public.t_one");
    const auto reader = user("SELECT * FROM t");
    cancel(start());
    const Probed probed = look();
    EXPECT_EQ(probed.state, State::half);
    EXPECT_TRUE(probed.repairCompletes);
    reader->run("COMMIT");
    repair();
    EXPECT_EQ(state(), State::done);
}

TEST_F(Probe, DropIndexOfWhatIsNotThere) {
    note("DROP INDEX CONCURRENTLY IF EXISTS t_one");
    EXPECT_EQ(state(), State::undone);
}

TEST_F(Probe, DropIndexOfAnInvalidIndexIsNotHalfDoneFromTheStart) {
    connection_->run("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)");
    EXPECT_THROW(connection_->run("CREATE UNIQUE INDEX CONCURRENTLY t_one ON t (a)"), Error);
    note("DROP INDEX CONCURRENTLY t_one");
    EXPECT_EQ(state(), State::undone);
    connection_->run(sql_);
    EXPECT_EQ(state(), State::done);
}

// REINDEX CONCURRENTLY

TEST_F(Probe, ReindexUndoneAndDone) {
    connection_->run("CREATE SCHEMA s; CREATE TABLE s.t (a int PRIMARY KEY, b text); CREATE INDEX t_b ON s.t (b)");
    for (const char* sql : {"REINDEX INDEX CONCURRENTLY s.t_b", "REINDEX TABLE CONCURRENTLY s.t", "REINDEX SCHEMA CONCURRENTLY s",
                            "REINDEX (VERBOSE) TABLE CONCURRENTLY s.t"}) {
        note(sql);
        EXPECT_EQ(state(), State::undone) << sql;
        connection_->run(sql);
        EXPECT_EQ(state(), State::done) << sql;
    }
}

TEST_F(Probe, ReindexOfATableIsNotDoneWithOneOfItsIndexes) {
    connection_->run("CREATE TABLE t (a int PRIMARY KEY, b int); CREATE INDEX t_b ON t (b)");
    note("REINDEX TABLE CONCURRENTLY t");
    connection_->run("REINDEX INDEX CONCURRENTLY t_b");
    EXPECT_EQ(state(), State::undone);
}

TEST_F(Probe, ReindexHalfDoneLeavesANewIndexBehind) {
    connection_->run("CREATE TABLE t (a int PRIMARY KEY, b text)");  // with a TOAST table and its index
    for (const char* sql : {"REINDEX INDEX CONCURRENTLY t_pkey", "REINDEX TABLE CONCURRENTLY t"}) {
        note(sql);
        const auto writer = user("INSERT INTO t VALUES (1)");
        cancel(start());
        const Probed probed = look();
        EXPECT_EQ(probed.state, State::half) << sql;
        EXPECT_FALSE(probed.repairCompletes) << sql;
        EXPECT_TRUE(probed.says.ends_with("left behind")) << probed.says;
        ASSERT_FALSE(probed.repairs.empty()) << sql;
        EXPECT_TRUE(probed.repairs[0].contains("_ccnew")) << probed.repairs[0];
        writer->run("ROLLBACK");
        repair();
        EXPECT_EQ(state(), State::undone) << sql;
        EXPECT_EQ(connection_->value("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0");
    }
}

TEST_F(Probe, ReindexHalfDoneLeavesTheOldIndexBehind) {
    connection_->run("CREATE TABLE t (a int PRIMARY KEY); CREATE TABLE u ()");
    for (const char* sql : {"REINDEX INDEX CONCURRENTLY t_pkey", "REINDEX TABLE CONCURRENTLY t"}) {
        note(sql);
        // The one keeps the build waiting before the new index takes the old one's place, the other after that.
        const auto before = user("SELECT * FROM u", "BEGIN ISOLATION LEVEL REPEATABLE READ");
        auto ended = start();
        const auto after = user("SELECT * FROM t");
        before->run("COMMIT");
        ASSERT_TRUE(tests::eventually(database_, "SELECT count(*) FROM pg_class WHERE relname = 't_pkey_ccold'", "1"));
        ASSERT_TRUE(tests::eventually(database_, waiting(sql_), "1"));
        cancel(std::move(ended));
        const Probed probed = look();
        EXPECT_EQ(probed.state, State::half) << sql;
        EXPECT_TRUE(probed.says.contains("_ccold")) << probed.says;
        EXPECT_TRUE(probed.repairCompletes) << "the new index is in its place";
        after->run("COMMIT");
        repair();
        EXPECT_EQ(state(), State::done) << sql;
    }
}

TEST_F(Probe, ReindexLeavesWhatOthersLeftBehind) {
    connection_->run("CREATE TABLE t (a int PRIMARY KEY)");
    note("REINDEX TABLE CONCURRENTLY t");
    const auto writer = user("INSERT INTO t VALUES (1)");
    cancel(start());
    writer->run("COMMIT");
    note("REINDEX INDEX CONCURRENTLY t_pkey");
    EXPECT_EQ(state(), State::undone);
    connection_->run(sql_);
    EXPECT_EQ(state(), State::done);
}

TEST_F(Probe, ReindexOfWhatIsNotThereIsNotDone) {
    for (const char* sql : {"REINDEX TABLE CONCURRENTLY nothing", "REINDEX INDEX CONCURRENTLY nothing", "REINDEX SCHEMA CONCURRENTLY nothing"}) {
        note(sql);
        EXPECT_EQ(state(), State::undone) << sql;
    }
}

TEST_F(Probe, ReindexOfADatabaseIsSimplyDoneAgain) {
    note("REINDEX DATABASE CONCURRENTLY " + database_.name());
    EXPECT_EQ(state(), State::undone);
    connection_->run(sql_);
    EXPECT_EQ(state(), State::undone);
}

// ALTER TABLE ... DETACH PARTITION ... CONCURRENTLY

TEST_F(Probe, DetachUndoneAndDone) {
    if (tests::serverMajor() < 14) GTEST_SKIP() << "DETACH CONCURRENTLY came with 14";
    connection_->run("CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE \"P 1\" PARTITION OF p FOR VALUES IN (1)");
    note("ALTER TABLE p DETACH PARTITION \"P 1\" CONCURRENTLY");
    EXPECT_EQ(state(), State::undone);
    connection_->run(sql_);
    EXPECT_EQ(state(), State::done);
}

TEST_F(Probe, DetachHalfDoneByACancelIsFinished) {
    if (tests::serverMajor() < 14) GTEST_SKIP() << "DETACH CONCURRENTLY came with 14";
    connection_->run("CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE \"P 1\" PARTITION OF p FOR VALUES IN (1)");
    note("ALTER TABLE public.p DETACH PARTITION public.\"P 1\" CONCURRENTLY");
    const auto reader = user("SELECT * FROM p");
    cancel(start());
    const Probed probed = look();
    EXPECT_EQ(probed.state, State::half);
    EXPECT_TRUE(probed.repairCompletes);
    reader->run("COMMIT");
    repair();
    EXPECT_EQ(state(), State::done);
    EXPECT_EQ(connection_->value("SELECT relispartition FROM pg_class WHERE relname = 'P 1'"), "f");
}

// What a catalog simply lists

TEST_F(Probe, DatabasesComeAndGo) {
    const std::string name = quoteIdentifier("New " + database_.name());
    note("CREATE DATABASE " + name);
    EXPECT_EQ(state(), State::undone);
    connection_->run(sql_);
    EXPECT_EQ(state(), State::done);
    note(sql_);
    EXPECT_EQ(state(), State::undone) << "it was there before: the statement will fail as it should";
    note("DROP DATABASE " + name);
    EXPECT_EQ(state(), State::undone);
    connection_->run(sql_);
    EXPECT_EQ(state(), State::done);
    note("DROP DATABASE IF EXISTS " + name);
    EXPECT_EQ(state(), State::undone);
}

TEST_F(Probe, TablespacesComeAndGo) {
    if (connection_->serverVersion() < 150000) GTEST_SKIP() << "tablespaces in place came with 15";
    connection_->run("SET allow_in_place_tablespaces = on");
    note("CREATE TABLESPACE space_" + database_.name() + " LOCATION ''");
    EXPECT_EQ(state(), State::undone);
    connection_->run(sql_);
    EXPECT_EQ(state(), State::done);
    note("DROP TABLESPACE space_" + database_.name());
    EXPECT_EQ(state(), State::undone);
    connection_->run(sql_);
    EXPECT_EQ(state(), State::done);
}

TEST_F(Probe, SubscriptionsComeAndGoInTheirDatabase) {
    const tests::Database other;
    other.run("CREATE SUBSCRIPTION sub CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false)");
    note("CREATE SUBSCRIPTION sub CONNECTION 'host=nowhere' PUBLICATION p");
    EXPECT_EQ(state(), State::undone) << "one of that name in another database is another";
    connection_->run(sql_ + " WITH (connect = false)");
    EXPECT_EQ(state(), State::done);
    connection_->run("ALTER SUBSCRIPTION sub SET (slot_name = NONE)");
    note("DROP SUBSCRIPTION sub");
    EXPECT_EQ(state(), State::undone);
    connection_->run(sql_);
    EXPECT_EQ(state(), State::done);
    other.run("ALTER SUBSCRIPTION sub SET (slot_name = NONE)");
    other.run("DROP SUBSCRIPTION sub");
}

// What no catalog tells

TEST_F(Probe, WhatDoesNoHarmTwiceIsUndone) {
    for (const char* sql : {"VACUUM", "CLUSTER", "REINDEX DATABASE x"}) {
        note(sql);
        EXPECT_TRUE(verifiable(facet(sql))) << sql;
        EXPECT_EQ(state(), State::undone) << sql;
    }
}

TEST_F(Probe, WhatNothingTellsIsNotVerifiable) {
    EXPECT_FALSE(verifiable(facet("ALTER SYSTEM SET work_mem = '1MB'")));
    EXPECT_TRUE(verifiable(facet("CREATE INDEX CONCURRENTLY ON t (a)")));
}

}  // namespace
}  // namespace slipway::postgres
