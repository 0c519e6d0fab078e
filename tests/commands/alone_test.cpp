// Scripts with statements that cannot run in a transaction: cut into segments, journalled, gone on with.
#include <gmock/gmock.h>

#include <csignal>

#include "support/program.h"

namespace slipway::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class AloneTest : public testing::Test {
  protected:
    AloneTest() {
        project.write("V1__t.sql", "CREATE TABLE t (a int, b int);\nINSERT INTO t VALUES (1, 1), (1, 2), (2, 3);\n");
        const Ended first = slipway({"migrate"});
        EXPECT_EQ(first.code, 0) << first;
    }
    std::string value(const std::string& sql) const { return project.database.value(sql); }
    std::string indexes() const {
        return value("SELECT string_agg(indexrelid::regclass || ' ' || indisvalid, ', ' ORDER BY 1) FROM pg_index WHERE indrelid = 't'::regclass");
    }
    /// The ranks of the history with success: "1 true, 2 false".
    std::string ranks() const {
        return value("SELECT string_agg(installed_rank || ' ' || success, ', ' ORDER BY installed_rank) FROM flyway_schema_history");
    }
    Ended migrates() const {
        Ended ended = slipway({"migrate"});
        EXPECT_EQ(ended.code, 0) << ended;
        return ended;
    }
    Ended fails(int code = 1) const {
        Ended ended = slipway({"migrate"});
        EXPECT_EQ(ended.code, code) << ended;
        return ended;
    }

    Project project;
};

TEST_F(AloneTest, AConcurrentIndexNeedsNothingSpecial) {
    project.write("V2__index.sql", "CREATE INDEX CONCURRENTLY t_a ON t (a);\n");
    migrates();
    EXPECT_EQ(indexes(), "t_a true");
    EXPECT_EQ(ranks(), "1 true, 2 true");
}

TEST_F(AloneTest, AUniqueIndexThatMeetsDuplicatesIsDroppedAtOnceAndACorrectedFileApplies) {
    project.write("V2__unique.sql", "-- one a each\nCREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a);\nUPDATE t SET b = 0;\n");
    const Ended failed = fails();
    EXPECT_THAT(failed.errors, HasSubstr("index public.t_a is there but invalid: DROP INDEX CONCURRENTLY IF EXISTS public.t_a"));
    EXPECT_THAT(failed.errors, HasSubstr("db/V2__unique.sql:2:1: error: could not create unique index \"t_a\" (SQLSTATE 23505)"));
    EXPECT_THAT(failed.errors, HasSubstr("Key (a)=(1) is duplicated."));
    EXPECT_THAT(failed.errors, HasSubstr("nothing of V2 unique was applied"));
    EXPECT_EQ(indexes(), "");
    EXPECT_EQ(ranks(), "1 true");
    EXPECT_EQ(slipway({"info", "--exit-code"}).output.find("Failed"), std::string::npos);

    project.write("V2__unique.sql", "DELETE FROM t WHERE b = 2;\nCREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a);\n");
    migrates();
    EXPECT_EQ(indexes(), "t_a true");
    EXPECT_EQ(ranks(), "1 true, 2 true");
}

TEST_F(AloneTest, IfNotExistsOverAnInvalidIndexIsRefused) {
    EXPECT_THROW(project.database.run("CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a)"), Error);
    ASSERT_EQ(indexes(), "t_a false");
    project.write("V2__index.sql", "UPDATE t SET b = 5;\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_a ON t (a);\n");
    const Ended failed = fails();
    EXPECT_THAT(failed.errors, HasSubstr("db/V2__index.sql:2:1: error: index t_a is there but invalid, left by a build that failed; "
                                         "IF NOT EXISTS would pass over it and leave it so"));
    EXPECT_THAT(failed.errors, HasSubstr("hint: drop it first: DROP INDEX CONCURRENTLY t_a"));
    EXPECT_EQ(indexes(), "t_a false") << "it is not ours to drop";
    project.database.run("DROP INDEX t_a; DELETE FROM t WHERE b <> 3 AND ctid <> (SELECT min(ctid) FROM t)");
    const Ended resumed = migrates();
    EXPECT_EQ(indexes(), "t_a true") << resumed;
    EXPECT_EQ(ranks(), "1 true, 2 true");
}

