#include "engines/postgres/scratch.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <thread>

#include "base/crash.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "engines/postgres/scratch_folder.h"

namespace slipway::postgres {

namespace {

using namespace std::chrono_literals;
using namespace scratch;

constexpr Milliseconds patience = 60s;

Error failed(const fs::path& base, const std::string& what) {
    std::error_code ignored;
    const fs::path log = base / "log";
    Error error("embedded-failed", Exit::outside, fmt::format("the private PostgreSQL did not start: {}", what),
                fmt::format("read {} and run the command again", log.string()));
    if (fs::exists(log, ignored)) error.detail = lastLines(readFile(log), 10);
    return error;
}

/// Starts `slipway embedded supervise BASE` in a session of its own, as nobody's child, and returns the first line that
/// it answers; "" when it died without one.
std::string startSupervisor(const fs::path& base) {
    std::error_code ignored;
    fs::rename(base / "log", base / "log.old", ignored);
    std::vector<std::string> words = {"slipway", "embedded", "supervise", base.string()};
    std::vector<std::string> variables = environment({"PG", "SLIPWAY_CRASH_", "LC_ALL="}, {{"LC_ALL", "C"}});
    const std::vector<char*> arguments = pointers(words), surroundings = pointers(variables);
    int ends[2];
    const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    const int log = ::open((base / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (null < 0 || log < 0 || ::pipe2(ends, O_CLOEXEC) != 0) throw failed(base, std::strerror(errno));
    const pid_t child = ::fork();
    if (child == 0) {
        // A second fork leaves the supervisor to the machine's first process, so that nobody here has to wait for it.
        if (::setsid() < 0 || ::fork() != 0) ::_exit(0);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGCHLD}) std::signal(signal, SIG_DFL);
        sigset_t none;
        sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        if (::dup2(null, 0) >= 0 && ::dup2(ends[1], 1) >= 0 && ::dup2(log, 2) >= 0 && ::chdir("/") == 0) {
            ::close_range(3, ~0U, 0);
            ::execve("/proc/self/exe", arguments.data(), surroundings.data());
        }
        ::_exit(127);
    }
    for (const int fd : {ends[1], log, null}) ::close(fd);
    if (child > 0) ::waitpid(child, nullptr, 0);
    crashPoint("embedded: supervisor started");

    std::string said;
    Stopwatch since;
    for (bool open = child > 0; open && !said.contains('\n') && !interrupted() && since.elapsed() < patience;) {
        pollfd wait{ends[0], POLLIN, 0};
        if (::poll(&wait, 1, 100) <= 0) continue;
        std::array<char, 1024> buffer;
        const ssize_t got = ::read(ends[0], buffer.data(), buffer.size());
        open = got > 0;
        if (open) said.append(buffer.data(), static_cast<size_t>(got));
    }
    ::close(ends[0]);
    checkInterrupted();
    if (since.elapsed() >= patience)
        throw failed(base, "it is not ready after a minute; it may be recovering from a crash, and goes on with that");
    return said.substr(0, said.find('\n'));
}

/// The server of `folder`, started if need be, whoever starts it.
Status runningServer(const ServerFolder& folder, const std::function<void(const std::string&)>& say) {
    const fs::path base = folder.base;
    if (auto status = readStatus(base)) return *status;

    makeBase(base);
    const FileLock lock(base / "start.lock", [&] {
        if (say) say("another command is starting the private server; waiting for it");
    });
    for (Stopwatch since; since.elapsed() < patience;) {
        if (auto status = readStatus(base)) return *status;
        checkInterrupted();
        if (supervisorOf(base) != 0) {
            // It is starting for a command that was killed, or ending because nobody was there.
            std::this_thread::sleep_for(10ms);
            continue;
        }
        prepare(folder, binariesFor(base), say);
        const std::string said = startSupervisor(base);
        if (said != "ready" && said != "taken" && said != "stopped")
            throw failed(base, said.empty() ? "its supervisor ended at once" : said);
    }
    throw failed(base, fmt::format("its supervisor (process {}) has been busy for a minute", supervisorOf(base)));
}

void checkName(const std::string& name) {
    auto allowed = [](unsigned char c) { return c >= 0x80 || std::isalnum(c) || c == '_' || c == '-' || c == '.'; };
    // Longer names are cut by the server (manual, Identifiers and Key Words), and would then not be found again.
    if (!name.empty() && name.size() <= 63 && std::ranges::all_of(name, allowed)) return;
    throw Error("embedded-name", Exit::usage, fmt::format("embedded:{} does not name a database", name),
                "write letters, digits, _, - and . after embedded:, 63 bytes at most, as in embedded:dev");
}

/// Whether the database is known to be there: it is on the list and its folder in the data directory has not gone. (The
/// folder's name is the database's OID: manual, Database File Layout.)
bool knownDatabase(const fs::path& base, const std::string& name) {
    std::ifstream list(base / "databases");
    for (std::string line; std::getline(list, line);) {
        const size_t space = line.find(' ');
        std::error_code ignored;
        if (space != std::string::npos && line.substr(space + 1) == name)
            return fs::exists(base / "data/base" / line.substr(0, space), ignored);
    }
    return false;
}

void rememberDatabase(const fs::path& base, const std::string& name, const std::string& oid) {
    std::ifstream list(base / "databases");
    std::string kept;
    for (std::string line; std::getline(list, line);)
        if (!line.ends_with(" " + name)) kept += line + "\n";
    putFile(base / "databases", kept + oid + " " + name + "\n");
}

void createDatabase(const ServerFolder& folder, const Status& server, const std::string& name) {
    auto connection = Connection::open(targetOf(server.socket, "postgres"), "slipway");
    auto oid = [&] { return connection->value("SELECT oid FROM pg_database WHERE datname = $1", {name}); };
    if (!oid()) {
        try {
            connection->run("CREATE DATABASE " + connection->identifier(name));
            crashPoint("embedded: database created");
        } catch (const Error& error) {
            // Another command made it in between: it exists already, or both wrote its row at once.
            if (error.sqlstate != "42P04" && error.sqlstate != "23505") throw;
        }
    }
    rememberDatabase(folder.base, name, oid().value_or(""));
}

}  // namespace

ServerStatus serverStatus(const ServerFolder& folder) {
    const auto status = readStatus(folder.base);
    if (!status) return {.data = (fs::path(folder.base) / "data").string(), .socket = folder.socket};
    return {.running = true,
            .supervisor = status->supervisor,
            .postmaster = status->postmaster,
            .version = status->version,
            .bin = status->bin,
            .data = (fs::path(folder.base) / "data").string(),
            .socket = status->socket};
}

Target openEmbedded(const ServerFolder& folder, const std::string& name,
                    const std::function<void(const std::string&)>& say) try {
    checkName(name);
    const Status server = runningServer(folder, say);
    if (!knownDatabase(folder.base, name)) createDatabase(folder, server, name);
    return targetOf(server.socket, name);
} catch (const fs::filesystem_error& failure) {
    throw folderError(failure);
}

bool stopServer(const ServerFolder& folder) {
    const int supervisor = supervisorOf(folder.base);
    if (supervisor == 0) return false;
    ::kill(supervisor, SIGTERM);
    for (Stopwatch since; supervisorOf(folder.base) == supervisor;) {
        checkInterrupted();
        if (since.elapsed() > 100s)
            throw Error("embedded-busy", Exit::outside,
                        fmt::format("the private server (supervisor {}) does not end", supervisor),
                        fmt::format("read {}/log; kill -QUIT on its postmaster ends it at once", folder.base));
        std::this_thread::sleep_for(10ms);
    }
    return true;
}

void removeServer(const ServerFolder& folder) {
    const fs::path base = folder.base;
    std::error_code unreadable;
    if (!fs::exists(base, unreadable)) return;
    if (projectOf(base) != folder.project)
        throw Error("embedded-folder", Exit::usage,
                    fmt::format("{} is not the folder of the private server of {}", base.string(), folder.project),
                    "look into it and delete it by hand if it may go");
    const FileLock lock(base / "start.lock");
    stopServer(folder);
    if (fs::path(folder.socket).parent_path() != base) removeFolder(folder.socket);
    removeFolder(base);
}

}  // namespace slipway::postgres
