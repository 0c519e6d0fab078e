#include "apply/segments.h"

#include <gmock/gmock.h>

#include "engines/postgres/parse.h"
#include "support/folder.h"

namespace slipway::apply {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class SegmentsTest : public testing::Test {
  protected:
    void read(const std::string& sql) {
        script.file = "db/V1__x.sql";
        script.text = sql;
        statements = postgres::parse(script);
        segments = cut(script, statements, options);
    }

    /// The kind of each segment and what runs in it: "atomic: SELECT 1; SELECT 2".
    std::vector<std::string> shown() const {
        std::vector<std::string> lines;
        for (const Segment& segment : segments) {
            std::string line = nameOf(segment.kind) + std::string(":");
            for (size_t i = segment.first; i < segment.end; i++) {
                if (statements[i].runs == Runs::begin || statements[i].runs == Runs::commit) continue;
                line += (line.ends_with(":") ? " " : "; ") + std::string(statements[i].span.of(script.text));
            }
            lines.push_back(line + (segment.begin.empty() ? "" : " [" + segment.begin + "]"));
        }
        return lines;
    }
    std::vector<std::string> cutUp(const std::string& sql) {
        read(sql);
        return shown();
    }
    Error refused(const std::string& sql) {
        const Error error = tests::errorOf([&] { read(sql); });
        EXPECT_EQ(error.exit, Exit::usage);
        EXPECT_EQ(error.file, "db/V1__x.sql");
        EXPECT_FALSE(error.hint.empty());
        return error;
    }

