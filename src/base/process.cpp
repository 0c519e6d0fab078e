#include "base/process.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/text.h"

namespace slipway {

namespace {

constexpr int tick = 100;  // ms between two looks at time-out and interrupt

struct Descriptor {
    int fd = -1;
    void close() {
        if (fd >= 0) ::close(fd);
        fd = -1;
    }
    ~Descriptor() { close(); }
};

struct Pipe {
    Descriptor read, write;
    Pipe() {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            throw Error("program-not-started", Exit::outside,
                        fmt::format("cannot make a pipe: {}", std::strerror(errno)),
                        "close some programs or raise the limit of open files (ulimit -n)");
        read.fd = ends[0];
        write.fd = ends[1];
    }
};

std::optional<Account> account(const passwd* entry) {
    if (!entry) return std::nullopt;
    Account found{entry->pw_name, entry->pw_uid, entry->pw_gid, {}, entry->pw_dir};
    int count = 16;
    found.groups.resize(static_cast<size_t>(count));
    while (::getgrouplist(entry->pw_name, entry->pw_gid, found.groups.data(), &count) < 0)
        found.groups.resize(static_cast<size_t>(count));
    found.groups.resize(static_cast<size_t>(count));
    return found;
}

/// The path of the program to execute; PATH is searched here, since execvp() is not safe after a fork.
std::string resolve(const std::string& name) {
    if (name.find('/') != std::string::npos) return name;
    const char* path = std::getenv("PATH");
    for (const std::string& folder : split(path ? path : "/usr/bin:/bin", ':')) {
        std::string candidate = (folder.empty() ? "." : folder) + "/" + name;
        if (::access(candidate.c_str(), X_OK) == 0) return candidate;
    }
    throw Error("program-missing", Exit::outside, fmt::format("the program {} is not installed", name),
                "install it, or add its folder to PATH");
}

/// The child's side, between fork and exec: nothing here allocates. Comes back only when it failed.
void startChild(const Program& program, const char* path, char* const* arguments, char* const* environment, int in,
                int out, int errors, pid_t parent) {
    ::setpgid(0, 0);
    if (program.account && !become(*program.account)) return;
    // After the change of user, which clears it (prctl(2), PR_SET_PDEATHSIG).
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    if (!program.folder.empty() && ::chdir(program.folder.c_str()) != 0) return;
    if (::dup2(in, 0) < 0 || ::dup2(out, 1) < 0 || ::dup2(errors, 2) < 0) return;
    std::signal(SIGPIPE, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execve(path, arguments, environment);
}

/// Reads what is there; false at the end.
bool drain(Descriptor& from, std::string& into) {
    std::array<char, 65536> buffer;
    const ssize_t got = ::read(from.fd, buffer.data(), buffer.size());
    if (got > 0) into.append(buffer.data(), static_cast<size_t>(got));
    if (got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN))) return true;
    from.close();
    return false;
}

void killGroup(pid_t group, int signal) {
    // The group is made by the child and may not be there yet.
    if (::kill(-group, signal) != 0) ::kill(group, signal);
}

}  // namespace

std::optional<Account> findAccount(const std::string& name) {
    return account(::getpwnam(name.c_str()));
}
std::optional<Account> ownAccount() {
    return account(::getpwuid(::geteuid()));
}

bool become(const Account& account) noexcept {
    return ::setgroups(account.groups.size(), account.groups.data()) == 0 &&
           ::setresgid(account.group, account.group, account.group) == 0 &&
           ::setresuid(account.user, account.user, account.user) == 0;
}

