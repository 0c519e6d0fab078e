// "kill -9 at any instant, then the same command again, ends in the same state": every crash point is tried, then random
// instants.
#include <gmock/gmock.h>

#include <csignal>
#include <random>
#include <thread>

#include "base/files.h"
#include "engines/postgres/inspect.h"
#include "support/program.h"

namespace slipway::tests {
namespace {

using testing::HasSubstr;

/// All that a user could see of a database: its catalog, its rows, its history.
struct State {
    Catalog catalog;
    std::string rows;
    std::string history;

    static State of(const Database& database) {
        const auto connection = database.connect();
        State state;
        state.catalog = postgres::inspect(*connection, {{"slipway"}, {"public.flyway_schema_history"}});
        for (const Table& table : state.catalog.tables)
            state.rows += table.name + " " +
                          connection->value("SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM " +
                                            sqlName(table.schema, table.name) + " t").value_or("") + "\n";
        state.history = Project::historyOf(database);
        return state;
    }
};

/// Nothing when both are the same.
std::string differences(const State& wanted, const State& found) {
    std::string text;
    for (const Difference& difference : compare(wanted.catalog, found.catalog)) text += difference.message() + "\n";
    if (digest(wanted.catalog) != digest(found.catalog)) text += "the catalogs' digests differ\n";
    if (wanted.rows != found.rows) text += "rows were\n" + wanted.rows + "and are\n" + found.rows;
    if (wanted.history != found.history) text += "the history was\n" + wanted.history + "\nand is\n" + found.history + "\n";
    return text;
}

/// A project whose scripts meet every kind of segment, each with an undo script that meets some more.
class CrashTest : public testing::Test {
  protected:
    CrashTest() {
        write("V1__base",
              "CREATE TABLE orders (id int PRIMARY KEY, customer text, total numeric, touched int NOT NULL DEFAULT 0);\n"
              "INSERT INTO orders SELECT n, 'customer ' || n % 50, n FROM generate_series(1, 2000) n;\n"
              "CREATE INDEX orders_old_idx ON orders (total);\n"
              "CREATE TABLE events (at date NOT NULL, what text) PARTITION BY RANGE (at);\n"
              "CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\n"
              "CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');\n"
              "INSERT INTO events VALUES ('2024-05-05', 'old'), ('2025-05-05', 'new');\n");
        write("V2__plain", "CREATE TABLE notes (id int, note text);\nINSERT INTO notes VALUES (1, 'one');\n");
        write("U2__plain", "DROP TABLE notes;\n");
        write("V3__several", "CREATE TYPE mood AS ENUM ('ok');\nALTER TABLE orders ADD mood mood;\nUPDATE orders SET mood = 'ok' WHERE id < 10;\n");
        write("U3__several", "ALTER TABLE orders DROP mood;\nDROP TYPE mood;\n");
        write("V4__indexes",
              "ALTER TABLE orders ADD region text;\nUPDATE orders SET region = 'r' || id % 7;\n"
              "CREATE INDEX CONCURRENTLY orders_region_idx ON orders (region);\n"
              "CREATE UNIQUE INDEX CONCURRENTLY ON orders (customer, id);\n"
              "ALTER TABLE orders ALTER region SET NOT NULL;\n");
        write("U4__indexes",
              "ALTER TABLE orders ALTER region DROP NOT NULL;\nDROP INDEX CONCURRENTLY orders_region_idx;\n"
              "DROP INDEX CONCURRENTLY IF EXISTS orders_customer_id_idx;\nALTER TABLE orders DROP region;\n");
        write("V5__blocks",
              "BEGIN;\nCREATE TABLE blocks (a int);\nCOMMIT;\nBEGIN ISOLATION LEVEL SERIALIZABLE;\nINSERT INTO blocks VALUES (1);\nCOMMIT;\n"
              "INSERT INTO blocks VALUES (2);\n");
        write("U5__blocks", "BEGIN;\nDELETE FROM blocks;\nEND;\nDROP TABLE blocks;\n");
        write("V6__drop", "DROP INDEX CONCURRENTLY orders_old_idx;\n");
        write("U6__drop", "CREATE INDEX CONCURRENTLY orders_old_idx ON orders (total);\n");
        write("V7__reindex", "REINDEX INDEX CONCURRENTLY orders_pkey;\nREINDEX TABLE CONCURRENTLY orders;\nVACUUM orders;\n");
        write("U7__reindex", "-- nothing to take back\n");
        write("V8__detach", serverMajor() < 14 ? "ALTER TABLE events DETACH PARTITION events_2024;\n"
                                               : "ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;\n");
        // What DETACH CONCURRENTLY turned the bound into has to go, else it would stay as a constraint of the partition.
        write("U8__detach",
              "ALTER TABLE events_2024 DROP CONSTRAINT IF EXISTS events_2024_at_check;\n"
              "ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\n");
        write("V9__copy", "COPY notes FROM stdin;\n2\ttwo\n3\tth\\tree\n\\.\nCOPY notes (id) FROM stdin;\n4\n\\.\n");
        write("U9__copy", "DELETE FROM notes WHERE id > 1;\n");
        write("V10__loop", "DO $$ BEGIN FOR i IN 10..15 LOOP INSERT INTO notes VALUES (i, 'looped'); END LOOP; END $$;\n");
        write("U10__loop", "DELETE FROM notes WHERE id >= 10;\n");
        // An UPDATE that must meet each row once: whatever runs twice shows.
        write("V11__count", "ALTER TABLE orders ADD counted bool;\n");
        folder.write("db/V11__count.slipway.toml", "[backfill]\ntable = 'orders'\nkey = 'id'\nset = 'touched = touched + 1'\nbatch = 700\npause = '0s'\n");
        write("U11__count", "ALTER TABLE orders DROP counted;\nUPDATE orders SET touched = 0;\n");
        write("V12__settings",
              "CREATE SCHEMA side;\nSET search_path = side;\nCREATE TABLE t (a int);\nCREATE INDEX CONCURRENTLY t_a ON t (a);\n"
              "INSERT INTO t VALUES (1);\nVACUUM t;\nINSERT INTO t VALUES (2);\n");
        write("U12__settings", "SET search_path = side;\nDROP INDEX CONCURRENTLY t_a;\nDROP TABLE t;\nDROP SCHEMA side;\n");
        folder.write("slipway.toml", "[project]\nmigrations = 'db'\n[environments.dev]\nurl = 'host=/nowhere'\n");
    }

