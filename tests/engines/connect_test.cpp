#include "engines/postgres/connect.h"

#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "base/interrupt.h"
#include "support/child.h"
#include "support/database.h"
#include "support/folder.h"

namespace slipway::postgres {
namespace {

using tests::Database;
using tests::errorOf;

std::string ask(Connection& connection, const std::string& sql) { return connection.value(sql).value_or("NULL"); }

TEST(Connect, ASessionSpeaksUtf8AndHasAName) {
    const Database database;
    const auto connection = Connection::open({.url = database.url()}, "slipway test");
    EXPECT_EQ(ask(*connection, "SHOW client_encoding"), "UTF8");
    EXPECT_EQ(ask(*connection, "SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()"), "slipway test");
    EXPECT_EQ(connection->database(), database.name());
    EXPECT_EQ(connection->user(), "postgres");
    EXPECT_EQ(std::to_string(connection->backendPid()), ask(*connection, "SELECT pg_backend_pid()"));
    EXPECT_EQ(std::to_string(connection->serverVersion()), ask(*connection, "SHOW server_version_num"));
    EXPECT_TRUE(ask(*connection, "SHOW server_version").starts_with(connection->serverName().substr(sizeof "PostgreSQL")));
    EXPECT_EQ(connection->setting("is_superuser"), "on");
    EXPECT_EQ(connection->setting("no_such"), "");
    EXPECT_TRUE(connection->alive());
}

TEST(Connect, UserAndDatabaseOfTheTargetOverrideTheUrl) {
    const Database database;
    database.run("CREATE ROLE \"ada_" + database.name() + "\" LOGIN");
    {
        const auto connection = Connection::open({.url = tests::serverUrl(), .user = "ada_" + database.name(), .database = database.name()}, "test");
        EXPECT_EQ(connection->user(), "ada_" + database.name());
        EXPECT_EQ(connection->database(), database.name());
    }
    database.run("DROP ROLE \"ada_" + database.name() + "\"");
}

TEST(Connect, TheAnswerToSeveralStatementsIsThatToTheLast) {
    const Database database;
    const auto connection = database.connect();
    const Result result = connection->run("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, 'x'), (2, NULL); SELECT * FROM t ORDER BY a");
    EXPECT_EQ(result.columns, (std::vector<std::string>{"a", "b"}));
    ASSERT_EQ(result.rows.size(), 2u);
    EXPECT_EQ(result.rows[0][1], "x");
    EXPECT_EQ(result.rows[1][1], std::nullopt);
    EXPECT_EQ(result.text(1, 1), "");
    EXPECT_EQ(result.tag, "SELECT 2");
    EXPECT_EQ(connection->run("UPDATE t SET b = 'y'").affected, 2);
    EXPECT_EQ(connection->run("CREATE TABLE u ()").affected, -1);
    EXPECT_TRUE(connection->run("").empty());
}

TEST(Connect, ParametersAreDataAndNothingElse) {
    const Database database;
    const auto connection = database.connect();
    EXPECT_EQ(connection->value("SELECT $1", {"'; DROP TABLE x; --"}), "'; DROP TABLE x; --");
    EXPECT_EQ(connection->value("SELECT $1::text", {std::nullopt}), std::nullopt);
    EXPECT_EQ(connection->value("SELECT 1 WHERE false"), std::nullopt);
    EXPECT_EQ(connection->value("SELECT $1", {""}), "");
}

TEST(Connect, AnErrorSaysWhatTheServerSaidAndTheSessionGoesOn) {
    const Database database;
    const auto connection = database.connect();
    const Error syntax = errorOf([&] { connection->run("SELECT 'ü' FRM x"); });
    EXPECT_EQ(syntax.code, "sql");
    EXPECT_EQ(syntax.exit, Exit::no);
    EXPECT_EQ(syntax.sqlstate, "42601");
    EXPECT_EQ(syntax.column, 16) << "characters, not bytes";
    EXPECT_FALSE(syntax.hint.empty());
    connection->run("CREATE TABLE t (a int UNIQUE); INSERT INTO t VALUES (1)");
    const Error unique = errorOf([&] { connection->run("INSERT INTO t VALUES (1)"); });
    EXPECT_EQ(unique.sqlstate, "23505");
    EXPECT_EQ(unique.detail, "Key (a)=(1) already exists.");
    EXPECT_EQ(errorOf([&] { connection->query("SELECT 1/$1::int", {"0"}); }).sqlstate, "22012");
    EXPECT_EQ(ask(*connection, "SELECT count(*) FROM t"), "1");
}

TEST(Connect, TheWorkOfStatementsBeforeTheFailedOneOfABatchIsUndone) {
    const Database database;
    const auto connection = database.connect();
    EXPECT_EQ(errorOf([&] { connection->run("CREATE TABLE t (); SELECT 1/0"); }).sqlstate, "22012");
    EXPECT_EQ(ask(*connection, "SELECT to_regclass('t')"), "NULL");
}

TEST(Connect, WhoseFaultAnErrorIs) {
    const Database database;
    const auto connection = database.connect();
    auto exitOf = [&](const std::string& sql) { return errorOf([&] { connection->run(sql); }).exit; };
    auto raise = [](const char* state) { return fmt::format("DO $$ BEGIN RAISE 'x' USING ERRCODE = '{}'; END $$", state); };
    EXPECT_EQ(exitOf("SET statement_timeout = '20ms'; SELECT pg_sleep(5)"), Exit::no) << "the statement's own limit";
    EXPECT_EQ(exitOf("SET statement_timeout = 0; SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(5)"), Exit::outside);
    for (const char* state : {"53100", "53200", "58030", "XX000"}) EXPECT_EQ(exitOf(raise(state)), Exit::outside) << state;
    for (const char* state : {"23505", "42P01", "40001", "P0001"}) EXPECT_EQ(exitOf(raise(state)), Exit::no) << state;
    connection->run("SET default_transaction_read_only = on");
    EXPECT_EQ(exitOf("CREATE TABLE t ()"), Exit::outside) << "a server that only reads";
}

TEST(Connect, TransactionsAreFollowed) {
    const Database database;
    const auto connection = database.connect();
    EXPECT_EQ(connection->transaction(), Transaction::idle);
    connection->run("BEGIN");
    EXPECT_EQ(connection->transaction(), Transaction::open);
    EXPECT_EQ(errorOf([&] { connection->run("SELECT 1/0"); }).sqlstate, "22012");
    EXPECT_EQ(connection->transaction(), Transaction::failed);
    connection->run("ROLLBACK");
    EXPECT_EQ(connection->transaction(), Transaction::idle);
}

TEST(Connect, NoticesAreHeard) {
    const Database database;
    const auto connection = database.connect();
    std::vector<Notice> heard;
    connection->onNotice([&](const Notice& notice) { heard.push_back(notice); });
    connection->run("DO $$ BEGIN RAISE NOTICE 'größe'; RAISE WARNING 'w'; END $$");
    ASSERT_EQ(heard.size(), 2u);
    EXPECT_EQ(heard[0].severity, "NOTICE");
    EXPECT_EQ(heard[0].sqlstate, "00000");
    EXPECT_EQ(heard[0].message, "größe");
    EXPECT_EQ(heard[1].severity, "WARNING");
}

TEST(Connect, WhileAStatementRunsTheWaiterIsCalled) {
    const Database database;
    const auto connection = database.connect();
    std::vector<Milliseconds> times;
    connection->onWait([&](Milliseconds time) { times.push_back(time); });
    connection->run("SELECT pg_sleep(0.7)");
    EXPECT_GE(times.size(), 2u);
    EXPECT_TRUE(std::ranges::is_sorted(times));
    EXPECT_GE(times.back(), Milliseconds(300));
}

TEST(Connect, CopyTakesDataInPieces) {
    const Database database;
    const auto connection = database.connect();
    connection->run("CREATE TABLE t (a int, b text)");
    EXPECT_EQ(connection->copyIn("COPY t FROM stdin", "1\tone\n2\t\\N\n").affected, 2);
    EXPECT_EQ(connection->copyIn("COPY t FROM stdin", "").affected, 0);
    std::string much;
    for (int i = 0; i < 100'000; i++) much += fmt::format("{}\tsome text that fills more than one piece\n", i);
    EXPECT_EQ(connection->copyIn("COPY t FROM stdin", much).affected, 100'000);
    const Error bad = errorOf([&] { connection->copyIn("COPY t FROM stdin", "1\tone\nx\ttwo\n" + much); });
    EXPECT_EQ(bad.sqlstate, "22P02");
    EXPECT_TRUE(bad.detail.contains("COPY t, line 2, column a")) << bad.detail;
    EXPECT_EQ(errorOf([&] { connection->copyIn("COPY none FROM stdin", "1\n"); }).sqlstate, "42P01");
    EXPECT_EQ(ask(*connection, "SELECT count(*) FROM t"), "100002");
}

TEST(Connect, CopyToNowhereIsAnErrorAndTheSessionGoesOn) {
    const Database database;
    const auto connection = database.connect();
    EXPECT_TRUE(errorOf([&] { connection->run("COPY (SELECT generate_series(1, 100000)) TO stdout"); }).message.contains("nowhere to write"));
    EXPECT_TRUE(connection->alive());
    EXPECT_EQ(ask(*connection, "SELECT 1"), "1");
}

TEST(Connect, ALostConnectionIsToldFromAFailedStatement) {
    const Database database;
    const auto connection = database.connect();
    std::thread killer([&] {
        const auto other = database.connect();
        for (int i = 0; i < 500; i++) {
            other->query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND query LIKE 'SELECT pg_sleep%'",
                         {std::to_string(connection->backendPid())});
            std::this_thread::sleep_for(Milliseconds(10));
            if (ask(*other, "SELECT count(*) FROM pg_stat_activity WHERE pid = " + std::to_string(connection->backendPid())) == "0") break;
        }
    });
    const Error error = errorOf([&] { connection->run("SELECT pg_sleep(30)"); });
    killer.join();
    EXPECT_EQ(error.code, "connection-lost");
    EXPECT_EQ(error.exit, Exit::outside);
    EXPECT_TRUE(error.connectionLost);
    EXPECT_EQ(error.sqlstate, "57P01");
    EXPECT_FALSE(connection->alive());
    EXPECT_EQ(errorOf([&] { connection->run("SELECT 1"); }).code, "connection-lost");
}

TEST(Connect, CancelStopsAStatementFromAnotherThread) {
    const Database database;
    const auto connection = database.connect();
    std::thread canceller([&] {
        std::this_thread::sleep_for(Milliseconds(200));
        connection->cancel();
    });
    const Stopwatch since;
    EXPECT_EQ(errorOf([&] { connection->run("SELECT pg_sleep(30)"); }).sqlstate, "57014");
    canceller.join();
    EXPECT_LT(since.elapsed(), Milliseconds(10'000));
    EXPECT_EQ(ask(*connection, "SELECT 1"), "1");
}

TEST(Connect, AnInterruptEndsTheStatementAndLeavesTheSessionUsable) {
    const Database database;
    tests::Child child([&] {
        catchInterrupts();
        const auto connection = database.connect();
        const pid_t self = ::getpid();
        std::thread user([self] {
            std::this_thread::sleep_for(Milliseconds(300));
            ::kill(self, SIGINT);
        });
        Error error("none", Exit::yes, "", "");
        try {
            connection->run("BEGIN; SELECT pg_sleep(30)");
        } catch (const Error& caught) {
            error = caught;
        }
        user.join();
        if (error.code != "interrupted" || error.exit != Exit::interrupted) return 2;
        // Cleaning up after an interrupt has to work.
        connection->run("ROLLBACK");
        return connection->transaction() == Transaction::idle ? 0 : 3;
    });
    EXPECT_EQ(child.wait(), 0);
}

TEST(Connect, EachRefusalHasItsOwnNextStep) {
    const Database database;
    database.run("CREATE ROLE \"full_" + database.name() + "\" LOGIN CONNECTION LIMIT 0");
    auto refusal = [](const Target& target) { return errorOf([&] { Connection::open(target, "test"); }); };
    EXPECT_EQ(refusal({.url = "host=127.0.0.1 port=1 dbname=x"}).code, "server-unreachable");
    EXPECT_EQ(refusal({.url = "host=/nowhere dbname=x"}).code, "server-unreachable");
    EXPECT_EQ(refusal({.url = tests::serverUrl(), .database = "no such"}).code, "database-missing");
    EXPECT_EQ(refusal({.url = tests::serverUrl(), .user = "nobody at all"}).code, "database-missing");
    EXPECT_EQ(refusal({.url = tests::serverUrl(), .user = "full_" + database.name()}).code, "too-many-connections");
    for (const Error& error : {refusal({.url = "host=127.0.0.1 port=1"}), refusal({.url = tests::serverUrl(), .database = "no such"})}) {
        EXPECT_EQ(error.exit, Exit::outside);
        EXPECT_TRUE(error.message.starts_with("cannot connect to ")) << error.message;
        EXPECT_FALSE(error.hint.empty());
        EXPECT_FALSE(error.message.contains('\n'));
    }
    database.run("DROP ROLE \"full_" + database.name() + "\"");
}

/// A listener that answers every connection with `words` and hangs up.
class Stranger {
  public:
    explicit Stranger(const std::string& words) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        ::listen(socket_, 5);
        port_ = ntohs(address.sin_port);
        thread_ = std::jthread([this, words] {
            for (int client; (client = ::accept(socket_, nullptr, nullptr)) >= 0; ::close(client)) {
                char said[1024];
                if (::read(client, said, sizeof said) > 0 && ::write(client, words.data(), words.size()) < 0) return;
            }
        });
    }
    ~Stranger() {
        ::shutdown(socket_, SHUT_RDWR);
        thread_.join();
        ::close(socket_);
    }
    std::string url() const { return fmt::format("host=127.0.0.1 port={} dbname=x user=x", port_); }

  private:
    int socket_;
    int port_ = 0;
    std::jthread thread_;
};

TEST(Connect, WhatIsNoPostgresIsToldAsSuch) {
    const Stranger web("HTTP/1.1 400 Bad Request\r\n\r\n");
    EXPECT_EQ(errorOf([&] { Connection::open({.url = web.url()}, "test"); }).code, "not-postgres");
}

TEST(Connect, RetriesAreASecondApart) {
    const Stopwatch since;
    EXPECT_EQ(errorOf([] { Connection::open({.url = "host=127.0.0.1 port=1"}, "test", 1); }).code, "server-unreachable");
    EXPECT_GE(since.elapsed(), Milliseconds(1000));
    EXPECT_LT(since.elapsed(), Milliseconds(5000));
}

}  // namespace
}  // namespace slipway::postgres
