#include "engines/postgres/journal.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "engines/postgres/history.h"
#include "support/database.h"
#include "support/folder.h"

namespace slipway::postgres {
namespace {

using testing::IsEmpty;
using tests::Database;
using tests::errorOf;

JournalRow row(int rank, int segment, const std::string& state) {
    JournalRow row;
    row.historyOid = 4'000'000'000;  // OIDs are unsigned
    row.rank = rank;
    row.checksum = -5;
    row.segment = segment;
    row.segments = 3;
    row.kind = "verifiable";
    row.state = state;
    row.digest = "abc";
    row.facts = R"({"index": "it's \"größe\" \\"})";
    return row;
}

void write(Connection& connection, const JournalRow& row) { connection.run(insertJournalSql(connection, row, "[]", "run-1")); }

TEST(Journal, IsMadeOnceAndThenLeftAlone) {
    const Database database;
    const auto connection = database.connect();
    EXPECT_FALSE(ownSchemaExists(*connection));
    ensureOwnSchema(*connection);
    EXPECT_TRUE(ownSchemaExists(*connection));
    EXPECT_EQ(connection->transaction(), Transaction::idle);
    write(*connection, row(1, 1, "started"));
    ensureOwnSchema(*connection);
    connection->run(ownSchemaSql());
    EXPECT_EQ(readJournal(*connection, 4'000'000'000, 1).size(), 1u);
}

TEST(Journal, FirstRunsAtTheSameTimeDoNotRace) {
    const Database database;
    std::atomic<int> failures = 0;
    {
        std::vector<std::jthread> runs;
        for (int i = 0; i < 8; i++)
            runs.emplace_back([&] {
                try {
                    ensureOwnSchema(*database.connect());
                } catch (const Error& error) {
                    ADD_FAILURE() << error.message;
                    failures++;
                }
            });
    }
    EXPECT_EQ(failures, 0);
    EXPECT_TRUE(ownSchemaExists(*database.connect()));
}

TEST(Journal, RowsComeBackAsTheyWereInTheirOrder) {
    const Database database;
    const auto connection = database.connect();
    EXPECT_THAT(readJournal(*connection, 1, 1), IsEmpty()) << "without the schema there is nothing to read";
    ensureOwnSchema(*connection);
    write(*connection, row(7, 1, "started"));
    write(*connection, row(7, 2, "cut"));
    const auto rows = readJournal(*connection, 4'000'000'000, 7);
    ASSERT_EQ(rows.size(), 2u);
    const JournalRow& first = rows[0];
    EXPECT_EQ(first.historyOid, 4'000'000'000);
    EXPECT_EQ(first.rank, 7);
    EXPECT_EQ(first.checksum, -5);
    EXPECT_EQ(first.direction, "up");
    EXPECT_EQ(first.segment, 1);
    EXPECT_EQ(first.segments, 3);
    EXPECT_EQ(first.kind, "verifiable");
    EXPECT_EQ(first.state, "started");
    EXPECT_EQ(first.digest, "abc");
    EXPECT_EQ(first.facts, row(7, 1, "").facts);
    EXPECT_EQ(first.host, thisProcess());
    EXPECT_EQ(first.statements, "[]");
    EXPECT_LT(first.id, rows[1].id);
    EXPECT_EQ(rows[1].state, "cut");
}

TEST(Journal, ARankOfAnotherHistoryIsNotRead) {
    const Database database;
    const auto connection = database.connect();
    ensureOwnSchema(*connection);
    write(*connection, row(1, 1, "done"));
    JournalRow other = row(1, 1, "started");
    other.historyOid = 12;
    write(*connection, other);
    EXPECT_EQ(readJournal(*connection, 12, 1).size(), 1u);
    EXPECT_THAT(readJournal(*connection, 12, 2), IsEmpty());
    EXPECT_THAT(readJournal(*connection, 13, 1), IsEmpty());
}

TEST(Journal, WhatWasWithdrawnIsForgottenForThatRankOnly) {
    const Database database;
    const auto connection = database.connect();
    ensureOwnSchema(*connection);
    for (const auto& [rank, state] : std::vector<std::pair<int, std::string>>{{1, "done"}, {2, "failed"}, {2, "withdrawn"}, {2, "started"}})
        write(*connection, row(rank, 1, state));
    EXPECT_EQ(readJournal(*connection, 4'000'000'000, 1).size(), 1u);
    const auto again = readJournal(*connection, 4'000'000'000, 2);
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].state, "started");
    write(*connection, row(2, 0, "withdrawn"));
    EXPECT_THAT(readJournal(*connection, 4'000'000'000, 2), IsEmpty());
}

TEST(Journal, ABackfillMovesItsKeyOn) {
    const Database database;
    const auto connection = database.connect();
    ensureOwnSchema(*connection);
    write(*connection, row(1, 1, "started"));
    write(*connection, row(1, 2, "started"));
    const auto rows = readJournal(*connection, 4'000'000'000, 1);
    connection->run(updateFactsSql(*connection, rows[1].id, "['a', '\\']"));
    const auto moved = readJournal(*connection, 4'000'000'000, 1);
    EXPECT_EQ(moved[0].facts, rows[0].facts);
    EXPECT_EQ(moved[1].facts, "['a', '\\']");
}

TEST(Journal, APlainRoleWorksWithTheGrantsAndNotWithout) {
    const Database database;
    const auto connection = database.connect();
    const std::string role = "Plain " + database.name();
    const HistoryTable history{"public", "flyway_schema_history"};
    connection->run("CREATE ROLE " + quoteIdentifier(role));
    const auto plain = database.connect();
    plain->run("SET ROLE " + quoteIdentifier(role));

    const Error refused = errorOf([&] { ensureOwnSchema(*plain); });
    EXPECT_EQ(refused.code, "setup-needed");
    EXPECT_EQ(refused.exit, Exit::outside);
    EXPECT_TRUE(refused.hint.contains("slipway setup"));
    EXPECT_EQ(plain->transaction(), Transaction::idle);

    connection->run(ownSchemaSql() + grantsSql(role, database.name(), history, {"public"}, false));
    ensureOwnSchema(*plain);
    createHistory(*plain, history);
    write(*plain, row(1, 1, "started"));
    plain->run(updateFactsSql(*plain, readJournal(*plain, 4'000'000'000, 1).at(0).id, "{}"));
    plain->run("DROP TABLE flyway_schema_history");

    createHistory(*connection, history);  // somebody else's, as where Flyway ran before under another role
    connection->run(grantsSql(role, database.name(), history, {"public"}, true));
    HistoryRow applied;
    applied.rank = 1;
    plain->run(insertHistorySql(*plain, history, applied) + ";" + finishHistorySql(*plain, history, 1, 1) + "; DELETE FROM flyway_schema_history");
    connection->run("DROP OWNED BY " + quoteIdentifier(role) + "; DROP ROLE " + quoteIdentifier(role));
}

TEST(Journal, AProcessIsNamedByHostAndNumber) {
    EXPECT_TRUE(thisProcess().ends_with(":" + std::to_string(::getpid())));
    EXPECT_FALSE(thisProcess().starts_with(":"));
}

}  // namespace
}  // namespace slipway::postgres
