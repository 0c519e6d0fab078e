#include "base/process.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/error.h"
#include "support/child.h"

namespace slipway {
namespace {

using namespace std::chrono_literals;

TEST(Process, GivesOutputErrorsAndCode) {
    const Outcome outcome = run({.arguments = {"sh", "-c", "echo out; echo err >&2; exit 3"}});
    EXPECT_EQ(outcome.output, "out\n");
    EXPECT_EQ(outcome.errors, "err\n");
    EXPECT_EQ(outcome.code, 3);
    EXPECT_FALSE(outcome.ok());
}

TEST(Process, ArgumentsGoThroughNoShell) {
    const Outcome outcome = run({.arguments = {"printf", "%s|", "a b", "$HOME", "'", ""}});
    EXPECT_EQ(outcome.output, "a b|$HOME|'||");
}

TEST(Process, MoreInputAndOutputThanAPipeHolds) {
    const std::string much(3'000'000, 'x');
    const Outcome outcome = run({.arguments = {"cat"}, .input = much});
    EXPECT_TRUE(outcome.ok());
    EXPECT_EQ(outcome.output, much);
}

TEST(Process, AProgramThatDoesNotReadItsInputIsNoProblem) {
    const Outcome outcome = run({.arguments = {"true"}, .input = std::string(3'000'000, 'x')});
    EXPECT_TRUE(outcome.ok());
}

TEST(Process, ASignalShowsAsShellsShowIt) {
    EXPECT_EQ(run({.arguments = {"sh", "-c", "kill -TERM $$"}}).code, 128 + SIGTERM);
}

TEST(Process, TheTimeOutKillsTheChildrenToo) {
    Stopwatch since;
    const Outcome outcome = run({.arguments = {"sh", "-c", "sleep 987.5 & echo $!; wait"}, .timeout = 300ms});
    EXPECT_TRUE(outcome.timedOut);
    EXPECT_FALSE(outcome.ok());
    EXPECT_LT(since.elapsed(), 3s);
    const pid_t grandchild = std::stoi(outcome.output);
    std::string state;
    for (int i = 0; i < 100 && ::kill(grandchild, 0) == 0; i++) {
        std::ifstream stat("/proc/" + std::to_string(grandchild) + "/stat");
        stat >> state >> state >> state;
        if (state == "Z") break;  // dead, and not yet collected by whoever inherited it
        std::this_thread::sleep_for(20ms);
    }
    EXPECT_TRUE(::kill(grandchild, 0) != 0 || state == "Z") << grandchild;
}

TEST(Process, AGrandchildThatKeepsThePipesIsNotWaitedFor) {
    Stopwatch since;
    const Outcome outcome = run({.arguments = {"sh", "-c", "sleep 5 & echo done"}});
    EXPECT_EQ(outcome.output, "done\n");
    EXPECT_LT(since.elapsed(), 3s);
}

TEST(Process, DiesWithTheProcessThatRunsIt) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    tests::Child child([] { return run({.arguments = {"sh", "-c", "exec sleep 987.25"}}).code; });
    // The program has the pipe open as long as it lives.
    ::close(ends[1]);
    std::this_thread::sleep_for(300ms);
    child.kill();
    pollfd end{ends[0], POLLIN, 0};
    EXPECT_EQ(::poll(&end, 1, 5000), 1) << "the program still runs";
    ::close(ends[0]);
}

TEST(Process, AMissingProgramIsNamed) {
    try {
        run({.arguments = {"no-such-program-at-all"}});
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code, "program-missing");
        EXPECT_NE(error.message.find("no-such-program-at-all"), std::string::npos);
        EXPECT_FALSE(error.hint.empty());
    }
    try {
        run({.arguments = {"/etc/passwd"}});
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code, "program-not-started");
        EXPECT_EQ(error.message, "cannot run /etc/passwd: Permission denied");
    }
}

TEST(Process, FolderAndEnvironment) {
    ::setenv("SLIPWAY_TEST_SECRET", "x", 1);
    ::setenv("SLIPWAY_TEST_KEPT", "1", 1);
    const Outcome outcome = run({.arguments = {"sh", "-c", "pwd; echo ${SLIPWAY_TEST_SECRET-gone} $SLIPWAY_TEST_KEPT"},
                                 .folder = "/usr",
                                 .environment = environment({"SLIPWAY_TEST_SEC"}, {{"SLIPWAY_TEST_KEPT", "2"}})});
    EXPECT_EQ(outcome.output, "/usr\ngone 2\n");
}

TEST(Process, AnotherUser) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can run a program as somebody else";
    const auto nobody = findAccount("nobody");
    ASSERT_TRUE(nobody);
    const Outcome outcome = run({.arguments = {"id", "-un"}, .folder = "/", .account = nobody});
    EXPECT_EQ(outcome.output, "nobody\n");
    const Outcome groups = run({.arguments = {"id", "-G"}, .folder = "/", .account = nobody});
    EXPECT_EQ(groups.output, std::to_string(nobody->group) + "\n") << "root's groups must be gone";
    EXPECT_FALSE(findAccount("no-such-user-at-all"));
}

TEST(Process, LastLines) {
    EXPECT_EQ(lastLines("a\nb\nc\n", 2), "b\nc");
    EXPECT_EQ(lastLines("a\nb\n", 5), "a\nb");
    EXPECT_EQ(lastLines("", 5), "");
}

}  // namespace
}  // namespace slipway
