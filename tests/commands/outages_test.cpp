// What goes wrong outside: servers that die, connections that end, disks that are full, people who stop a run.
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <csignal>
#include <thread>

#include "base/files.h"
#include "support/child.h"
#include "support/program.h"
#include "support/server.h"

namespace slipway::tests {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;

constexpr const char* sleepers = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()";

/// A migration that sleeps in the middle, on the shared server.
class OutageTest : public testing::Test {
  protected:
    OutageTest() {
        project.write("V1__t.sql", "CREATE TABLE t (a int);\n");
        const Ended first = slipway({"migrate"});
        EXPECT_EQ(first.code, 0) << first;
        project.write("V2__sleep.sql", "INSERT INTO t VALUES (1);\nSELECT pg_sleep(30);\nINSERT INTO t VALUES (2);\n");
    }
    /// The run once it sleeps.
    std::unique_ptr<Running> asleep() const {
        auto running = std::make_unique<Running>(std::vector<std::string>{"migrate"});
        EXPECT_TRUE(eventually(project.database, sleepers, "1")) << running->errors();
        return running;
    }
    void onSleeper(const std::string& function) const {
        project.database.run("SELECT " + function + "(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()");
    }
    /// Nothing of V2 is there, nothing is left behind, and without the sleep it applies.
    void endsWell() const {
        EXPECT_EQ(project.database.value("SELECT count(*) FROM t"), "0");
        EXPECT_EQ(project.database.value("SELECT count(*) FROM flyway_schema_history"), "1");
        project.write("V2__sleep.sql", "INSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);\n");
        const Ended ended = slipway({"migrate"});
        EXPECT_EQ(ended.code, 0) << ended;
        EXPECT_EQ(project.database.value("SELECT count(*) FROM t"), "2");
    }

    Project project;
};

TEST_F(OutageTest, ASessionThatAnAdministratorEnds) {
    const auto running = asleep();
    onSleeper("pg_terminate_backend");
    const Ended ended = running->end();
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.errors, HasSubstr("db/V2__sleep.sql:2:1: error: the server ended the connection: terminating connection due to administrator "
                                        "command (SQLSTATE 57P01)"));
    EXPECT_THAT(ended.errors, HasSubstr("hint: see why the server went away, then run the same command again"));
    endsWell();
}

TEST_F(OutageTest, AStatementThatAnAdministratorCancels) {
    const auto running = asleep();
    onSleeper("pg_cancel_backend");
    const Ended ended = running->end();
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.errors, AllOf(HasSubstr("db/V2__sleep.sql:2:1: error: canceling statement due to user request (SQLSTATE 57014)"),
                                    HasSubstr("nothing of V2 sleep was applied"), HasSubstr("hint: somebody cancelled the statement")));
    endsWell();
}

