#include "engines/postgres/lock.h"

#include <atomic>
#include <thread>

#include "support/database.h"
#include "support/folder.h"

namespace slipway::postgres {
namespace {

using namespace std::chrono_literals;
using tests::Database;
using tests::errorOf;

const HistoryTable table{"public", "flyway_schema_history"};
const EventSink silent = [](const Event&) {};

/// Whether the session still holds the lock, as a transaction asks before it commits.
bool held(Connection& connection, const ReleaseLock& lock) {
    try {
        connection.run(lock.heldSql());
        return true;
    } catch (const Error& error) {
        EXPECT_TRUE(ReleaseLock::lostBy(error)) << error.message;
        return false;
    }
}

// The letters of "Flyway" as a number, 0x466C79776179 = 77431708279161, plus s[0]*31^(n-1) + ... + s[n-1] of the quoted
// name over UTF-16 units in 32 bits with a sign (java.lang.String.hashCode). For "a"."b" the units are 34 97 34 46 34 98 34.
TEST(ReleaseKey, IsTheOneThatFlywayTakes) {
    uint32_t byHand = 0;
    for (const uint32_t unit : {34, 97, 34, 46, 34, 98, 34}) byHand = byHand * 31 + unit;
    EXPECT_EQ(static_cast<int32_t>(byHand), -1374779721);
    EXPECT_EQ(releaseKey({"a", "b"}), 77431708279161 - 1374779721);
    EXPECT_EQ(releaseKey(table), 77431708279161 + 2125624436);
}

// Units outside ASCII: ü is 252, 表 is 34920, 😀 is the pair 55357 56832.
TEST(ReleaseKey, IsOverUtf16OutsideAscii) {
    auto key = [](const std::vector<uint32_t>& units) {
        uint32_t hash = 0;
        for (const uint32_t unit : units) hash = hash * 31 + unit;
        return 77431708279161 + static_cast<int32_t>(hash);
    };
    EXPECT_EQ(releaseKey({"ü", "b"}), key({34, 252, 34, 46, 34, 98, 34}));
    EXPECT_EQ(releaseKey({"表", "x"}), key({34, 34920, 34, 46, 34, 120, 34}));
    EXPECT_EQ(releaseKey({"😀", "b"}), key({34, 55357, 56832, 34, 46, 34, 98, 34}));
    EXPECT_EQ(releaseKey({"ü", "b"}), 77430476050549);
    EXPECT_EQ(releaseKey({"表", "x"}), 77430854012723);
    EXPECT_EQ(releaseKey({"😀", "b"}), 77433831736170);
    EXPECT_EQ(releaseKey({"Größe", "historie_ß"}), 77430639526643);
}

TEST(ReleaseLock, IsHeldBetweenAcquireAndRelease) {
    const Database database;
    const auto connection = database.connect();
    ReleaseLock lock(*connection, table);
    EXPECT_FALSE(held(*connection, lock));
    lock.acquire(0ms, silent);
    EXPECT_TRUE(held(*connection, lock));
    EXPECT_TRUE(held(*connection, lock)) << "who asks frees nothing";
    EXPECT_EQ(connection->transaction(), Transaction::idle) << "no transaction stays open for it";
    lock.release();
    EXPECT_FALSE(held(*connection, lock));
    lock.release();
}

TEST(ReleaseLock, IsTheLockThatFlywayWaitsFor) {
    const Database database;
    const auto ours = database.connect(), flyway = database.connect();
    ReleaseLock lock(*ours, table);
    lock.acquire(0ms, silent);
    const std::string ask = "SELECT pg_try_advisory_lock(77433833903597)";
    EXPECT_EQ(flyway->value(ask), "f");
    lock.release();
    EXPECT_EQ(flyway->value(ask), "t");
    EXPECT_EQ(errorOf([&] { lock.acquire(0ms, silent); }).code, "release-locked");
}

TEST(ReleaseLock, WhoHoldsItIsNamed) {
    const Database database;
    const auto first = Connection::open({.url = database.url()}, "slipway migrate on build-7"), second = database.connect();
    ReleaseLock holding(*first, table), wanted(*second, table);
    holding.acquire(0ms, silent);
    const auto holders = wanted.holders();
    ASSERT_EQ(holders.size(), 1u);
    EXPECT_EQ(holders[0].pid, first->backendPid());
    EXPECT_EQ(holders[0].application, "slipway migrate on build-7");
    std::vector<Event> heard;
    const Error error = errorOf([&] { wanted.acquire(300ms, [&](const Event& event) { heard.push_back(event); }); });
    EXPECT_EQ(error.exit, Exit::outside);
    EXPECT_TRUE(error.message.contains("slipway migrate on build-7")) << error.message;
    ASSERT_EQ(heard.size(), 1u) << "told once in five seconds";
    EXPECT_EQ(heard[0].kind, Event::Kind::waitingForRelease);
    EXPECT_EQ(heard[0].blockers.size(), 1u);
    EXPECT_FALSE(held(*second, wanted));
}

TEST(ReleaseLock, AWaiterGetsItWhenTheHolderIsThrough) {
    const Database database;
    const auto first = database.connect(), second = database.connect();
    ReleaseLock holding(*first, table), wanted(*second, table);
    holding.acquire(0ms, silent);
    std::jthread holder([&] {
        std::this_thread::sleep_for(300ms);
        holding.release();
    });
    wanted.acquire(-1ms, silent);
    EXPECT_TRUE(held(*second, wanted));
}

TEST(ReleaseLock, EndsWithTheSessionAndWithTheObject) {
    const Database database;
    auto first = database.connect();
    const auto second = database.connect();
    {
        ReleaseLock lock(*first, table);
        lock.acquire(0ms, silent);
    }
    ReleaseLock wanted(*second, table);
    wanted.acquire(0ms, silent);
    wanted.release();
    first->run("SELECT pg_advisory_lock(77433833903597)");
    first.reset();
    wanted.acquire(5000ms, silent);
}

TEST(ReleaseLock, WhatFreesItIsNoticed) {
    const Database database;
    const auto connection = database.connect();
    for (const char* sql : {"DISCARD ALL", "SELECT pg_advisory_unlock_all()",
                            "SELECT pg_advisory_unlock(77433833903597), pg_advisory_unlock(77433833903597)"}) {
        ReleaseLock lock(*connection, table);
        lock.acquire(0ms, silent);
        connection->run(sql);
        EXPECT_FALSE(held(*connection, lock)) << sql;
    }
}

TEST(ReleaseLock, WhoAsksFreesItForNobody) {
    const Database database;
    const auto ours = database.connect(), other = database.connect();
    ReleaseLock lock(*ours, table);
    lock.acquire(0ms, silent);
    std::atomic<bool> over = false;
    std::atomic<int> got = 0;
    std::jthread waiter([&] {
        while (!over) got += other->value("SELECT pg_try_advisory_lock(77433833903597)") == "t";
    });
    for (int i = 0; i < 2000; i++) EXPECT_TRUE(held(*ours, lock));
    over = true;
    waiter.join();
    EXPECT_EQ(got, 0);
}

TEST(ReleaseLock, WithoutItTheTransactionFails) {
    const Database database;
    const auto connection = database.connect();
    ReleaseLock lock(*connection, table);
    const Error error = errorOf([&] { connection->run("BEGIN; CREATE TABLE t (); " + lock.heldSql() + "; COMMIT"); });
    EXPECT_TRUE(ReleaseLock::lostBy(error)) << error.message;
    EXPECT_EQ(connection->transaction(), Transaction::failed);
    connection->run("ROLLBACK");
    EXPECT_EQ(database.value("SELECT to_regclass('t') IS NULL"), "t");
}

TEST(ReleaseLock, IsOneADatabaseAndHistory) {
    const Database one, other;
    const auto a = one.connect(), b = other.connect(), c = one.connect();
    ReleaseLock first(*a, table), second(*b, table), third(*c, {"sales", table.table});
    first.acquire(0ms, silent);
    second.acquire(0ms, silent);
    third.acquire(0ms, silent);
    EXPECT_EQ(second.holders().size(), 1u);
}

}  // namespace
}  // namespace slipway::postgres
