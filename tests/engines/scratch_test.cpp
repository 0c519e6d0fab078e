// The embedded server, with real processes. The supervisor is this program, executed again: see main() at the end.
#include "engines/postgres/scratch.h"

#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <list>
#include <thread>

#include "base/files.h"
#include "base/process.h"
#include "base/text.h"
#include "support/child.h"
#include "support/database.h"

namespace slipway::postgres {
namespace {

using namespace std::chrono_literals;

const std::function<void(const std::string&)> silent = [](const std::string&) {};

bool eventually(const std::function<bool()>& holds, Milliseconds within = 15s) {
    for (Stopwatch since; since.elapsed() < within; std::this_thread::sleep_for(20ms))
        if (holds()) return true;
    return holds();
}

/// The state of a process as /proc tells it: 'S', 'R' ..., 0 when there is none.
char stateOf(int pid) {
    std::ifstream file(fmt::format("/proc/{}/stat", pid));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const size_t end = text.rfind(')');
    return end == std::string::npos ? 0 : text.at(end + 2);
}

bool lives(int pid) {
    return pid > 0 && stateOf(pid) != 0 && stateOf(pid) != 'Z';
}

/// The living processes that have `text` in their command line.
std::vector<int> processesWith(const std::string& text) {
    std::vector<int> found;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const int pid = std::atoi(entry.path().filename().c_str());
        std::ifstream file(entry.path() / "cmdline");
        std::string line{std::istreambuf_iterator<char>(file), {}};
        std::ranges::replace(line, '\0', ' ');
        if (pid > 0 && line.find(text) != std::string::npos && lives(pid)) found.push_back(pid);
    }
    return found;
}

class Embedded : public ::testing::Test {
  protected:
    Embedded() {
        // One template for the whole run: beside the data of the run's server, with which it goes.
        const fs::path run = std::string(trim(readFile(fs::path(tests::runFolder()) / "base")));
        std::string name = "/tmp/slipway-embedded.XXXXXX";
        home_ = ::mkdtemp(name.data());
        ::chmod(home_.c_str(), 0755);
        fs::create_directory(home_ / "project");
        useState(run / "embedded");
        ::setenv("SLIPWAY_EMBEDDED_FSYNC", "off", 1);
    }

    ~Embedded() override {
        ::setenv("SLIPWAY_EMBEDDED_IDLE", "600", 1);
        for (const ServerFolder& folder : used_) {
            for (const int pid : processesWith(folder.base)) ::kill(pid, SIGTERM);
            if (!eventually([&] { return processesWith(folder.base).empty(); }))
                for (const int pid : processesWith(folder.base)) ::kill(pid, SIGKILL);
            fs::remove_all(folder.base);
            if (folder.socket.starts_with("/tmp/slipway-")) fs::remove_all(folder.socket);
        }
        fs::remove_all(home_);
    }

    void useState(const fs::path& state) {
        ::setenv("SLIPWAY_STATE_DIR", state.c_str(), 1);
        folder_ = serverFolder((home_ / "project").string());
        used_.push_back(folder_);
    }

    /// A state folder of this test's own, without a template.
    fs::path ownState() {
        fs::create_directory(home_ / "state");
        useState(home_ / "state");
        return home_ / "state";
    }

    Target open(const std::string& name = "dev") { return openEmbedded(folder_, name, silent); }
    std::string ask(const Target& target, const std::string& sql) {
        return Connection::open(target, "test")->value(sql).value_or("");
    }
    ServerStatus status() { return serverStatus(folder_); }
    fs::path base() const { return folder_.base; }

    Error failure(const std::function<void()>& action) {
        try {
            action();
        } catch (const Error& error) {
            return error;
        }
        ADD_FAILURE() << "no error";
        return {"none", Exit::yes, "", ""};
    }