TEST_F(OutageTest, AnInterruptCancelsTheStatementOnTheServer) {
    for (const int signal : {SIGINT, SIGTERM}) {
        const auto running = asleep();
        running->signal(signal);
        const Stopwatch since;
        const Ended ended = running->end();
        EXPECT_EQ(ended.code, 130);
        EXPECT_LT(since.elapsed(), Milliseconds(10'000)) << "it was to sleep for 30 s";
        EXPECT_THAT(ended.errors, AllOf(HasSubstr("error: stopped as asked"), HasSubstr("nothing of V2 sleep was applied"),
                                        HasSubstr("hint: run the same command again to go on")));
        EXPECT_EQ(project.database.value(sleepers), "0");
        EXPECT_EQ(project.database.value("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'slipway%' AND datname = current_database()"), "0");
    }
    endsWell();
}

TEST_F(OutageTest, AnInterruptEndsTheWaitForTheReleaseLock) {
    const auto running = asleep();
    Running waiting({"migrate"});
    ASSERT_TRUE(waiting.says("waiting for the release lock"));
    waiting.signal(SIGINT);
    EXPECT_EQ(waiting.end().code, 130);
    running->signal(SIGINT);
    running->end();
    endsWell();
}

TEST_F(OutageTest, AConnectionThatIsLostWhileTheCommitIsUnderWayLeavesADoubt) {
    project.write("V2__sleep.sql", "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(30); RETURN NULL; END';\n"
                                   "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow();\n"
                                   "INSERT INTO t VALUES (1);\n");
    const auto running = asleep();
    onSleeper("pg_terminate_backend");
    const Ended ended = running->end();
    EXPECT_EQ(ended.code, 4);
    EXPECT_THAT(ended.errors, AllOf(HasSubstr("error: the connection was lost while the commit was under way: the server ended the connection: "
                                              "terminating connection due to administrator command"),
                                    HasSubstr("hint: run the same command again: the history tells whether the commit took place")));
    endsWell();
}

TEST_F(OutageTest, TheServerLooksWhetherARunIsStillThereEvenAfterAReset) {
    if (project.database.connect()->serverVersion() < 140000) GTEST_SKIP() << "client_connection_check_interval came with PostgreSQL 14";
    project.write("V2__sleep.sql", "RESET ALL;\n");
    project.write("V3__seen.sql", "CREATE TABLE seen AS SELECT current_setting('client_connection_check_interval') AS every;\n");
    ASSERT_EQ(slipway({"migrate"}).code, 0);
    EXPECT_EQ(project.database.value("SELECT every FROM seen"), "10s");
}

TEST_F(OutageTest, NoConnectionIsLeft) {
    const std::string role = project.database.name() + "_limited";
    project.database.run("CREATE ROLE " + role + " LOGIN CONNECTION LIMIT 0");
    project.pointTo(project.database.url() + " user=" + role);
    const Ended ended = slipway({"migrate"});
    project.database.run("DROP ROLE " + role);
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.errors, AllOf(HasSubstr("too many connections for role \"" + role + "\""),
                                    HasSubstr("hint: wait until a session ends, or raise max_connections or the role's limit")));
}

TEST_F(OutageTest, ADatabaseThatOnlyReads) {
    project.database.run("ALTER DATABASE " + project.database.name() + " SET default_transaction_read_only = on");
    const Ended ended = slipway({"migrate"});
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.errors, AllOf(HasSubstr("only reads: default_transaction_read_only is on"),
                                    HasSubstr("hint: turn it off for this role or database, or give another url")));
    EXPECT_EQ(slipway({"info"}).code, 0);
}

TEST_F(OutageTest, ALogThatCannotBeWrittenStopsNoRelease) {
    std::string many;
    for (int i = 0; i < 100; i++) many += "INSERT INTO t VALUES (" + std::to_string(i) + ");\n";
    project.write("V2__sleep.sql", many);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = 5000;
    ::setrlimit(RLIMIT_FSIZE, &small);
    const Ended ended = slipway({"migrate"});
    ::setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_EQ(ended.code, 0) << ended;
    EXPECT_THAT(ended.errors, testing::ContainsRegex("warning: the log .*\\.jsonl cannot be written: File too large"));
    EXPECT_EQ(project.database.value("SELECT count(*) FROM t"), "100");
}

/// The same on a server of its own, which may be broken.
class ServerOutageTest : public testing::Test {
  protected:
    ServerOutageTest() {
        folder.write("db/V1__t.sql", "CREATE TABLE t (a int);\n");
        folder.write("db/V2__index.sql", "INSERT INTO t VALUES (1);\nCREATE INDEX CONCURRENTLY t_a ON t (a);\nSELECT pg_sleep(30);\nINSERT INTO t VALUES (2);\n");
        pointTo(server.url());
        connect()->run("ALTER SYSTEM SET synchronous_commit = on");  // what was committed is to outlive the server
        connect()->run("SELECT pg_reload_conf()");
    }
    void pointTo(const std::string& url) const {
        folder.write("slipway.toml", "[project]\nmigrations = 'db'\n[environments.dev]\nurl = '" + url + "'\nconnect_retries = 20\n");
    }
    std::unique_ptr<postgres::Connection> connect() const { return postgres::Connection::open({server.url()}, "test", 20); }
    std::string value(const std::string& sql) const { return connect()->value(sql).value_or(""); }
    /// The backend of the run once it sleeps in V2.
    int asleep(const Running& running) const {
        const auto connection = connect();
        for (const Stopwatch waited; waited.elapsed() < patience; std::this_thread::sleep_for(Milliseconds(20)))
            if (const auto pid = connection->value("SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'")) return std::stoi(*pid);
        ADD_FAILURE() << running.errors();
        return 0;
    }
    /// The first two segments of V2 stayed, and the same command, without the sleep, goes on with the third.
    void goesOn() const {
        EXPECT_EQ(value("SELECT string_agg(installed_rank || ' ' || success, ', ' ORDER BY 1) FROM flyway_schema_history"), "1 true, 2 false");
        connect()->run("CREATE FUNCTION pg_sleep(int) RETURNS void LANGUAGE sql AS ''; ALTER DATABASE postgres SET search_path = public, pg_catalog");
        const Ended ended = slipway({"migrate"});
        EXPECT_EQ(ended.code, 0) << ended;
        EXPECT_EQ(value("SELECT string_agg(a::text, ' ') FROM public.t"), "1 2");
    }