    void write(const std::string& name, const std::string& sql) const { folder.write("db/" + name + ".sql", sql); }

    /// Apart from the others: a repeatable runs at whatever target.
    void writeRepeatable() const {
        write("R__totals",
              "CREATE OR REPLACE VIEW totals AS SELECT customer, sum(total) FROM orders GROUP BY 1;\n"
              "VACUUM notes;\nCOMMENT ON VIEW totals IS 'by customer';\n");
    }

    static Ended run(const Database& database, std::vector<std::string> arguments, const Environment& environment = {}) {
        arguments.insert(arguments.end(), {"--url", database.url()});
        return slipway(arguments, environment);
    }

    /// An empty database again: quicker than another one.
    static void empty(const Database& database) {
        database.run("DROP SCHEMA IF EXISTS slipway, side, public CASCADE; CREATE SCHEMA public");
    }

    /// Kills the command at each of its crash points, each time from the state that `begin` makes, and runs it again.
    void tryEveryCrashPoint(const Database& database, const std::function<void()>& begin, const std::vector<std::string>& command) const {
        empty(database);
        begin();
        const Ended whole = run(database, command);
        ASSERT_EQ(whole.code, 0) << whole;
        const State wanted = State::of(database);
        int n = 1;
        for (bool crashed = true; crashed; n++) {
            empty(database);
            begin();
            const Ended first = run(database, command, {{"SLIPWAY_CRASH_AT", std::to_string(n)}});
            crashed = first.code == 128 + SIGKILL;
            ASSERT_TRUE(crashed || first.code == 0) << "crash point " << n << ": " << first;
            if (crashed) {
                const Ended again = run(database, command);
                ASSERT_EQ(again.code, 0) << "after crash point " << n << ": " << again;
            }
            ASSERT_EQ(differences(wanted, State::of(database)), "") << "after crash point " << n;
        }
        std::cout << n - 2 << " crash points\n";
        EXPECT_GT(n, 10);
    }