TEST_F(AloneTest, ABodyThatCommitsIsCutOutAndRunsOnItsOwn) {
    project.write("V2__batches.sql",
                  "CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN\n"
                  "  FOR i IN 1..3 LOOP INSERT INTO t VALUES (i, i * 10); COMMIT; END LOOP;\nEND $$;\n"
                  "CALL fill();\nDO $$ BEGIN DELETE FROM t WHERE b = 10; COMMIT; END $$;\nALTER TABLE t ADD c int;\n");
    const Ended ended = migrates();
    EXPECT_THAT(ended.errors, HasSubstr("db/V2__batches.sql:4: the server will not run this statement in a transaction; it runs on its own, "
                                        "and the script is cut around it"));
    EXPECT_EQ(value("SELECT string_agg(b::text, ' ' ORDER BY b) FROM t"), "1 2 3 20 30");
    EXPECT_EQ(value("SELECT string_agg(kind || ' ' || state, ', ' ORDER BY id) FROM slipway.journal WHERE rank = 2"),
              "atomic cut, atomic done, opaque started, opaque done, atomic cut, opaque started, opaque done, atomic done");
    EXPECT_EQ(ranks(), "1 true, 2 true");
}

TEST_F(AloneTest, WhatABodyCommittedBeforeItFailedIsSaidAndKept) {
    project.write("V2__body.sql", "DO $$ BEGIN UPDATE t SET b = 7; COMMIT; PERFORM 1 / 0; END $$;\n");
    const Ended failed = fails();
    EXPECT_THAT(failed.errors, HasSubstr("db/V2__body.sql:1:1: error: division by zero (SQLSTATE 22012)"));
    EXPECT_THAT(failed.errors, HasSubstr("what its body committed before it failed stays"));
    EXPECT_EQ(value("SELECT min(b) FROM t"), "7");
    EXPECT_EQ(ranks(), "1 true, 2 false");
}

TEST_F(AloneTest, AStatementThatTheServerRefusesInATransactionIsCutOutUnlessTheScriptPutItThere) {
    project.write("V2__outside.sql", "ALTER TABLE t ADD c int;\nDO $$ BEGIN COMMIT; CREATE TABLE after_commit (a int); END $$;\n");
    migrates();
    EXPECT_EQ(value("SELECT to_regclass('after_commit') IS NOT NULL"), "t");
    project.write("V3__inside.sql", "BEGIN;\nDO $$ BEGIN COMMIT; END $$;\nCOMMIT;\n");
    const Ended failed = fails();
    EXPECT_THAT(failed.errors, HasSubstr("db/V3__inside.sql:2:1: error: invalid transaction termination (SQLSTATE 2D000)"));
    EXPECT_EQ(ranks(), "1 true, 2 true");
}

/// A script that fails in its third segment.
class HalfDoneTest : public AloneTest {
  protected:
    HalfDoneTest() {
        project.write("V2__three.sql", "ALTER TABLE t ADD c int;\nCREATE INDEX CONCURRENTLY t_c ON t (c);\nINSERT INTO other VALUES (1);\n");
        failed = fails();
    }
    Ended failed;
};

TEST_F(HalfDoneTest, FlywaySeesAFailedRow) {
    EXPECT_THAT(failed.errors, AllOf(HasSubstr("db/V2__three.sql:3:13: error: relation \"other\" does not exist (SQLSTATE 42P01)"),
                                     HasSubstr("2 of the 3 segments of V2 three are done and stay; its history row says success = false until the rest is done"),
                                     HasSubstr("`slipway migrate` goes on at segment 3; where the file had to change, run `slipway repair` before it"),
                                     Not(HasSubstr("nothing of V2"))));
    EXPECT_EQ(indexes(), "t_c true");
    EXPECT_EQ(value("SELECT concat_ws('|', version, description, type, script, execution_time, success) FROM flyway_schema_history WHERE installed_rank = 2"),
              "2|three|SQL|V2__three.sql|0|f");
    const Ended info = slipway({"info"});
    EXPECT_THAT(info.output, testing::ContainsRegex("three .*Failed")) << info;
    const Ended validated = slipway({"validate"});
    EXPECT_EQ(validated.code, 1);
    EXPECT_THAT(validated.output + validated.errors, HasSubstr("Detected failed migration to version 2 (three)"));
}

TEST_F(HalfDoneTest, MigrateGoesOnOnceTheCauseOutsideIsMended) {
    project.database.run("CREATE TABLE other (a int)");
    const Ended plan = slipway({"plan"});
    EXPECT_THAT(plan.output, HasSubstr("INSERT INTO other"));
    migrates();
    EXPECT_EQ(ranks(), "1 true, 2 true");
    EXPECT_EQ(value("SELECT count(*) FROM other"), "1");
    EXPECT_EQ(value("SELECT count(*) FROM slipway.journal WHERE kind = 'verifiable' AND state = 'started'"), "1");
}

