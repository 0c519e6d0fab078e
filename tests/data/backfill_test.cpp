#include "data/backfill.h"

#include <gmock/gmock.h>

#include "support/database.h"

namespace slipway::data {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;

/// A database, a declaration and what one run of it says.
class BackfillTest : public testing::Test {
  protected:
    BackfillTest() : connection(database.connect()) {
        declared.batch = 10;
        declared.pause = Milliseconds(0);
        declared.line = 7;
    }

    BackfillResult go(const std::string& resumeFrom = "", const Checkpoint& extra = {}) {
        const Checkpoint checkpoint = [&](const std::string& progress, int64_t rows) {
            EXPECT_EQ(connection->transaction(), postgres::Transaction::open);
            if (extra) extra(progress, rows);
            checkpoints.push_back(progress);
        };
        return run(*connection, {declared, "V7 Fill", "V7__fill.slipway.toml", timeouts, resumeFrom}, checkpoint,
                   [&](const Event& event) { events.push_back(event); });
    }

    Error failure(const std::string& resumeFrom = "") {
        try {
            go(resumeFrom);
        } catch (const Error& error) {
            EXPECT_FALSE(error.hint.empty());
            EXPECT_EQ(connection->transaction(), postgres::Transaction::idle);
            return error;
        }
        ADD_FAILURE() << "the backfill was to fail";
        return Error("none", Exit::yes, "", "");
    }

    std::string value(const std::string& sql) { return connection->value(sql).value_or("null"); }