    Server server;
    Folder folder;
};

TEST_F(ServerOutageTest, ABackendThatIsKilled) {
    const auto witness = connect();
    Running running({"migrate"});
    ::kill(asleep(running), SIGKILL);
    const Ended ended = running.end();
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.errors, AllOf(HasSubstr("db/V2__index.sql:3:1: error: "), HasSubstr("server closed the connection unexpectedly"),
                                    HasSubstr("hint: see why the server or the network went away, then run the same command again: it goes on from what was "
                                              "committed")));
    // The server ends every session and recovers. Until it has noticed it lets new ones in, only to end them, too.
    EXPECT_THROW(witness->run("SELECT pg_sleep(60)"), Error);
    goesOn();
}

TEST_F(ServerOutageTest, AServerThatIsStoppedInMidScript) {
    Running running({"migrate"});
    asleep(running);
    server.control({"stop", "-m", "immediate"});
    const Ended ended = running.end();
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.errors, AllOf(HasSubstr("db/V2__index.sql:3:1: error: the connection to the server was lost while waiting for an answer: server closed the "
                                              "connection unexpectedly\n"),
                                    HasSubstr("hint: see why the server or the network went away")));
    EXPECT_THAT(ended.output, HasSubstr(serverMajor() < 14 ? "warning: terminating connection because of crash of another server process"
                                                           : "warning: terminating connection due to immediate shutdown command"));
    folder.write("slipway.toml", "[project]\nmigrations = 'db'\n[environments.dev]\nurl = '" + server.url() + "'\n");
    const Ended down = slipway({"migrate"});
    EXPECT_EQ(down.code, 3);
    EXPECT_THAT(down.errors, AllOf(HasSubstr("error: cannot connect to "), HasSubstr("hint: check that the server runs")));
    server.control({"start"});
    goesOn();
}

TEST_F(ServerOutageTest, AFullDisk) {
    // An index, since 16 and later reserve a table's blocks in advance, and then the limit of a file is no full disk.
    connect()->run("CREATE SCHEMA other; CREATE UNLOGGED TABLE other.big WITH (parallel_workers = 0) AS "
                   "SELECT (SELECT string_agg(md5(n || ' ' || i), '') FROM generate_series(1, 50) i) AS t FROM generate_series(1, 20000) n");
    connect()->run("VACUUM other.big");  // whoever reads it next need not write it
    folder.write("db/V2__index.sql", "CREATE INDEX big_t ON other.big (t);\n");
    // More than a segment of WAL, less than the index, and in the middle of a page: then it is "wrote only 1024 of 8192 bytes".
    server.control({"stop", "-m", "fast"});
    runAsServer({"/bin/bash", "-c", "ulimit -S -f 20001; exec \"$@\"", "limited", postgresProgram("pg_ctl"), "-D", server.base() + "/data", "-l",
                 server.base() + "/log", "-w", "start"}, server.base());
    const Ended full = slipway({"migrate"});
    EXPECT_EQ(full.code, 3) << full;
    EXPECT_THAT(full.errors, AllOf(HasSubstr("db/V2__index.sql:1:1: error: could not extend file "), HasSubstr("(SQLSTATE 53100)"),
                                   HasSubstr("nothing of V2 index was applied"), HasSubstr("hint: free space on the server's disk, then run the command again")));
    server.control({"restart", "-m", "fast"});
    EXPECT_EQ(slipway({"migrate"}).code, 0);
}

TEST_F(ServerOutageTest, AStandby) {
    const std::string copy = server.base() + "/standby";
    // Without pg_basebackup, which not every package of a server holds.
    server.control({"stop", "-m", "fast"});
    runAsServer({"/bin/bash", "-c", "cp -a data standby && touch standby/standby.signal"}, server.base());
    server.control({"start"});
    runAsServer({postgresProgram("pg_ctl"), "-D", copy, "-o", "-p 5433", "-l", server.base() + "/standby.log", "-w", "start"}, server.base());
    pointTo("host=" + server.base() + " port=5433 user=postgres dbname=postgres");
    const Ended refused = slipway({"migrate"});
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.errors, AllOf(HasSubstr("is a standby: it takes no writes"), HasSubstr("hint: give the url of the primary")));
    EXPECT_EQ(slipway({"info"}).code, 0);
    runAsServer({postgresProgram("pg_ctl"), "-D", copy, "-m", "immediate", "-w", "stop"}, server.base());
}

