#include "engines/postgres/scratch_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <thread>

#include "base/digest.h"
#include "base/interrupt.h"
#include "base/text.h"

namespace slipway::postgres::scratch {

namespace {

constexpr size_t longestSocketPath = 107;  // sockaddr_un.sun_path, less its final NUL (unix(7))
constexpr std::string_view socketName = "/.s.PGSQL.5432";

Error folderError(const fs::path& folder, const std::string& what) {
    return Error(
        "embedded-folder", Exit::outside, fmt::format("cannot use {}: {}", folder.string(), what),
        "free the path or its permissions, or name another folder for the private server by SLIPWAY_STATE_DIR");
}

Error folderError(const fs::path& folder) {
    return folderError(folder, std::strerror(errno));
}

bool isRoot() {
    return ::geteuid() == 0;
}

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

int number(const std::string& text) {
    int result = 0;
    std::from_chars(text.data(), text.data() + text.size(), result);
    return result;
}

}  // namespace

FileLock::FileLock(const fs::path& file, const std::function<void()>& waiting) {
    for (bool told = false;;) {
        fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd_ < 0) throw folderError(file);
        while (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
            if (errno != EWOULDBLOCK && errno != EINTR) throw folderError(file);
            if (waiting && !told) waiting();
            told = true;
            if (interrupted()) ::close(fd_);
            checkInterrupted();
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        // Whoever held it may have deleted the file, and a lock on a deleted file keeps nobody out.
        struct stat mine = {}, there = {};
        if (::fstat(fd_, &mine) == 0 && ::stat(file.c_str(), &there) == 0 && mine.st_ino == there.st_ino) return;
        ::close(fd_);
    }
}

FileLock::~FileLock() {
    ::close(fd_);
}

std::optional<Account> serverAccount() {
    if (!isRoot()) return std::nullopt;
    if (auto account = findAccount("postgres")) return account;
    throw Error(
        "postgres-user-missing", Exit::outside,
        "PostgreSQL does not run as root, and this machine has no user postgres to run it as",
        "create it (useradd --system postgres; Debian's package postgresql does), or run slipway as another user");
}

fs::path stateRoot() {
    if (const std::string state = variable("SLIPWAY_STATE_DIR"); !state.empty())
        return fs::absolute(state).lexically_normal();
    if (isRoot()) return "/var/lib/slipway";
    // The XDG Base Directory Specification has relative paths ignored.
    if (const std::string state = variable("XDG_STATE_HOME"); state.starts_with('/'))
        return fs::path(state) / "slipway";
    std::string home = variable("HOME");
    if (home.empty())
        if (const auto account = ownAccount()) home = account->home;
    if (home.empty())
        throw Error("embedded-folder", Exit::usage, "this user has no home folder in which a private server could lie",
                    "name a folder for it by SLIPWAY_STATE_DIR");
    return fs::path(home) / ".local/state/slipway";
}

std::string socketFolder(const fs::path& base) {
    const std::string run = (base / "run").string();
    // libpq reads a comma in a host as the end of the first of several.
    if (run.size() + socketName.size() <= longestSocketPath && !run.contains(',')) return run;
    return fmt::format("/tmp/slipway-{}-{}", ::geteuid(), sha256(base.string()).substr(0, 12));
}

Error folderError(const fs::filesystem_error& failure) {
    return folderError(failure.path1(), failure.code().message());
}

void makeBase(const fs::path& base) {
    const unsigned mode = isRoot() ? 0755 : 0700;
    const fs::path root = base.parent_path();
    fs::create_directories(root.parent_path());
    if (!fs::exists(root)) makeFolder(root, mode);
    makeFolder(base, mode);
}

Target targetOf(const std::string& socketFolder, const std::string& database) {
    auto quoted = [](const std::string& text) {
        return "'" + replaceAll(replaceAll(text, "\\", "\\\\"), "'", "\\'") + "'";
    };
    return {.url = fmt::format("host={} port=5432 user=postgres dbname={}", quoted(socketFolder), quoted(database))};
}

void makeFolder(const fs::path& folder, unsigned mode, const std::optional<Account>& owner) {
    if (::mkdir(folder.c_str(), mode) == 0) {
        // mkdir() takes the umask off the mode.
        if (::chmod(folder.c_str(), mode) != 0) throw folderError(folder);
        if (owner && ::chown(folder.c_str(), owner->user, owner->group) != 0) throw folderError(folder);
        return;
    }
    if (errno != EEXIST) throw folderError(folder);
    struct stat info {};
    if (::lstat(folder.c_str(), &info) != 0) throw folderError(folder);
    if (!S_ISDIR(info.st_mode)) throw folderError(folder, "it is no folder");
    if (info.st_uid != (owner ? owner->user : ::geteuid())) throw folderError(folder, "it belongs to another user");
    if ((info.st_mode & 07777) != mode && ::chmod(folder.c_str(), mode) != 0) throw folderError(folder);
}

void putFile(const fs::path& file, const std::string& content) {
    fs::path temporary = file;
    temporary += fmt::format(".{}", ::getpid());
    std::ofstream(temporary, std::ios::binary) << content;
    std::error_code failed;
    if (fs::file_size(temporary, failed) != content.size() || failed) throw folderError(file, "it cannot be written");
    fs::rename(temporary, file, failed);
    if (failed) throw folderError(file, failed.message());
}

void removeFolder(const fs::path& folder) {
    std::error_code failed;
    fs::remove_all(folder, failed);
    if (failed) throw folderError(folder, failed.message());
}

std::string projectOf(const fs::path& base) {
    std::error_code ignored;
    if (!fs::exists(base / "project", ignored)) return "";
    return std::string(trim(readFile(base / "project")));
}

int supervisorOf(const fs::path& base) {
    const int fd = ::open((base / "supervisor.lock").c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return 0;
    struct flock ask {};
    ask.l_type = F_WRLCK;
    ask.l_whence = SEEK_SET;
    const bool held = ::fcntl(fd, F_GETLK, &ask) == 0 && ask.l_type != F_UNLCK;
    ::close(fd);
    return held ? ask.l_pid : 0;
}

std::optional<Status> readStatus(const fs::path& base) {
    std::error_code ignored;
    const int supervisor = supervisorOf(base);
    if (supervisor == 0 || !fs::exists(base / "status", ignored)) return std::nullopt;
    std::ifstream file(base / "status");
    std::map<std::string, std::string> entries;
    for (std::string line; std::getline(file, line);)
        if (const size_t equals = line.find('='); equals != std::string::npos)
            entries[line.substr(0, equals)] = line.substr(equals + 1);
    Status status{number(entries["supervisor"]), number(entries["postmaster"]), entries["version"], entries["bin"],
                  entries["socket"]};
    // A file left by a supervisor that was killed names another process than the one that holds the lock now.
    if (status.supervisor != supervisor) return std::nullopt;
    return status;
}

void writeStatus(const fs::path& base, const Status& status) {
    putFile(base / "status",
            fmt::format("supervisor={}\npostmaster={}\nversion={}\nbin={}\nsocket={}\n", status.supervisor,
                        status.postmaster, status.version, status.bin, status.socket));
}

}  // namespace slipway::postgres::scratch

namespace slipway::postgres {

ServerFolder serverFolder(const std::string& project) try {
    const std::string path = fs::weakly_canonical(fs::absolute(project)).string();
    const fs::path base = scratch::stateRoot() / sha256(path).substr(0, 12);
    return {path, base.string(), scratch::socketFolder(base)};
} catch (const fs::filesystem_error& failure) {
    throw scratch::folderError(failure);
}

}  // namespace slipway::postgres