    tests::Database database;
    std::unique_ptr<postgres::Connection> connection;
    Backfill declared;
    Timeouts timeouts;
    std::vector<std::string> checkpoints;
    std::vector<Event> events;
};

TEST_F(BackfillTest, WalksInBatchesOfRowsAcrossGapsInTheKey) {
    // 25 rows on ids that lie a billion apart: batches are counted in rows, not in numbers.
    connection->run(
        "CREATE TABLE t (id bigint PRIMARY KEY, a int, b int);"
        "INSERT INTO t SELECT n * 1000000000::bigint, n FROM generate_series(1, 25) AS n");
    declared.table = "t";
    declared.key = {"id"};
    declared.set = "b = a * 2";
    declared.where = "b IS NULL";

    const BackfillResult result = go();

    EXPECT_EQ(result.rows, 25);
    EXPECT_EQ(result.batches, 3);
    EXPECT_EQ(result.passes, 1);
    EXPECT_EQ(value("SELECT count(*) FROM t WHERE b = a * 2"), "25");
    ASSERT_EQ(events.size(), 3u);
    EXPECT_EQ(events[1].kind, Event::Kind::backfillProgress);
    EXPECT_THAT(events[1].text, MatchesRegex("batch 2: 10 rows in [0-9.]+ m?s, up to id 20000000000"));
    EXPECT_EQ(events[1].rows, 10);
    EXPECT_EQ(events[1].done, 20);
    EXPECT_EQ(events[1].total, 25);
    EXPECT_EQ(events[2].rows, 5);
    EXPECT_EQ(checkpoints[0], R"({"after":["10000000000"],"until":["25000000000"],"walked":10,"rows":10})");
}

TEST_F(BackfillTest, WalksACompositeKeyOfTextAndTimeInAnotherSchema) {
    connection->run(R"(
        CREATE SCHEMA "Big Shop";
        CREATE TABLE "Big Shop"."Order" ("At" timestamptz, tag text COLLATE "C", n int, PRIMARY KEY ("At", tag));
        INSERT INTO "Big Shop"."Order" SELECT timestamptz '2026-01-01' + (n / 4) * interval '1 day', 'it''s "' || n, 0
        FROM generate_series(1, 43) AS n;
        SET DateStyle = 'SQL, DMY'; SET TimeZone = 'Asia/Kolkata')");
    declared.table = R"("Big Shop"."Order")";
    declared.key = {"At", "tag"};
    declared.set = "n = n + 1";  // not to be done twice to any row

    EXPECT_EQ(go().batches, 5);
    EXPECT_THAT(events.back().text, EndsWith(R"(, up to ("At", tag) ("2026-01-11T05:30:00+05:30", "it's \"43"))"));
    EXPECT_EQ(value(R"(SELECT count(*) FROM "Big Shop"."Order" WHERE n = 1)"), "43");
}

TEST_F(BackfillTest, WalksKeysOfManyTypes) {
    for (const char* key :
         {"md5(n::text)::uuid", "'k' || n", "(n * 1.25)::numeric(8,2)", "lpad(n::text, 4, 'x')::char(6)",
          "date '2026-01-01' + n", "n::text::bytea", "n::float8 / 3", "('10.0.0.' || n)::inet"}) {
        connection->run(
            fmt::format("DROP TABLE IF EXISTS t; CREATE TABLE t AS SELECT {} AS k, 0 AS n "
                        "FROM generate_series(1, 25) AS n; ALTER TABLE t ADD PRIMARY KEY (k)",
                        key));
        declared.table = "t";
        declared.key = {"k"};
        declared.set = "n = n + 1";
        EXPECT_EQ(go().rows, 25) << key;
        EXPECT_EQ(value("SELECT count(*) FROM t WHERE n = 1"), "25") << key;
    }
}

TEST_F(BackfillTest, WalksAPartitionedTableAndAnEmptyOne) {
    connection->run(
        "CREATE TABLE p (id int PRIMARY KEY, n int) PARTITION BY HASH (id);"
        "CREATE TABLE p0 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 0);"
        "CREATE TABLE p1 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 1);"
        "INSERT INTO p SELECT n FROM generate_series(1, 25) AS n; CREATE TABLE empty (id int PRIMARY KEY, n int)");
    declared.table = "p";
    declared.key = {"id"};
    declared.set = "n = 1";
    EXPECT_EQ(go().rows, 25);
    EXPECT_EQ(events.back().total, 25);

    declared.table = "empty";
    const BackfillResult nothing = go();
    EXPECT_EQ(nothing.rows, 0);
    EXPECT_EQ(nothing.batches, 0);
}

TEST_F(BackfillTest, RowsWrittenMeanwhileBehindTheWalkerAreFilledInAFurtherPass) {
    connection->run(
        "CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t (id) SELECT n * 10 FROM generate_series(1, 30) AS "
        "n");
    declared.table = "t";
    declared.key = {"id"};
    declared.set = "n = 1";
    declared.where = "n IS NULL";
    const auto application = database.connect();

    const BackfillResult result = go("", [&](const std::string&, int64_t rows) {
        if (rows == 20) application->run("INSERT INTO t (id) VALUES (15), (16), (9999)");
    });

    EXPECT_EQ(result.passes, 2);
    EXPECT_EQ(result.rows, 33);
    EXPECT_EQ(value("SELECT count(*) FROM t WHERE n IS NULL"), "0");
}

TEST_F(BackfillTest, WithoutWhereRowsThatCameAfterTheBeginningAreLeftAlone) {
    connection->run(
        "CREATE TABLE t (id int PRIMARY KEY, n int DEFAULT 1); INSERT INTO t SELECT g FROM generate_series(1, 30) AS "
        "g");
    declared.table = "t";
    declared.key = {"id"};
    declared.set = "n = n + 1";
    const auto application = database.connect();

    go("", [&](const std::string&, int64_t) { application->run("INSERT INTO t SELECT max(id) + 1 FROM t"); });

    EXPECT_EQ(value("SELECT count(*) FROM t WHERE n = 2"), "30");
    EXPECT_EQ(value("SELECT count(*) FROM t WHERE n = 1"), "3");
}

TEST_F(BackfillTest, AFailingBatchStopsNamesItsKeysAndIsResumedWithoutDoingAnythingTwice) {
    connection->run(
        "CREATE TABLE t (id int PRIMARY KEY, n int DEFAULT 0, a int);"
        "INSERT INTO t (id, a) SELECT g, CASE g WHEN 24 THEN 0 ELSE 1 END FROM generate_series(1, 40) AS g");
    declared.table = "t";
    declared.key = {"id"};
    declared.set = "n = n + 1 / a -- a comment at the end";

    const Error error = failure();

    EXPECT_EQ(error.code, "backfill-failed");
    EXPECT_EQ(error.exit, Exit::no);
    EXPECT_EQ(error.message,
              "batch 3 of the backfill of V7 Fill failed, rows of public.t with id after 20 up to 30: "
              "division by zero");
    EXPECT_EQ(error.sqlstate, "22012");
    EXPECT_EQ(error.file, "V7__fill.slipway.toml");
    EXPECT_EQ(error.line, 7);
    EXPECT_THAT(error.sql, HasSubstr("UPDATE public.t SET n = n + 1 / a"));
    EXPECT_EQ(value("SELECT count(*) FROM t WHERE n = 1"), "20");
    EXPECT_EQ(checkpoints.size(), 2u);

    connection->run("UPDATE t SET a = 1");
    const BackfillResult rest = go(checkpoints.back());
    EXPECT_EQ(rest.rows, 40);
    EXPECT_EQ(rest.batches, 2);
    EXPECT_EQ(events.back().done, 40);
    EXPECT_EQ(value("SELECT count(*) FROM t WHERE n = 1"), "40");
    EXPECT_EQ(go(checkpoints.back()).batches, 0);  // killed after the last batch: nothing is left to do
}

TEST_F(BackfillTest, ProgressIsCommittedWithItsBatch) {
    connection->run(
        "CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t SELECT g, 0 FROM generate_series(1, 30) AS g;"
        "CREATE TABLE journal (progress text)");
    declared.table = "t";
    declared.key = {"id"};
    declared.set = "n = n + 1";
    EXPECT_THROW(go("",
                    [&](const std::string& progress, int64_t rows) {
                        connection->query("INSERT INTO journal VALUES ($1)", {progress});
                        if (rows == 20) throw Error("sql", Exit::no, "the journal is full", "make room");
                    }),
                 Error);
    EXPECT_EQ(value("SELECT count(*) FROM journal"), "1");
    EXPECT_EQ(value("SELECT sum(n) FROM t"), "10");
}

TEST_F(BackfillTest, ALockTimeoutIsNotTriedAgain) {
    connection->run(
        "CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t SELECT g, 0 FROM generate_series(1, 30) AS g");
    declared.table = "t";
    declared.key = {"id"};
    declared.set = "n = 1";
    timeouts.lock = Milliseconds(50);
    const auto application = database.connect();
    application->run("BEGIN; UPDATE t SET n = 5 WHERE id = 15");
    const Stopwatch watch;
    const Error error = failure();
    EXPECT_EQ(error.sqlstate, "55P03");
    EXPECT_LT(watch.elapsed(), Milliseconds(1000));
    EXPECT_THAT(error.message, HasSubstr("batch 2"));
}

TEST_F(BackfillTest, RowsThatKeepMatchingEndInAnError) {
    connection->run(
        "CREATE TABLE t (id int PRIMARY KEY, n int, a int); INSERT INTO t SELECT g, NULL, nullif(g, 17) FROM "
        "generate_series(1, 30) AS g");
    declared.table = "t";
    declared.key = {"id"};
    declared.set = "n = a";
    declared.where = "n IS NULL -- not filled";
    const Error error = failure();
    EXPECT_EQ(error.code, "backfill-incomplete");
    EXPECT_EQ(error.message,
              "after 3 passes the `where` of the backfill of V7 Fill still matches 1 row of public.t, the "
              "first with id 17");
    EXPECT_EQ(value("SELECT count(*) FROM t WHERE n IS NOT NULL"), "29");
}

TEST_F(BackfillTest, AKeyThatCouldLeaveRowsOutIsRefused) {
    connection->run(
        "CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE, b int NOT NULL, c int NOT NULL, d int NOT NULL, n int,"
        "                UNIQUE (b, c) INCLUDE (n));"
        "CREATE UNIQUE INDEX ON t (d) WHERE d > 0; CREATE TABLE keyless (id int)");
    declared.table = "t";
    declared.set = "n = 1";
    for (const std::vector<std::string>& key :
         {std::vector<std::string>{"a"}, {"d"}, {"c"}, {"c", "b"}, {"id", "b"}, {"missing"}, {}}) {
        declared.key = key;
        const Error error = failure();
        EXPECT_EQ(error.code, "backfill-key");
        EXPECT_EQ(error.exit, Exit::usage);
        EXPECT_EQ(error.hint, "name the columns of one of its keys, in their order: (id) or (b, c)");
        EXPECT_EQ(error.line, 7);
    }
    declared.key = {"b", "c"};
    EXPECT_NO_THROW(go());

    declared.table = "keyless";
    declared.key = {"id"};
    EXPECT_THAT(failure().hint, HasSubstr("unique index over NOT NULL columns"));
    declared.table = "nowhere";
    EXPECT_EQ(failure().code, "backfill-table");
}

TEST_F(BackfillTest, ThePauseIsKeptBetweenBatchesOnly) {
    connection->run(
        "CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t SELECT g FROM generate_series(1, 30) AS g");
    declared.table = "t";
    declared.key = {"id"};
    declared.set = "n = 1";
    declared.pause = Milliseconds(60);
    const Stopwatch watch;
    go();
    EXPECT_GE(watch.elapsed(), Milliseconds(120));
}

}  // namespace
}  // namespace slipway::data