/// A PgBouncer before the shared server.
class PoolerTest : public testing::Test {
  protected:
    void SetUp() override {
        if (::access(program, X_OK) != 0) GTEST_SKIP() << "pgbouncer is not installed";
        project.write("V1__t.sql", "CREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\nCREATE INDEX CONCURRENTLY t_a ON t (a);\n");
        std::string pattern = "/tmp/slipway-pool-XXXXXX";
        base = ::mkdtemp(pattern.data());
        if (const auto account = serverAccount()) fs::permissions(base, fs::perms::all);
    }
    void TearDown() override {
        bouncer.reset();
        if (!base.empty()) fs::remove_all(base);
    }
    void pool(const std::string& settings) {
        writeFile(base + "/ini", "[databases]\n" + project.database.name() + " = " + project.database.url() + " user=postgres\n[pgbouncer]\n"
                                 "listen_port = 6432\nunix_socket_dir = " + base + "\nauth_type = any\n" + settings + "\n");
        bouncer = std::make_unique<Child>([&] {
            if (const auto account = serverAccount(); account && !become(*account)) return 98;
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            ::execl(program, program, "-q", (base + "/ini").c_str(), nullptr);
            return 97;
        });
        for (const Stopwatch waited; waited.elapsed() < patience && !listens();) std::this_thread::sleep_for(Milliseconds(20));
        project.pointTo("host=" + base + " port=6432 user=postgres dbname=" + project.database.name());
    }
    /// Its socket's file is there a moment before it listens.
    bool listens() const {
        sockaddr_un address{.sun_family = AF_UNIX};
        (base + "/.s.PGSQL.6432").copy(address.sun_path, sizeof address.sun_path - 1);
        const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool answers = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        ::close(fd);
        return answers;
    }
    void isRefused() {
        for (int i = 0; i < 3; i++) {
            const Ended refused = slipway({"migrate"});
            EXPECT_EQ(refused.code, 3) << refused;
            EXPECT_THAT(refused.errors, AllOf(HasSubstr("stands a connection pooler that gives each transaction another session; the release lock and "
                                                        "SET would get lost in it"),
                                              HasSubstr("hint: connect to the server itself (its own port), or to a pool in session mode")));
        }
        EXPECT_EQ(project.database.value("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "0");
        EXPECT_EQ(slipway({"info"}).code, 0);
    }

    static constexpr const char* program = "/usr/sbin/pgbouncer";
    Project project;
    std::string base;
    std::unique_ptr<Child> bouncer;
};

TEST_F(PoolerTest, ThatHandsOutASessionForATransactionIsRefused) {
    pool("pool_mode = transaction");
    isRefused();
}

TEST_F(PoolerTest, ThatTakesTurnsIsRefusedToo) {
    pool("pool_mode = transaction\nserver_round_robin = 1\nmin_pool_size = 5");
    const auto warm = postgres::Connection::open({"host=" + base + " port=6432 user=postgres dbname=" + project.database.name()}, "test");
    ASSERT_TRUE(eventually(project.database, "SELECT count(*) >= 5 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", "t"));
    isRefused();
}

TEST_F(PoolerTest, ThatHandsOutASessionForAStatementIsRefusedToo) {
    pool("pool_mode = statement");
    isRefused();
}

TEST_F(PoolerTest, ThatHandsOutWholeSessionsIsFine) {
    pool("pool_mode = session");
    const Ended ended = slipway({"migrate"});
    EXPECT_EQ(ended.code, 0) << ended;
    EXPECT_EQ(project.database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 't_a'::regclass"), "t");
    // Who is in the way is found behind the pool, too, where the protocol's process number is made up.
    project.write("V2__wait.sql", "ALTER TABLE t ADD b int;\n");
    auto holder = project.database.connect();
    holder->run("BEGIN; SELECT * FROM t");
    Running running({"migrate"});
    EXPECT_TRUE(running.says("waiting for a lock; in the way: test (process ")) << running.errors();
    holder->run("COMMIT");
    EXPECT_EQ(running.end().code, 0);
}

}  // namespace
}  // namespace slipway::tests