TEST_F(HalfDoneTest, AChangedFileIsNotGoneOnWith) {
    project.write("V2__three.sql", "ALTER TABLE t ADD c int;\nCREATE INDEX CONCURRENTLY t_c ON t (c, b);\nSELECT 1;\n");
    const Ended refused = fails();
    EXPECT_THAT(refused.errors, AllOf(HasSubstr("db/V2__three.sql: error: V2 three stopped half way, and its file has changed since: what the "
                                                "journal says was done is not what stands there now"),
                                      HasSubstr("put the file back as it was and run `slipway migrate`")));
    EXPECT_EQ(indexes(), "t_c true");
}

TEST_F(HalfDoneTest, RepairKeepsFinishedSegmentsWhoseTextIsUnchanged) {
    project.write("V2__three.sql", "ALTER TABLE t ADD c int;\nCREATE INDEX CONCURRENTLY t_c ON t (c);\nUPDATE t SET c = 4;\n");
    const Ended repaired = slipway({"repair"});
    EXPECT_EQ(repaired.code, 0) << repaired;
    EXPECT_THAT(repaired.output, HasSubstr("Kept half-done scripts, which `slipway migrate` goes on with: 2"));
    EXPECT_EQ(ranks(), "1 true, 2 false");
    migrates();
    EXPECT_EQ(value("SELECT min(c) FROM t"), "4");
    EXPECT_EQ(ranks(), "1 true, 2 true");
    const Ended validated = slipway({"validate"});
    EXPECT_EQ(validated.code, 0) << validated;
}

TEST_F(HalfDoneTest, RepairRemovesTheRowWhenFinishedSegmentsHaveChanged) {
    project.write("V2__three.sql", "ALTER TABLE t ADD d int;\n");
    const Ended repaired = slipway({"repair"});
    EXPECT_THAT(repaired.output, HasSubstr("Removed failed migrations: 2"));
    EXPECT_EQ(ranks(), "1 true");
    migrates();
    EXPECT_EQ(ranks(), "1 true, 2 true");
}

TEST_F(HalfDoneTest, ARowThatSomebodyElseMarkedAsFailedIsNotTakenForOurs) {
    project.database.run("DELETE FROM slipway.journal");
    const Ended refused = fails();
    EXPECT_THAT(refused.errors, AllOf(HasSubstr("error: the history says that the migration to version 2 failed, and the journal has no word of it"),
                                      HasSubstr("then run `slipway repair` to remove the failed row")));
}

/// A script killed in a statement of which nothing in the catalog tells whether it took effect.
class OpaqueTest : public AloneTest {
  protected:
    OpaqueTest() {
        project.write("V2__opaque.sql", "ALTER TABLE t ADD c int;\nDO $$ BEGIN UPDATE t SET c = coalesce(c, 0) + 1; COMMIT; PERFORM pg_sleep(30); END $$;\n"
                                        "ALTER TABLE t ADD d int;\n");
        Running running({"migrate"});
        EXPECT_TRUE(eventually(project.database, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DO%pg_sleep%' AND wait_event = 'PgSleep' "
                                                 "AND datname = current_database()", "1")) << running.errors();
        running.signal(SIGKILL);
        running.end();
        project.database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()");
        const Ended doubtful = slipway({"migrate"});
        EXPECT_EQ(doubtful.code, 4) << doubtful;
        EXPECT_THAT(doubtful.errors, HasSubstr("db/V2__opaque.sql:2:1: error: V2 opaque stopped while this statement ran, and nothing in the catalog "
                                               "tells whether it took effect (segment 2 of 3, started "));
        EXPECT_THAT(doubtful.errors, HasSubstr("hint: look whether it did, then run `slipway resume --done` or `slipway resume --redo`"));
        EXPECT_EQ(value("SELECT min(c) FROM t"), "1");
        project.write("V3__more.sql", "SELECT 1;\n");
    }
};

TEST_F(OpaqueTest, DoneGoesOnAfterIt) {
    const Ended resumed = slipway({"resume", "--done"});
    EXPECT_EQ(resumed.code, 0) << resumed;
    EXPECT_EQ(value("SELECT min(c) || ' ' || count(d) FROM t"), "1 0");
    EXPECT_EQ(ranks(), "1 true, 2 true, 3 true");
}