    CutOptions options;
    ScriptText script;
    std::vector<Statement> statements;
    std::vector<Segment> segments;
};

TEST_F(SegmentsTest, TransactionalStatementsAreOneTransaction) {
    options.timeouts = {Milliseconds(100), Milliseconds(200), Milliseconds(300)};
    EXPECT_THAT(cutUp("SELECT 1; SELECT 2;\nSET work_mem = '1MB'; DO 'BEGIN END'"),
                ElementsAre("atomic: SELECT 1; SELECT 2; SET work_mem = '1MB'; DO 'BEGIN END'"));
    EXPECT_EQ(segments[0].timeouts, options.timeouts);
}

TEST_F(SegmentsTest, AnEmptyScriptIsOneEmptySegment) {
    EXPECT_THAT(cutUp("-- nothing yet\n"), ElementsAre("atomic:"));
}

TEST_F(SegmentsTest, AStatementThatRunsAloneCutsTheScript) {
    EXPECT_THAT(cutUp("CREATE TABLE t (a int); CREATE INDEX CONCURRENTLY i ON t (a); ALTER SYSTEM SET work_mem = '4MB'; SELECT 1; VACUUM t;"),
                ElementsAre("atomic: CREATE TABLE t (a int)", "verifiable: CREATE INDEX CONCURRENTLY i ON t (a)",
                            "opaque: ALTER SYSTEM SET work_mem = '4MB'", "atomic: SELECT 1", "verifiable: VACUUM t"));
    EXPECT_EQ(segments[1].timeouts, Timeouts{}) << "a timeout would leave an invalid index behind";
}

TEST_F(SegmentsTest, TheScriptsOwnTransactionsAreKept) {
    EXPECT_THAT(cutUp("BEGIN; SELECT 1; SELECT 2; COMMIT; SELECT 3; BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 4; END; SELECT 5"),
                ElementsAre("atomic: SELECT 1; SELECT 2", "atomic: SELECT 3", "atomic: SELECT 4 [ISOLATION LEVEL SERIALIZABLE]",
                            "atomic: SELECT 5"));
}

TEST_F(SegmentsTest, EmptyTransactionsAndAMissingCommitDoNoHarm) {
    EXPECT_THAT(cutUp("BEGIN; COMMIT; BEGIN; SELECT 1"), ElementsAre("atomic: SELECT 1"));
    EXPECT_THAT(cutUp("COMMIT; SELECT 1; COMMIT; COMMIT"), ElementsAre("atomic: SELECT 1"));
    EXPECT_THAT(cutUp("BEGIN; SELECT 1; SAVEPOINT a; SELECT 2; ROLLBACK TO a; COMMIT"),
                ElementsAre("atomic: SELECT 1; SAVEPOINT a; SELECT 2; ROLLBACK TO a"));
}

TEST_F(SegmentsTest, WithoutTransactionsEachStatementIsItsOwnExceptInAnExplicitBlock) {
    options.executeInTransaction = false;
    EXPECT_THAT(cutUp("SELECT 1; SELECT 2; BEGIN; SELECT 3; SELECT 4; COMMIT; SELECT 5"),
                ElementsAre("atomic: SELECT 1", "atomic: SELECT 2", "atomic: SELECT 3; SELECT 4", "atomic: SELECT 5"));
}

TEST_F(SegmentsTest, ABackfillComesLastAndNeedsNoStatements) {
    options.backfill = true;
    EXPECT_THAT(cutUp("SELECT 1"), ElementsAre("atomic: SELECT 1", "backfill:"));
    EXPECT_THAT(cutUp("-- only the backfill"), ElementsAre("backfill:"));
}

TEST_F(SegmentsTest, ARollbackIsRefusedWithItsPlace) {
    const Error error = refused("BEGIN;\nDELETE FROM t;\n  ROLLBACK;");
    EXPECT_EQ(error.message, "the script rolls back what it has just done");
    EXPECT_EQ(error.line, 3);
    EXPECT_EQ(error.column, 3);
}

TEST_F(SegmentsTest, AnExplicitTransactionCannotHoldAStatementThatRunsAlone) {
    const Error error = refused("BEGIN;\nCREATE INDEX CONCURRENTLY i ON t (a);\nCOMMIT;");
    EXPECT_EQ(error.message, "this statement cannot run inside a transaction, and the script's BEGIN has opened one");
    EXPECT_THAT(error.hint, HasSubstr("leave out BEGIN and COMMIT"));
    EXPECT_EQ(error.line, 2);
}

TEST_F(SegmentsTest, ForbiddenStatementsSayWhy) {
    EXPECT_THAT(refused("SELECT 1;\nDISCARD ALL").message, HasSubstr("would free the release lock"));
    EXPECT_THAT(refused("PREPARE TRANSACTION 'x'").message, HasSubstr("outlives the run"));
}

TEST_F(SegmentsTest, MixedIsRefusedOnlyWhereTheConfigurationSaysFalse) {
    const std::string sql = "SELECT 1;\nVACUUM;";
    EXPECT_EQ(cutUp(sql).size(), 2u);
    options.mixed = true;
    EXPECT_EQ(cutUp(sql).size(), 2u);
    options.mixed = false;
    const Error error = refused(sql);
    EXPECT_EQ(error.message, "Detected both transactional and non-transactional statements within the same migration (even "
                             "though mixed is false)");
    EXPECT_EQ(error.line, 2);
    EXPECT_THAT(cutUp("VACUUM; VACUUM"), ElementsAre("verifiable: VACUUM", "verifiable: VACUUM"));
}

TEST_F(SegmentsTest, WhatTheServerRefusedInATransactionIsCutOutTheSameWayAtOnceAndLater) {
    const std::string sql = "SELECT 1; CALL p(); SELECT 2";
    read(sql);
    cutAround(script, statements, segments, 0, 1);
    const std::vector<std::string> around = shown();
    EXPECT_THAT(around, ElementsAre("atomic: SELECT 1", "opaque: CALL p()", "atomic: SELECT 2"));
    const std::vector<Segment> later = segments;
    options.alone = {1};
    EXPECT_EQ(cutUp(sql), around);
    for (size_t i = 0; i < later.size(); i++) EXPECT_EQ(later[i].digest, segments[i].digest);
}

TEST_F(SegmentsTest, CuttingAtTheEdgesLeavesNoEmptySegment) {
    read("CALL a(); SELECT 1; CALL b()");
    cutAround(script, statements, segments, 0, 0);
    EXPECT_THAT(shown(), ElementsAre("opaque: CALL a()", "atomic: SELECT 1; CALL b()"));
    cutAround(script, statements, segments, 1, 2);
    EXPECT_THAT(shown(), ElementsAre("opaque: CALL a()", "atomic: SELECT 1", "opaque: CALL b()"));
}

TEST_F(SegmentsTest, ADigestIsOfWhatRunsNotOfWhatStandsAroundIt) {
    read("SELECT 1; SELECT 2; VACUUM");
    const std::string before = segments[0].digest;
    read("-- a comment\nSELECT 1 ;\n\nSELECT 2; VACUUM; SELECT 3");
    EXPECT_EQ(segments[0].digest, before);
    read("SELECT 1 SELECT 2; VACUUM");
    EXPECT_NE(segments[0].digest, before);
    read("COPY t FROM stdin;\n1\n\\.\n");
    const std::string one = segments[0].digest;
    read("COPY t FROM stdin;\n2\n\\.\n");
    EXPECT_NE(segments[0].digest, one) << "the data of a COPY is what runs, too";
}

}  // namespace
}  // namespace slipway::apply