std::vector<std::string> environment(const std::vector<std::string>& without,
                                     const std::map<std::string, std::string>& with) {
    std::vector<std::string> result;
    for (char** entry = ::environ; entry && *entry; entry++) {
        const std::string_view text = *entry;
        const bool dropped =
            std::ranges::any_of(without, [&](const std::string& name) { return text.starts_with(name); });
        if (!dropped && !with.contains(std::string(text.substr(0, text.find('='))))) result.emplace_back(text);
    }
    for (const auto& [name, value] : with) result.push_back(name + "=" + value);
    return result;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
    std::vector<char*> result;
    for (std::string& text : strings) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

Outcome run(const Program& program) {
    std::vector<std::string> strings = program.arguments;
    std::vector<std::string> variables = program.environment.value_or(environment({}));
    const std::string path = resolve(strings.at(0));
    const std::vector<char*> arguments = pointers(strings), environment = pointers(variables);
    Pipe in, out, errors, failure;
    const bool interruptedBefore = interrupted();
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) {
        startChild(program, path.c_str(), arguments.data(), environment.data(), in.read.fd, out.write.fd,
                   errors.write.fd, parent);
        const int code = errno;
        [[maybe_unused]] const ssize_t told = ::write(failure.write.fd, &code, sizeof code);
        ::_exit(127);
    }
    int problem = child < 0 ? errno : 0;
    for (Descriptor* end : {&in.read, &out.write, &errors.write, &failure.write}) end->close();
    if (child > 0 && ::read(failure.read.fd, &problem, sizeof problem) > 0) ::waitpid(child, nullptr, 0);
    if (problem != 0)
        throw Error("program-not-started", Exit::outside,
                    fmt::format("cannot run {}: {}", path, std::strerror(problem)),
                    "check that the program is there and may be executed by this user");

    ::fcntl(in.write.fd, F_SETFL, O_NONBLOCK);
    // A program that does not read its input must not end this process.
    struct sigaction ignore = {}, before = {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignore, &before);
    Outcome outcome;
    Stopwatch since;
    Milliseconds stopAt{0};
    size_t given = 0;
    int status = 0;
    bool ended = false, stopping = false;
    while (!ended) {
        if (given == program.input.size()) in.write.close();
        std::array<pollfd, 3> wait{
            pollfd{out.read.fd, POLLIN, 0}, {errors.read.fd, POLLIN, 0}, {in.write.fd, POLLOUT, 0}};
        const bool open = out.read.fd >= 0 || errors.read.fd >= 0;
        ::poll(wait.data(), wait.size(), open ? tick : 5);
        if (wait[0].revents) drain(out.read, outcome.output);
        if (wait[1].revents) drain(errors.read, outcome.errors);
        if (wait[2].revents) {
            const ssize_t wrote = ::write(in.write.fd, program.input.data() + given, program.input.size() - given);
            if (wrote > 0) given += static_cast<size_t>(wrote);
            if (wrote < 0 && errno != EAGAIN && errno != EINTR) given = program.input.size();
        }
        ended = ::waitpid(child, &status, WNOHANG) == child;
        if (!stopping && program.timeout.count() > 0 && since.elapsed() >= program.timeout) {
            outcome.timedOut = stopping = true;
            killGroup(child, SIGKILL);
        }
        if (!stopping && interrupted() && !interruptedBefore) {
            stopping = true;
            stopAt = since.elapsed() + std::chrono::seconds(2);
            killGroup(child, SIGTERM);
        }
        if (stopAt.count() > 0 && since.elapsed() > stopAt) killGroup(child, SIGKILL);
    }
    // What it wrote last is still in the pipes; a grandchild that keeps them open is not waited for.
    for (auto [from, into] : {std::pair{&out.read, &outcome.output}, std::pair{&errors.read, &outcome.errors}}) {
        if (from->fd < 0) continue;
        ::fcntl(from->fd, F_SETFL, O_NONBLOCK);
        for (pollfd more{from->fd, POLLIN, 0}; from->fd >= 0 && ::poll(&more, 1, 0) > 0 && drain(*from, *into);) {
        }
    }
    ::sigaction(SIGPIPE, &before, nullptr);
    if (!interruptedBefore) checkInterrupted();
    outcome.code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return outcome;
}

std::string lastLines(std::string_view text, size_t lines) {
    text = trim(text);
    size_t from = text.size();
    for (size_t i = 0; i < lines && from != 0 && from != std::string_view::npos; i++) from = text.rfind('\n', from - 1);
    return std::string(from == std::string_view::npos || from == 0 ? text : text.substr(from + 1));
}

}  // namespace slipway