    fs::path home_;
    ServerFolder folder_;
    std::vector<ServerFolder> used_;
};

TEST_F(Embedded, StartsAServerThatIsPrivate) {
    std::vector<std::string> said;
    const Target target = openEmbedded(folder_, "dev", [&](const std::string& line) { said.push_back(line); });
    auto connection = Connection::open(target, "test");
    EXPECT_EQ(connection->database(), "dev");
    EXPECT_EQ(connection->value("SHOW listen_addresses"), "");
    EXPECT_EQ(connection->value("SHOW server_encoding"), "UTF8");
    EXPECT_EQ(connection->value("SHOW lc_messages"), "C");
    EXPECT_EQ(connection->value("SHOW max_connections"), "200");
    EXPECT_EQ(connection->value("SELECT datcollate FROM pg_database WHERE datname = 'dev'"), "C.UTF-8");
    ASSERT_EQ(said.size(), 1u);
    EXPECT_TRUE(said[0].starts_with("first start: preparing a private PostgreSQL ")) << said[0];

    const ServerStatus now = status();
    EXPECT_TRUE(now.running);
    EXPECT_TRUE(lives(now.supervisor));
    EXPECT_TRUE(lives(now.postmaster));
    EXPECT_NE(::getsid(now.supervisor), ::getsid(0));
    EXPECT_EQ("PostgreSQL " + now.version, connection->serverName());
    struct stat data = {}, socket = {};
    ASSERT_EQ(::stat(now.data.c_str(), &data), 0);
    ASSERT_EQ(::stat(now.socket.c_str(), &socket), 0);
    EXPECT_EQ(data.st_mode & 0777, 0700u);
    EXPECT_EQ(socket.st_mode & 0777, 0700u);
    if (::geteuid() == 0) {
        EXPECT_EQ(data.st_uid, findAccount("postgres")->user);
        EXPECT_EQ(socket.st_uid, findAccount("postgres")->user);
    }
}

TEST_F(Embedded, IsDurableUnlessToldOtherwise) {
    ::unsetenv("SLIPWAY_EMBEDDED_FSYNC");
    const Target target = open();
    EXPECT_EQ(ask(target, "SHOW fsync"), "on");
    EXPECT_EQ(ask(target, "SHOW synchronous_commit"), "on");
    EXPECT_EQ(ask(target, "SHOW wal_level"), "replica");
    stopServer(folder_);
    ::setenv("SLIPWAY_EMBEDDED_FSYNC", "off", 1);
    EXPECT_EQ(ask(open(), "SHOW fsync"), "off");
}

TEST_F(Embedded, TheSecondCommandFindsTheServerWithoutAsking) {
    open();
    const ServerStatus first = status();
    bool said = false;
    Stopwatch since;
    const Target again = openEmbedded(folder_, "dev", [&](const std::string&) { said = true; });
    EXPECT_LT(since.elapsed(), 5ms);
    EXPECT_FALSE(said);
    EXPECT_EQ(status().supervisor, first.supervisor);
    EXPECT_EQ(ask(again, "SELECT current_database()"), "dev");
}

TEST_F(Embedded, ADroppedDatabaseIsMadeAgain) {
    open();
    ask(open("other"), "SELECT 1");
    Connection::open(open("other"), "test")->run("DROP DATABASE dev WITH (FORCE)");
    EXPECT_EQ(ask(open(), "SELECT current_database()"), "dev");
}

TEST_F(Embedded, NamesThatAreNoNamesAreRefused) {
    for (const std::string& name : {std::string(), std::string("a b"), std::string("x'y"), std::string(64, 'x')})
        EXPECT_EQ(failure([&] { open(name); }).code, "embedded-name") << name;
    EXPECT_EQ(ask(open("Größe-1.2"), "SELECT current_database()"), "Größe-1.2");
}

TEST_F(Embedded, ManyStartsAtOnceMakeOneServer) {
    std::list<tests::Child> children;
    for (const std::string name : {"dev", "staging", "dev", "staging", "dev", "staging"})
        children.emplace_back([&] { return ask(open(name), "SELECT current_database()") == name ? 0 : 1; });
    for (tests::Child& child : children) EXPECT_EQ(child.wait(), 0);
    EXPECT_EQ(processesWith("embedded supervise " + folder_.base).size(), 1u);
}

TEST_F(Embedded, EndsWhenNobodyHasBeenConnectedForAWhile) {
    ::setenv("SLIPWAY_EMBEDDED_IDLE", "2", 1);
    auto connection = Connection::open(open(), "test");
    const ServerStatus before = status();
    std::this_thread::sleep_for(6s);
    EXPECT_TRUE(status().running) << "somebody is connected";
    connection.reset();
    EXPECT_TRUE(eventually([&] { return !lives(before.supervisor) && !lives(before.postmaster); }));
    EXPECT_FALSE(status().running);
    EXPECT_FALSE(fs::exists(base() / "data/postmaster.pid")) << "it was shut down in order";
    EXPECT_EQ(ask(open(), "SELECT 1"), "1");
}

TEST_F(Embedded, EndsWithItsProjectAndLeavesTheDataAlone) {
    open();
    const ServerStatus before = status();
    fs::remove_all(home_ / "project");
    EXPECT_TRUE(eventually([&] { return !lives(before.supervisor) && !lives(before.postmaster); }));
    EXPECT_TRUE(fs::exists(base() / "data/PG_VERSION"));
    EXPECT_FALSE(fs::exists(base() / "data/postmaster.pid"));
}

TEST_F(Embedded, EndsWithItsData) {
    open();
    const ServerStatus before = status();
    // The server may be quicker to remove a file of its own, which ends a removal half way.
    EXPECT_TRUE(eventually([&] {
        std::error_code gone;
        fs::remove_all(base(), gone);
        return !fs::exists(base());
    }));
    EXPECT_TRUE(eventually([&] { return !lives(before.supervisor) && !lives(before.postmaster); }));
    EXPECT_TRUE(eventually([&] { return processesWith(folder_.base).empty(); }));
}

TEST_F(Embedded, AKilledSupervisorTakesTheServerWithIt) {
    Connection::open(open(), "test")->run("CREATE TABLE kept ()");
    const ServerStatus before = status();
    ::kill(before.supervisor, SIGKILL);
    EXPECT_TRUE(eventually([&] { return !lives(before.supervisor); }));
    // The old server is still shutting down.
    EXPECT_EQ(ask(open(), "SELECT to_regclass('kept')"), "kept");
    EXPECT_FALSE(lives(before.postmaster));
    EXPECT_NE(status().supervisor, before.supervisor);
}

TEST_F(Embedded, AKilledSupervisorTakesTheServerWithItUnasked) {
    open();
    const ServerStatus before = status();
    ::kill(before.supervisor, SIGKILL);
    EXPECT_TRUE(eventually([&] { return !lives(before.postmaster); }));
    EXPECT_FALSE(status().running);
}

TEST_F(Embedded, AKilledServerTakesTheSupervisorWithIt) {
    Connection::open(open(), "test")->run("CREATE TABLE kept ()");
    const ServerStatus before = status();
    ::kill(before.postmaster, SIGKILL);
    EXPECT_TRUE(eventually([&] { return !lives(before.supervisor); }));
    EXPECT_EQ(ask(open(), "SELECT to_regclass('kept')"), "kept");
}

TEST_F(Embedded, StartsAfterEverythingWasKilled) {
    Connection::open(open(), "test")->run("CREATE TABLE kept ()");
    const ServerStatus before = status();
    ::kill(before.supervisor, SIGKILL);
    ::kill(before.postmaster, SIGKILL);
    EXPECT_TRUE(eventually([&] { return processesWith(folder_.base).empty(); }));
    EXPECT_TRUE(fs::exists(base() / "data/postmaster.pid"));
    EXPECT_EQ(ask(open(), "SELECT to_regclass('kept')"), "kept");
}

TEST_F(Embedded, APidFileThatNamesAnotherProcessDoesNotMatter) {
    open();
    const std::string pidFile = (base() / "data/postmaster.pid").string(), content = readFile(pidFile);
    stopServer(folder_);
    // As after a crash and a restart of the machine, when the number went to another process of the same user.
    const auto account = ::geteuid() == 0 ? findAccount("postgres") : std::nullopt;
    tests::Child other([&] {
        if (account) become(*account);
        return ::pause();
    });
    std::ofstream(pidFile) << other.pid() << content.substr(content.find('\n'));
    ASSERT_TRUE(!account || ::chown(pidFile.c_str(), account->user, account->group) == 0);
    EXPECT_EQ(ask(open(), "SELECT 1"), "1");
    EXPECT_TRUE(lives(other.pid()));
}

TEST_F(Embedded, StopsAndTellsWhetherItRan) {
    EXPECT_FALSE(stopServer(folder_));
    EXPECT_FALSE(status().running);
    open();
    const ServerStatus before = status();
    EXPECT_TRUE(stopServer(folder_));
    EXPECT_FALSE(lives(before.postmaster));
    EXPECT_FALSE(status().running);
    EXPECT_FALSE(stopServer(folder_));
}

TEST_F(Embedded, StopsWithSessionsOpen) {
    auto connection = Connection::open(open(), "test");
    EXPECT_TRUE(stopServer(folder_));
    EXPECT_THROW(connection->run("SELECT 1"), Error);
}

TEST_F(Embedded, RemovesOnlyWhatIsTheProjects) {
    Connection::open(open(), "test")->run("CREATE TABLE gone ()");
    ServerFolder wrong = folder_;
    wrong.project = "/somewhere/else";
    EXPECT_EQ(failure([&] { removeServer(wrong); }).code, "embedded-folder");
    EXPECT_TRUE(status().running);
    removeServer(folder_);
    EXPECT_FALSE(fs::exists(base()));
    EXPECT_TRUE(processesWith(folder_.base).empty());
    removeServer(folder_);
    EXPECT_EQ(ask(open(), "SELECT to_regclass('gone') IS NULL"), "t");
}

TEST_F(Embedded, ALongPathPutsTheSocketIntoTmp) {
    fs::create_directory(home_ / std::string(90, 'x'));
    useState(home_ / std::string(90, 'x'));
    EXPECT_TRUE(folder_.socket.starts_with("/tmp/slipway-")) << folder_.socket;
    EXPECT_EQ(ask(open(), "SELECT 1"), "1");
    EXPECT_EQ(status().socket, folder_.socket);
    removeServer(folder_);
    EXPECT_FALSE(fs::exists(folder_.socket));

    if (::geteuid() != 0) GTEST_SKIP() << "only root can make a folder that belongs to somebody else";
    fs::create_directory(folder_.socket);
    ASSERT_EQ(::chown(folder_.socket.c_str(), 65534, 65534), 0);
    const Error error = failure([&] { open(); });
    EXPECT_EQ(error.code, "embedded-folder");
    EXPECT_EQ(error.message, "cannot use " + folder_.socket + ": it belongs to another user");
    fs::remove(folder_.socket);
}

TEST_F(Embedded, OddCharactersInThePathDoNotMatter) {
    fs::create_directory(home_ / "it's, \"a\" b");
    useState(home_ / "it's, \"a\" b");
    EXPECT_EQ(ask(open(), "SELECT 1"), "1");
}

TEST_F(Embedded, DataOfAnotherVersionAreNotTouched) {
    open();
    const std::string major = status().version.substr(0, status().version.find('.'));
    stopServer(folder_);
    std::ofstream(base() / "data/PG_VERSION") << "9\n";
    const Error error = failure([&] { open(); });
    EXPECT_EQ(error.code, "embedded-version");
    EXPECT_NE(error.message.find("made by PostgreSQL 9, but"), std::string::npos) << error.message;
    EXPECT_NE(error.message.find("holds PostgreSQL " + major), std::string::npos) << error.message;
    EXPECT_NE(error.hint.find("slipway embedded remove"), std::string::npos);
    EXPECT_NE(error.hint.find("SLIPWAY_POSTGRES_BIN"), std::string::npos);
}

TEST_F(Embedded, AMissingServerIsNamed) {
    ::setenv("SLIPWAY_POSTGRES_BIN", "/nowhere/bin", 1);
    EXPECT_FALSE(findServerBinaries());
    const Error error = failure([&] { open(); });
    ::unsetenv("SLIPWAY_POSTGRES_BIN");
    EXPECT_EQ(error.code, "postgres-missing");
    EXPECT_EQ(error.exit, Exit::outside);
    EXPECT_NE(error.message.find("/nowhere/bin"), std::string::npos);
}

TEST_F(Embedded, AServerThatCannotStartSaysWhyAndLeavesNothing) {
    open();
    stopServer(folder_);
    std::ofstream(base() / "data/postgresql.conf", std::ios::app) << "no_such_setting = 1\n";
    Stopwatch since;
    const Error error = failure([&] { open(); });
    EXPECT_EQ(error.code, "embedded-failed");
    EXPECT_EQ(error.exit, Exit::outside);
    EXPECT_NE(error.detail.find("no_such_setting"), std::string::npos) << error.detail;
    EXPECT_NE(error.hint.find((base() / "log").string()), std::string::npos);
    EXPECT_LT(since.elapsed(), 10s);
    EXPECT_TRUE(eventually([&] { return processesWith(folder_.base).empty(); }));
}

TEST_F(Embedded, AFolderThatTheServersUserCannotEnterIsNamed) {
    if (::geteuid() != 0) GTEST_SKIP() << "only under root does the server run as another user";
    fs::create_directory(home_ / "private");
    ::chmod((home_ / "private").c_str(), 0700);
    useState(home_ / "private/state");
    const Error error = failure([&] { open(); });
    EXPECT_EQ(error.code, "embedded-folder");
    EXPECT_NE(error.message.find("postgres"), std::string::npos) << error.message;
    EXPECT_NE(error.hint.find("SLIPWAY_STATE_DIR"), std::string::npos);
}

TEST_F(Embedded, TakesNothingFromTheCommandThatStartsIt) {
    const int left = ::open((home_ / "held").c_str(), O_RDWR | O_CREAT, 0600);
    ::setenv("PGPASSWORD", "a-secret", 1);
    ::setenv("PGDATABASE", "nowhere", 1);
    ::setenv("SLIPWAY_CRASH_AT", "1000", 1);
    open();
    const ServerStatus now = status();
    ::unsetenv("PGPASSWORD");
    ::unsetenv("PGDATABASE");
    ::unsetenv("SLIPWAY_CRASH_AT");
    for (const int pid : {now.supervisor, now.postmaster}) {
        const std::string variables = readFile(fmt::format("/proc/{}/environ", pid));
        EXPECT_EQ(variables.find("PGPASSWORD"), std::string::npos);
        EXPECT_EQ(variables.find("PGDATABASE"), std::string::npos);
        EXPECT_EQ(variables.find("SLIPWAY_CRASH_AT"), std::string::npos);
        for (const auto& entry : fs::directory_iterator(fmt::format("/proc/{}/fd", pid))) {
            std::error_code gone;
            EXPECT_NE(fs::read_symlink(entry.path(), gone), home_ / "held");
        }
    }
    EXPECT_EQ(fs::read_symlink(fmt::format("/proc/{}/cwd", now.supervisor)), "/");
    EXPECT_EQ(fs::read_symlink(fmt::format("/proc/{}/fd/0", now.supervisor)), "/dev/null");
    EXPECT_EQ(fs::read_symlink(fmt::format("/proc/{}/fd/1", now.supervisor)), "/dev/null");
    ::close(left);
}

TEST_F(Embedded, ACommandKilledAtAnyStepOfTheFirstStartDoesNoHarm) {
    ownState();
    // Each command dies at the first step that the ones before it have not done.
    int kills = 0, code = -1;
    while (code != 0 && kills < 20) {
        tests::Child command([&] {
            ::setenv("SLIPWAY_CRASH_AT", "1", 1);
            return ::execl("/proc/self/exe", "test", "embedded", "open", folder_.project.c_str(), nullptr);
        });
        code = command.wait();
        ASSERT_TRUE(code == 0 || code == 128 + SIGKILL) << code;
        if (code != 0) kills++;
    }
    EXPECT_GE(kills, 4) << "template made, data copied, supervisor started, database created";
    EXPECT_EQ(processesWith("embedded supervise " + folder_.base).size(), 1u);
    EXPECT_EQ(ask(open(), "SELECT 1"), "1");
}

TEST_F(Embedded, WorksForAPlainUser) {
    if (::geteuid() != 0) GTEST_SKIP() << "all the other tests have just shown it: this is not root";
    const fs::path state = ownState();
    ASSERT_EQ(::chown(state.c_str(), 65534, 65534), 0);
    ASSERT_EQ(::chown((home_ / "project").c_str(), 65534, 65534), 0);
    tests::Child plain([&] {
        if (::setgroups(0, nullptr) != 0 || ::setgid(65534) != 0 || ::setuid(65534) != 0) return 2;
        folder_ = serverFolder((home_ / "project").string());
        if (ask(open(), "SELECT current_database()") != "dev" || ask(open(), "SELECT 1") != "1") return 3;
        struct stat info {};
        ::stat(fmt::format("/proc/{}", status().postmaster).c_str(), &info);
        return info.st_uid == 65534 && stopServer(folder_) && !status().running ? 0 : 4;
    });
    EXPECT_EQ(plain.wait(), 0);
}

TEST(ServerFolder, IsTheSameHoweverTheProjectIsNamed) {
    ::setenv("SLIPWAY_STATE_DIR", "/var/tmp/state", 1);
    const ServerFolder plain = serverFolder("/usr/lib");
    EXPECT_EQ(plain.project, "/usr/lib");
    EXPECT_EQ(serverFolder("/usr/../usr/lib/").base, plain.base);
    EXPECT_NE(serverFolder("/usr/bin").base, plain.base);
    EXPECT_EQ(fs::path(plain.base).parent_path(), "/var/tmp/state");
    EXPECT_EQ(fs::path(plain.base).filename().string().size(), 12u);
    EXPECT_EQ(plain.socket, plain.base + "/run");
}

}  // namespace
}  // namespace slipway::postgres

int main(int argc, char** argv) {
    using namespace slipway::postgres;
    if (argc == 4 && std::string_view(argv[1]) == "embedded") {
        if (std::string_view(argv[2]) == "supervise") return supervise(argv[3]);
        const Target target = openEmbedded(serverFolder(argv[3]), "dev", silent);
        return Connection::open(target, "test")->value("SELECT 1") == "1" ? 0 : 1;
    }
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