    Folder folder;
};

TEST_F(CrashTest, MigrateEndsInTheSameStateAfterACrashAtAnyPoint) {
    const Database database;
    const auto begin = [&] {
        fs::remove(folder.path("db/R__totals.sql"));
        ASSERT_EQ(run(database, {"migrate", "--target", "1"}).code, 0);
        writeRepeatable();
    };
    tryEveryCrashPoint(database, begin, {"migrate"});
}

TEST_F(CrashTest, TheFirstMigrateOfAllMayCrashToo) {
    const Database database;
    // Up to its first migration, so that the points before it are tried: history table, journal, lock.
    tryEveryCrashPoint(database, [] {}, {"migrate", "--target", "3"});
}

TEST_F(CrashTest, UndoEndsInTheSameStateAfterACrashAtAnyPoint) {
    const Database database;
    ASSERT_EQ(run(database, {"migrate", "--target", "1"}).code, 0);
    const State before = State::of(database);
    writeRepeatable();
    ASSERT_EQ(run(database, {"migrate"}).code, 0);
    ASSERT_EQ(run(database, {"undo", "--target", "1"}).code, 0);
    for (const Difference& difference : compare(before.catalog, State::of(database).catalog))
        EXPECT_EQ(difference.object, "public.totals") << difference.messageAfterUndo();  // nobody undoes a repeatable
    tryEveryCrashPoint(database, [&] { ASSERT_EQ(run(database, {"migrate"}).code, 0); }, {"undo", "--target", "1"});
}

TEST_F(CrashTest, AnUndoThatWasCutShortIsFinishedBeforeAnythingElse) {
    const Database database;
    ASSERT_EQ(run(database, {"migrate", "--target", "4"}).code, 0);
    Ended ended = run(database, {"undo"}, {{"SLIPWAY_CRASH_AT", "6"}});
    ASSERT_EQ(ended.code, 128 + SIGKILL);
    ended = run(database, {"migrate"});
    EXPECT_EQ(ended.code, 1);
    EXPECT_THAT(ended.errors, HasSubstr("error: the undo of version 4 stopped half way"));
    EXPECT_THAT(ended.errors, HasSubstr("hint: run `slipway undo` to finish it, then migrate"));
    EXPECT_EQ(run(database, {"undo"}).code, 0);
    EXPECT_EQ(database.value("SELECT string_agg(type || ' ' || version || ' ' || success, ', ' ORDER BY installed_rank) FROM flyway_schema_history"),
              "SQL 1 true, SQL 2 true, SQL 3 true, SQL 4 true, DELETE 4 true");
}

TEST_F(CrashTest, AnUndoThatWasCutShortAlsoVoidsTheRepeatablesThatRanLater) {
    const Database database;
    writeRepeatable();
    ASSERT_EQ(run(database, {"migrate", "--target", "4"}).code, 0);
    ASSERT_EQ(run(database, {"undo"}, {{"SLIPWAY_CRASH_AT", "6"}}).code, 128 + SIGKILL);
    const std::string history = "SELECT string_agg(concat_ws(' ', type, version, success), ', ' ORDER BY installed_rank) FROM flyway_schema_history";
    ASSERT_EQ(database.value(history), "SQL 1 t, SQL 2 t, SQL 3 t, SQL 4 t, SQL t, DELETE 4 f") << "the crash is to leave it half done";
    EXPECT_EQ(run(database, {"undo"}).code, 0);
    EXPECT_EQ(database.value(history), "SQL 1 t, SQL 2 t, SQL 3 t, SQL 4 t, SQL t, DELETE 4 t, DELETE t");
    const Ended again = run(database, {"migrate", "--target", "4"});
    EXPECT_THAT(again.output, HasSubstr("R totals")) << again;
}

TEST_F(CrashTest, MigrateEndsInTheSameStateAfterAKillAtARandomInstant) {
    const char* asked = std::getenv("SLIPWAY_KILLS");
    const int kills = asked ? std::atoi(asked) : 30;
    // Enough rows that an index takes its time.
    write("V1.5__many", "CREATE TABLE many (id int PRIMARY KEY, a int, b text);\n"
                      "INSERT INTO many SELECT n, n % 1000, md5(n::text) FROM generate_series(1, 30000) n;\n");
    const Database base;
    ASSERT_EQ(run(base, {"migrate", "--target", "1.5"}).code, 0);
    write("V13__build",
          "ALTER TABLE many ADD c int;\nCREATE INDEX CONCURRENTLY many_b ON many (b);\nUPDATE many SET c = 1 WHERE id < 10000;\n"
          "CREATE UNIQUE INDEX CONCURRENTLY many_bid ON many (b, id);\nREINDEX TABLE CONCURRENTLY many;\nDROP INDEX CONCURRENTLY many_b;\n");
    write("V9__copy", "INSERT INTO events VALUES ('2025-06-06', 'newer')");
    write("V10__loop", "DO 'BEGIN PERFORM pg_sleep(0.05); END';");
    const Database undisturbed(base.name());
    const Ended whole = run(undisturbed, {"migrate"});
    ASSERT_EQ(whole.code, 0) << whole;
    const State wanted = State::of(undisturbed);
    const auto seed = std::random_device{}();
    std::minstd_rand random(seed);
    int killed = 0;
    for (int i = 0; i < kills; i++) {
        const Milliseconds delay(static_cast<int64_t>(random()) % whole.took.count());
        const std::string which = fmt::format("seed {}, kill {} after {}", seed, i + 1, showDuration(delay));
        const Database database(base.name());
        Running running({"migrate", "--url", database.url()});
        std::this_thread::sleep_for(delay);
        running.signal(SIGKILL);
        const Ended first = running.end();
        killed += first.code == 128 + SIGKILL;
        const Ended again = run(database, {"migrate"});
        ASSERT_EQ(again.code, 0) << which << "\n" << again;
        ASSERT_EQ(differences(wanted, State::of(database)), "") << which;
    }
    std::cout << killed << " of " << kills << " were killed on the way, of a run of " << showDuration(whole.took) << "\n";
    EXPECT_GT(killed, kills / 4);
}

/// A script whose concurrent build waits for a transaction of ours.
class HeldUpTest : public testing::Test {
  protected:
    HeldUpTest() {
        project.write("V1__t.sql", "CREATE TABLE t (a int);\nINSERT INTO t VALUES (1), (2);\n");
        EXPECT_EQ(slipway({"migrate"}).code, 0);
        holder = project.database.connect();
        holder->run("BEGIN; SELECT * FROM t");
    }
    /// Whether the build of V2 waits for the holder.
    bool waits() const {
        return eventually(project.database,
                          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%CONCURRENTLY%' "
                          "AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()", "1");
    }
    std::string indexes() const {
        return project.database.value("SELECT string_agg(indexrelid::regclass || ' ' || indisvalid, ', ' ORDER BY 1) FROM pg_index "
                                      "WHERE indrelid = 't'::regclass");
    }

