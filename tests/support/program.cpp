#include "support/program.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <thread>

#include "base/process.h"

namespace slipway::tests {

namespace {

/// A file without a name: unlike a pipe it never makes the program wait for its reader.
int scratchFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "slipway-said-XXXXXX").string();
    const int fd = ::mkostemp(pattern.data(), O_CLOEXEC);
    if (fd < 0) throw std::runtime_error("cannot make a temporary file");
    ::unlink(pattern.c_str());
    return fd;
}

std::string contentOf(int fd) {
    std::string content;
    char buffer[65536];
    ssize_t got = 0;
    while ((got = ::pread(fd, buffer, sizeof buffer, static_cast<off_t>(content.size()))) > 0)
        content.append(buffer, static_cast<size_t>(got));
    return content;
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Ended& ended) {
    return out << "exit code " << ended.code << " after " << showDuration(ended.took) << "\n" << ended.output << ended.errors;
}

Running::Running(const std::vector<std::string>& arguments, const Environment& given) {
    std::vector<std::string> strings = arguments;
    const char* other = std::getenv("SLIPWAY_BINARY");  // to test another build
    strings.insert(strings.begin(), other ? other : SLIPWAY_BINARY);
    std::vector<std::string> variables = environment({"SLIPWAY_CRASH", "PG"}, given);
    const std::vector<char*> argv = pointers(strings), envp = pointers(variables);
    output_ = scratchFile();
    errors_ = scratchFile();
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("cannot fork");
    if (pid_ > 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, 0);
    ::dup2(output_, 1);
    ::dup2(errors_, 2);
    ::execve(argv[0], argv.data(), envp.data());
    ::_exit(127);
}

Running::~Running() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    ::close(output_);
    ::close(errors_);
}

void Running::signal(int number) const {
    if (pid_ > 0) ::kill(pid_, number);
}

std::string Running::errors() const { return contentOf(errors_); }

bool Running::says(const std::string& text, Milliseconds wait) const {
    for (const Stopwatch waited; waited.elapsed() < wait; std::this_thread::sleep_for(Milliseconds(20)))
        if (errors().find(text) != std::string::npos) return true;
    return false;
}

Ended Running::end() {
    int status = 0;
    rusage used{};
    const Stopwatch waited;
    while (::wait4(pid_, &status, WNOHANG, &used) == 0) {
        if (waited.elapsed() > std::chrono::minutes(2)) throw std::runtime_error("slipway does not end:\n" + errors());
        std::this_thread::sleep_for(Milliseconds(1));
    }
    pid_ = -1;
    return {WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status), contentOf(output_), contentOf(errors_),
            used.ru_maxrss, since_.elapsed()};
}

Ended slipway(const std::vector<std::string>& arguments, const Environment& environment) {
    return Running(arguments, environment).end();
}

Project::Project(const std::string& settings) : settings_(settings) {
    pointTo(database.url());
    std::filesystem::create_directory(folder.path("db"));
}

void Project::pointTo(const std::string& url) const {
    folder.write("slipway.toml", "[project]\nmigrations = \"db\"\nlayout = \"flyway\"\n[environments.dev]\nurl = \"" + url + "\"\n" +
                                     settings_ + "\n");
}

std::string Project::historyOf(const Database& database) {
    return database.value(
        "SELECT string_agg(concat_ws('|', installed_rank, coalesce(version, '-'), description, type, script, "
        "coalesce(checksum::text, '-'), installed_by, success), E'\\n' ORDER BY installed_rank) FROM flyway_schema_history");
}

bool eventually(const Database& database, const std::string& query, const std::string& expected, Milliseconds wait) {
    const auto connection = database.connect();
    for (const Stopwatch waited; waited.elapsed() < wait; std::this_thread::sleep_for(Milliseconds(20)))
        if (connection->value(query) == expected) return true;
    return false;
}

}  // namespace slipway::tests
