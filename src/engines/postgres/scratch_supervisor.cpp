// The supervisor: the process that owns an embedded server and ends with it.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <thread>

#include "base/text.h"
#include "engines/postgres/scratch_folder.h"

namespace slipway::postgres {

namespace {

using namespace std::chrono_literals;

/// The supervisor's answer to the command that started it is the first line of its standard output.
void answer(const std::string& line) {
    std::fputs((line + "\n").c_str(), stdout);
    std::fflush(stdout);
    if (const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC); null >= 0) {
        ::dup2(null, 1);
        ::close(null);
    }
}

/// Takes the record lock that makes this process the supervisor of `base`; the kernel frees it when the process ends.
bool takeOffice(const fs::path& base) {
    const int fd = ::open((base / "supervisor.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    return fd >= 0 && ::fcntl(fd, F_SETLK, &whole) == 0;
}

/// Line `number` (from 1) of postmaster.pid; the lines are listed in PostgreSQL's src/include/utils/pidfile.h.
std::string pidFileLine(const fs::path& data, int number) {
    std::ifstream file(data / "postmaster.pid");
    std::string line;
    while (number-- > 0)
        if (!std::getline(file, line)) return "";
    return std::string(trim(line));
}

/// The server processes that work in this data directory, as all of a server's processes do. That tells them from a
/// process that got the number in postmaster.pid after a crash.
std::vector<pid_t> serversIn(const fs::path& data) {
    std::vector<pid_t> found;
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator("/proc", gone)) {
        const pid_t pid = std::atoi(entry.path().filename().c_str());
        if (pid > 0 && fs::read_symlink(entry.path() / "cwd", gone) == data &&
            fs::read_symlink(entry.path() / "exe", gone).filename().string().starts_with("postgres"))
            found.push_back(pid);
    }
    return found;
}

/// A server whose supervisor was killed is told to end by the kernel, and the backends of a killed server end when they
/// notice; this waits for both, since a new server does not start beside them. Lock files that are there then name
/// processes that are dead or somebody else's, which would keep the server from starting, and are removed.
void clearOrphans(const fs::path& data, const fs::path& socket) {
    for (Stopwatch since;; std::this_thread::sleep_for(20ms)) {
        const std::vector<pid_t> orphans = serversIn(data);
        if (orphans.empty()) break;
        if (since.elapsed() > 40s)
            throw Error("embedded-failed", Exit::outside,
                        fmt::format("a server left behind (process {}) does not end", orphans.front()),
                        fmt::format("end it by hand: kill -QUIT {}", orphans.front()));
        if (since.elapsed() > 20s)
            for (const pid_t orphan : orphans) ::kill(orphan, SIGQUIT);
    }
    std::error_code ignored;
    for (const fs::path& file : {data / "postmaster.pid", socket / ".s.PGSQL.5432.lock", socket / ".s.PGSQL.5432"})
        fs::remove(file, ignored);
}

/// Whether a path is certainly not there; one that may not be looked at counts as there.
bool gone(const fs::path& path) {
    std::error_code ignored;
    return fs::status(path, ignored).type() == fs::file_type::not_found;
}

/// The server of one folder, from its start to its end.
class Supervisor {
  public:
    explicit Supervisor(const std::string& base)
        : base_(base),
          data_(base_ / "data"),
          project_(scratch::projectOf(base_)),
          binaries_(scratch::binariesFor(base_)),
          socket_(scratch::socketFolder(base_)) {
        sigemptyset(&signals_);
        for (const int signal : {SIGTERM, SIGINT, SIGCHLD}) sigaddset(&signals_, signal);
        if (const char* seconds = std::getenv("SLIPWAY_EMBEDDED_IDLE"))
            if (const auto parsed = parseDuration(seconds)) idle_ = *parsed;
    }

    void start();
    bool waitUntilReady();
    void announce();
    void watch();
    void stop(int signal);

  private:
    bool alive();
    int awaitSignal(Milliseconds atMost);
    bool foldersThere() const;
    bool busy();
    bool leave();

    fs::path base_, data_;
    std::string project_;
    scratch::Binaries binaries_;
    std::string socket_;
    Milliseconds idle_ = 600s;
    sigset_t signals_;
    pid_t postmaster_ = 0;
    std::unique_ptr<Connection> connection_;
};

void Supervisor::start() {
    clearOrphans(data_, socket_);
    std::vector<std::string> words = {binaries_.folder + "/postgres", "-D", data_.string()};
    auto set = [&](const std::string& setting) {
        words.push_back("-c");
        words.push_back(setting);
    };
    set("listen_addresses=");
    set("port=5432");
    set("unix_socket_directories=\"" + replaceAll(socket_, "\"", "\"\"") + "\"");
    set("unix_socket_permissions=0700");
    set("logging_collector=off");
    const char* fsync = std::getenv("SLIPWAY_EMBEDDED_FSYNC");
    if (fsync && std::string_view(fsync) == "off")
        for (const char* setting : {"fsync=off", "full_page_writes=off"}) set(setting);
    std::vector<std::string> variables = environment({"SLIPWAY_"});
    const std::vector<char*> arguments = pointers(words), surroundings = pointers(variables);
    const auto owner = scratch::serverAccount();
    const pid_t parent = ::getpid();
    postmaster_ = ::fork();
    if (postmaster_ == 0) {
        if (!owner || become(*owner)) {
            // Fast shutdown when the supervisor is killed; a change of user clears it, so it comes after.
            ::prctl(PR_SET_PDEATHSIG, SIGINT);
            if (::getppid() != parent) ::_exit(1);
            std::signal(SIGPIPE, SIG_DFL);
            sigset_t none;
            sigemptyset(&none);
            ::sigprocmask(SIG_SETMASK, &none, nullptr);
            ::execve(arguments[0], arguments.data(), surroundings.data());
        }
        ::_exit(127);
    }
}

bool Supervisor::alive() {
    if (postmaster_ > 0 && ::waitpid(postmaster_, nullptr, WNOHANG) != 0) postmaster_ = 0;
    return postmaster_ > 0;
}

/// Waits for a signal; 0 when none came, or only news of a child that is still there.
int Supervisor::awaitSignal(Milliseconds atMost) {
    const timespec wait{atMost.count() / 1000, atMost.count() % 1000 * 1000000};
    const int signal = ::sigtimedwait(&signals_, nullptr, &wait);
    return signal == SIGTERM || signal == SIGINT ? signal : 0;
}

/// False when it was told to end while it waited. Throws when the server does not come up.
bool Supervisor::waitUntilReady() {
    for (Stopwatch since; pidFileLine(data_, 8) != "ready";) {
        if (!alive())
            throw Error("embedded-failed", Exit::outside, "the private PostgreSQL ended while it started",
                        "see its log");
        if (since.elapsed() > 10min)  // crash recovery may take long, and ends
            throw Error("embedded-failed", Exit::outside, "the private PostgreSQL does not get ready", "see its log");
        if (awaitSignal(5ms) != 0) return false;
    }
    return true;
}

void Supervisor::announce() {
    scratch::writeStatus(base_, {::getpid(), postmaster_, binaries_.version, binaries_.folder, socket_});
}

bool Supervisor::foldersThere() const {
    return !gone(data_ / "PG_VERSION") && !gone(fs::path(socket_) / ".s.PGSQL.5432") &&
           (project_.empty() || !gone(project_));
}

/// Whether anybody else is connected; also when that cannot be found out.
bool Supervisor::busy() {
    try {
        if (!connection_ || !connection_->alive())
            connection_ = Connection::open(scratch::targetOf(socket_, "postgres"), "slipway supervisor");
        return connection_->value(
                   "SELECT count(*) FROM pg_stat_activity WHERE backend_type IN ('client backend', 'walsender') "
                   "AND pid <> pg_backend_pid()") != "0";
    } catch (const Error&) {
        connection_.reset();
        return true;
    }
}

/// Ends an idle server's status, so that no further command counts on it; true when nobody came in the moment after,
/// in which a command that had read it before would have connected.
bool Supervisor::leave() {
    std::error_code ignored;
    fs::remove(base_ / "status", ignored);
    if (awaitSignal(1s) != 0 || !busy()) return true;
    announce();
    return false;
}

void Supervisor::watch() {
    Stopwatch sinceBusy, sinceAsked;
    while (alive()) {
        if (awaitSignal(1s) != 0) return stop(SIGINT);
        if (!foldersThere()) {
            // Data that are gone cannot be shut down in order; data of a vanished project can, and stay.
            return stop(gone(data_ / "PG_VERSION") ? SIGQUIT : SIGINT);
        }
        if (idle_.count() == 0 || sinceAsked.elapsed() < 2s) continue;
        sinceAsked = {};
        if (busy()) sinceBusy = {};
        if (sinceBusy.elapsed() < idle_) continue;
        if (leave()) return stop(SIGINT);
        sinceBusy = {};
    }
    std::error_code ignored;
    fs::remove(base_ / "status", ignored);
}

/// Ends the server: `signal` is SIGINT (fast) or SIGQUIT (immediate); a server that does not end gets the stronger ones
/// after it (manual, Shutting Down the Server).
void Supervisor::stop(int signal) {
    connection_.reset();
    std::error_code ignored;
    fs::remove(base_ / "status", ignored);
    Stopwatch since;
    for (Milliseconds patience = 0s; alive(); awaitSignal(100ms)) {
        if (since.elapsed() < patience) continue;
        ::kill(postmaster_, signal);
        patience += signal == SIGINT ? 60s : 10s;
        signal = signal == SIGINT ? SIGQUIT : SIGKILL;
    }
}

}  // namespace

int supervise(const std::string& base) {
    // Signals are waited for, so that none comes between two steps. SIGHUP means nothing without a terminal.
    sigset_t waited;
    sigemptyset(&waited);
    for (const int signal : {SIGTERM, SIGINT, SIGCHLD, SIGHUP}) sigaddset(&waited, signal);
    ::sigprocmask(SIG_BLOCK, &waited, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    ::umask(077);
    std::unique_ptr<Supervisor> supervisor;
    try {
        if (!takeOffice(base)) {
            answer("taken");
            return 0;
        }
        supervisor = std::make_unique<Supervisor>(base);
        supervisor->start();
        if (supervisor->waitUntilReady()) {
            supervisor->announce();
            answer("ready");
            supervisor->watch();
        } else {
            answer("stopped");
            supervisor->stop(SIGINT);
        }
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "slipway: %s\n", error.what());
        if (supervisor) supervisor->stop(SIGINT);
        answer(error.what());
        return static_cast<int>(Exit::outside);
    }
}

}  // namespace slipway::postgres