    Project project;
    std::unique_ptr<postgres::Connection> holder;
};

TEST_F(HeldUpTest, TheNextMigrateWaitsForTheIndexThatAKilledOneStillBuilds) {
    project.write("V2__index.sql", "ALTER TABLE t ADD b int;\nCREATE INDEX CONCURRENTLY t_a ON t (a);\nUPDATE t SET b = a;\n");
    holder->run("COMMIT; BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1");  // holds a snapshot and no lock on t
    Running killed({"migrate"});
    ASSERT_TRUE(waits()) << killed.errors();
    killed.signal(SIGKILL);
    EXPECT_EQ(killed.end().code, 128 + SIGKILL);
    EXPECT_EQ(indexes(), "t_a false");

    const Ended refused = slipway({"migrate", "--wait", "0s"});
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.errors, HasSubstr("error: another release is under way: the release lock is held by slipway migrate on "));

    Running next({"migrate"});
    ASSERT_TRUE(next.says("waiting for the release lock, held by slipway migrate on ")) << next.errors();
    holder->run("COMMIT");
    const Ended ended = next.end();
    EXPECT_EQ(ended.code, 0) << ended;
    EXPECT_THAT(ended.output, HasSubstr("V2 index"));
    EXPECT_EQ(indexes(), "t_a true");
    EXPECT_EQ(project.database.value("SELECT sum(b) FROM t"), "3");
    EXPECT_EQ(project.history().find("|f"), std::string::npos) << project.history();
    EXPECT_EQ(project.database.value("SELECT count(*) FROM slipway.journal WHERE state = 'started'"), "1") << "it was not built twice";
}

TEST_F(HeldUpTest, ADetachThatWasKilledHalfWayIsFinalized) {
    if (serverMajor() < 14) GTEST_SKIP() << "DETACH CONCURRENTLY came with PostgreSQL 14";
    holder->run("COMMIT");
    project.write("V2__p.sql", "CREATE TABLE p (a int) PARTITION BY LIST (a);\nCREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);\n");
    ASSERT_EQ(slipway({"migrate"}).code, 0);
    holder->run("BEGIN; SELECT * FROM p");
    project.write("V3__detach.sql", "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;\nDROP TABLE p1;\n");
    Running killed({"migrate"});
    ASSERT_TRUE(eventually(project.database, "SELECT inhdetachpending FROM pg_inherits", "t")) << killed.errors();
    killed.signal(SIGKILL);
    killed.end();
    project.database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'slipway migrate on %' "
                         "AND datname = current_database()");
    Running next({"migrate"});
    ASSERT_TRUE(next.says("the partition's detachment is pending: ALTER TABLE p DETACH PARTITION p1 FINALIZE")) << next.errors();
    holder->run("COMMIT");
    const Ended ended = next.end();
    EXPECT_EQ(ended.code, 0) << ended;
    EXPECT_EQ(project.database.value("SELECT count(*) FROM pg_inherits"), "0");
}