TEST_F(OpaqueTest, RedoRunsItAgain) {
    Running resuming({"resume", "--redo"});
    EXPECT_TRUE(eventually(project.database, "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE 'DO%pg_sleep%' AND wait_event = 'PgSleep' "
                                             "AND datname = current_database()", "t"));
    const Ended ended = resuming.end();
    EXPECT_EQ(ended.code, 3) << ended;
    EXPECT_THAT(ended.errors, HasSubstr("error: canceling statement due to user request (SQLSTATE 57014)"));
    EXPECT_EQ(value("SELECT min(c) FROM t"), "2");
    EXPECT_EQ(ranks(), "1 true, 2 false");
}

TEST_F(OpaqueTest, ResumeWithoutAnAnswerAsksAgain) {
    EXPECT_EQ(slipway({"resume"}).code, 4);
    EXPECT_EQ(ranks(), "1 true, 2 false");
}

TEST_F(AloneTest, ThereIsNothingToResumeWhenNothingWaits) {
    const Ended ended = slipway({"resume", "--done"});
    EXPECT_EQ(ended.code, 2);
    EXPECT_THAT(ended.errors, HasSubstr("error: no statement waits for somebody to say whether it took effect"));
}

TEST_F(AloneTest, ABackfillThatFailsHalfWayKeepsItsBatches) {
    project.write("V2__fill.sql", "-- the backfill alone\n");
    const std::string declared = "[backfill]\ntable = 't'\nkey = 'k'\nset = 'a = a + 1'\nbatch = 2\npause = '0s'\n";
    project.write("V2__fill.slipway.toml", declared);
    project.database.run("ALTER TABLE t ADD k int; UPDATE t SET k = b; ALTER TABLE t ADD PRIMARY KEY (k), ADD CHECK (a < 3);"
                         "INSERT INTO t VALUES (1, 4, 4), (1, 5, 5)");
    const Ended failed = fails();  // rows 1 and 2 are done, row 3 breaks the check
    EXPECT_THAT(failed.errors, HasSubstr("batch 2 of the backfill of V2 fill failed"));
    EXPECT_EQ(value("SELECT string_agg(a::text, ' ' ORDER BY k) FROM t"), "2 2 2 1 1");
    EXPECT_EQ(ranks(), "1 true, 2 false") << "half of it is there";

    project.write("V2__fill.slipway.toml", declared + "where = 'true'\n");
    EXPECT_THAT(fails().errors, HasSubstr("V2 fill stopped half way, and its file has changed since"));
    project.write("V2__fill.slipway.toml", declared);
    project.database.run("ALTER TABLE t DROP CONSTRAINT t_a_check");
    migrates();
    EXPECT_EQ(value("SELECT string_agg(a::text, ' ' ORDER BY k) FROM t"), "2 2 3 2 2");
}

TEST_F(AloneTest, ABackfillThatFailsInItsFirstBatchLeavesNoRow) {
    project.write("V2__fill.sql", "-- the backfill alone\n");
    project.write("V2__fill.slipway.toml", "[backfill]\ntable = 't'\nkey = 'b'\nset = 'a = 1 / 0'\n");
    project.database.run("ALTER TABLE t ADD PRIMARY KEY (b)");
    EXPECT_THAT(fails().errors, HasSubstr("division by zero"));
    EXPECT_EQ(ranks(), "1 true");
}

TEST_F(AloneTest, WhatARebuildLeftBehindIsDroppedBeforeItIsDoneAgain) {
    project.database.run("ALTER TABLE t ADD note text; CREATE INDEX t_a ON t (a)");  // with a TOAST table, whose index is rebuilt as well
    project.write("V2__reindex.sql", "REINDEX TABLE CONCURRENTLY t;\n");
    const auto holder = project.database.connect();
    holder->run("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1");
    Running killed({"migrate"});
    ASSERT_TRUE(eventually(project.database, "SELECT count(*) > 0 FROM pg_stat_activity WHERE query LIKE 'REINDEX%' AND wait_event_type = 'Lock' "
                                             "AND datname = current_database()", "t")) << killed.errors();
    killed.signal(SIGKILL);
    killed.end();
    project.database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'REINDEX%' AND datname = current_database()");
    const std::string left = "SELECT count(*) FROM pg_index JOIN pg_class ON oid = indexrelid WHERE NOT indisvalid AND relname ~ '_cc(new|old)'";
    ASSERT_EQ(value(left), "2") << "of the table and of its TOAST table";
    holder->run("COMMIT");
    const Ended ended = migrates();
    EXPECT_THAT(ended.errors, HasSubstr("2 indexes were left behind: DROP INDEX CONCURRENTLY IF EXISTS t_a_ccnew"));
    EXPECT_EQ(value(left), "0");
    EXPECT_EQ(indexes(), "t_a true");
}

}  // namespace
}  // namespace slipway::tests