TEST_F(HeldUpTest, ADropThatWasKilledHalfWayIsBroughtToItsEnd) {
    project.database.run("CREATE INDEX t_a ON t (a)");
    project.write("V2__drop.sql", "DROP INDEX CONCURRENTLY t_a;\nALTER TABLE t ADD b int;\n");
    Running killed({"migrate"});
    ASSERT_TRUE(waits()) << killed.errors();
    killed.signal(SIGKILL);
    killed.end();
    EXPECT_EQ(indexes(), "t_a false");
    project.database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'slipway migrate on %' "
                         "AND datname = current_database()");
    Running next({"migrate"});
    ASSERT_TRUE(next.says("index t_a is marked for dropping: DROP INDEX CONCURRENTLY IF EXISTS t_a")) << next.errors();
    holder->run("COMMIT");
    EXPECT_EQ(next.end().code, 0);
    EXPECT_EQ(indexes(), "");
}

TEST_F(HeldUpTest, AnInterruptedBuildLeavesNoIndexAndNoRow) {
    project.write("V2__index.sql", "CREATE INDEX CONCURRENTLY t_a ON t (a);\n");
    holder->run("COMMIT; BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1");
    Running running({"migrate"});
    ASSERT_TRUE(waits()) << running.errors();
    running.signal(SIGINT);
    const Ended ended = running.end();
    EXPECT_EQ(ended.code, 130) << ended;
    EXPECT_THAT(ended.errors, HasSubstr("index public.t_a is there but invalid: DROP INDEX CONCURRENTLY IF EXISTS public.t_a"));
    EXPECT_EQ(indexes(), "");
    EXPECT_EQ(project.database.value("SELECT count(*) FROM flyway_schema_history"), "1");
}

TEST_F(HeldUpTest, WhatAnInterruptedBuildCannotCleanUpTheNextRunDoes) {
    project.write("V2__index.sql", "CREATE INDEX CONCURRENTLY t_a ON t (a);\n");
    holder->run("COMMIT; BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM t");  // its lock on t keeps DROP INDEX waiting, too
    Running running({"migrate"});
    ASSERT_TRUE(waits()) << running.errors();
    running.signal(SIGINT);
    const Ended ended = running.end();
    EXPECT_EQ(ended.code, 130) << ended;
    EXPECT_THAT(ended.errors, HasSubstr("index public.t_a is there but invalid, and could not be dropped yet: canceling statement due "
                                        "to lock timeout; the next run sees to it first"));
    EXPECT_EQ(indexes(), "t_a false");
    EXPECT_THAT(project.history(), HasSubstr("|index|SQL|V2__index.sql|")) << "Flyway is to keep away meanwhile";
    holder->run("COMMIT");
    const Ended next = slipway({"migrate"});
    EXPECT_EQ(next.code, 0) << next;
    EXPECT_EQ(indexes(), "t_a true");
}

}  // namespace
}  // namespace slipway::tests
