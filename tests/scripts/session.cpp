#include "scripts/session.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace slipway::scripts {

namespace fs = std::filesystem;

namespace {

std::string readAll(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void writeAll(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

std::string shellWord(const std::string& word) {
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

/// Beside the chosen server, which may have come without clients, else of the newest installed one. /usr/bin/psql is a
/// wrapper that takes five times as long.
std::string findPsql() {
    if (const char* bin = std::getenv("SLIPWAY_POSTGRES_BIN"))
        if (const std::string psql = std::string(bin) + "/psql"; fs::exists(psql)) return psql;
    int newest = 0;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", none))
        if (fs::exists(entry.path() / "bin/psql"))
            newest = std::max(newest, std::atoi(entry.path().filename().c_str()));
    if (newest == 0) throw std::runtime_error("psql is not installed; script/test installs it");
    return "/usr/lib/postgresql/" + std::to_string(newest) + "/bin/psql";
}

/// Runs a program in a process session of its own, without input, its output appended to `output`. Returns its pid.
pid_t start(const std::vector<std::string>& words, const std::string& folder, const std::string& output) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no process could be started");
    if (child > 0) return child;
    ::setsid();
    const int in = ::open("/dev/null", O_RDONLY), out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (in < 0 || out < 0 || ::chdir(folder.c_str()) != 0) ::_exit(126);
    ::dup2(in, 0);
    ::dup2(out, 1);
    ::dup2(out, 2);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
}

/// Waits for a child; false when it had to be killed after `seconds`. Whatever it left in its process group goes too.
bool finish(pid_t child, int seconds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    bool inTime = true;
    while (::waitpid(child, nullptr, WNOHANG) == 0) {
        if (inTime && std::chrono::steady_clock::now() > end) {
            inTime = false;
            ::kill(-child, SIGKILL);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ::kill(-child, SIGKILL);
    return inTime;
}

void replaceAll(std::string& text, const std::string& from, const std::string& to) {
    for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

}  // namespace

bool hasPgDump() {
    const char* bin = std::getenv("SLIPWAY_POSTGRES_BIN");
    return !bin || fs::exists(fs::path(bin) / "pg_dump");
}

Session::Session(const World& world, const Transcript& transcript) : world_(world), transcript_(transcript) {
    char pattern[] = "/tmp/st.XXXXXX";
    if (!::mkdtemp(pattern)) throw std::runtime_error("no temporary folder could be made in /tmp");
    base_ = pattern;
    for (std::string* path : {&world_.program, &world_.serverFolder, &world_.source})
        *path = fs::absolute(*path).string();
    ::chmod(pattern, 0755);  // PostgreSQL, which does not run as root, has to reach a server's data below it
    for (const char* folder : {"work", "home", "state", "bin"}) fs::create_directory(fs::path(base_) / folder);

    // What the caller has configured must not reach the commands.
    std::vector<std::string> foreign;
    for (char** variable = environ; *variable; ++variable) {
        const std::string name = std::string(*variable).substr(0, std::string(*variable).find('='));
        if (name == "SLIPWAY_POSTGRES_BIN") continue;
        if (name.starts_with("PG") || name.starts_with("FLYWAY_") || name.starts_with("SLIPWAY_"))
            foreign.push_back(name);
    }
    for (const std::string& name : foreign) ::unsetenv(name.c_str());

    const std::string path = fs::path(world_.program).parent_path().string() + ":" + base_ +
                             "/bin:" + (std::getenv("PATH") ? std::getenv("PATH") : "/usr/bin:/bin");
    const std::vector<std::pair<const char*, std::string>> variables = {
        {"PATH", path},
        {"TMP", base_ + "/work"},
        {"HOME", base_ + "/home"},
        {"XDG_STATE_HOME", base_ + "/state"},
        {"SLIPWAY_STATE_DIR", base_ + "/state"},
        {"TESTDIR", fs::absolute(transcript_.file).parent_path().string()},
        {"EXAMPLES", world_.source + "/examples"},
        {"LC_ALL", "C.UTF-8"},
        {"TZ", "UTC"},
    };
    for (const auto& [name, value] : variables) ::setenv(name, value.c_str(), 1);
    // A page is read from the top of a checkout.
    if (transcript_.markdown && fs::exists(world_.source + "/examples"))
        fs::copy(world_.source + "/examples", base_ + "/work/examples", fs::copy_options::recursive);
    addProgram("runner", shellWord(fs::read_symlink("/proc/self/exe")) + " --slipway " + shellWord(world_.program) +
                             " --server " + shellWord(world_.serverFolder) + " --source " + shellWord(world_.source) +
                             " \"$@\"");
}

void Session::addProgram(const std::string& name, const std::string& command) const {
    const std::string file = base_ + "/bin/" + name;
    writeAll(file, "#!/bin/bash\nexec " + command + "\n");
    ::chmod(file.c_str(), 0755);
}

void Session::createDatabase() {
    std::ifstream url(fs::path(world_.serverFolder) / "url");
    for (std::string word; url >> word;)
        if (word.starts_with("host=")) host_ = word.substr(5);
    if (host_.empty())
        throw std::runtime_error("the test server does not run: use script/test, or tests/support/server.sh start " +
                                 world_.serverFolder);
    name_ = "t" + std::to_string(::getpid());
    const std::string psql =
        shellWord(findPsql()) + " -XAtq -v ON_ERROR_STOP=1 -h " + shellWord(host_) + " -U postgres";
    addProgram("sql", psql + " -d " + name_ + " ${1+-c \"$*\"}");
    addProgram("sql-server", psql + " -d postgres -c \"$*\"");
    const std::string said = base_ + "/createdb";
    finish(start({base_ + "/bin/sql-server", "CREATE DATABASE " + name_ + " TEMPLATE template0"}, base_, said), 30);
    if (const std::string complaint = readAll(said); !complaint.empty()) throw std::runtime_error(complaint);
    ::setenv("DB_NAME", name_.c_str(), 1);
    ::setenv("DB_HOST", host_.c_str(), 1);
    ::setenv("DB_URL", ("postgresql:///" + name_ + "?host=" + host_ + "&user=postgres").c_str(), 1);
}

/// The processes that were told of the session's folder: embedded servers and their supervisors outlive a shell.
std::vector<pid_t> Session::survivors() const {
    std::vector<pid_t> found;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator("/proc", none)) {
        const pid_t process = std::atoi(entry.path().filename().c_str());
        if (process <= 0 || process == ::getpid()) continue;
        // A server writes its title over its environment, hence both.
        for (const char* told : {"environ", "cmdline"})
            if (readAll(entry.path() / told).find(base_ + "/") != std::string::npos) {
                found.push_back(process);
                break;
            }
    }
    return found;
}

void Session::stopServers() const {
    for (int tries = 0; tries < 100; ++tries) {
        const std::vector<pid_t> processes = survivors();
        if (processes.empty()) return;
        for (const pid_t process : processes) {
            const bool server = readAll("/proc/" + std::to_string(process) + "/comm") == "postgres\n";
            // SIGQUIT is a server's immediate shutdown; killed outright it would leave shared memory behind.
            if (tries == 0) ::kill(process, server ? SIGQUIT : SIGTERM);
            if (tries == 99) ::kill(process, SIGKILL);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

Session::~Session() {
    stopServers();
    if (!name_.empty())
        finish(start({base_ + "/bin/sql-server", "DROP DATABASE " + name_ + " WITH (FORCE)"}, "/", "/dev/null"), 30);
    std::error_code none;
    fs::remove_all(base_, none);
}

std::vector<Actual> Session::run() {
    if (transcript_.asksFor("database")) createDatabase();
    const std::string mark = "=== " + fs::path(base_).filename().string() + " ";
    // The mark hands on the exit code, so that a command may look at $? of the one before.
    std::string script =
        "__mark() { local code=$?; printf '" + mark + "%s %s\\n' \"$1\" \"$code\"; return \"$code\"; }\n";
    for (size_t i = 0; i < transcript_.commands.size(); ++i)
        script += transcript_.commands[i].text + "\n__mark " + std::to_string(i) + "\n";
    writeAll(base_ + "/commands", script);
    const bool inTime =
        finish(start({"bash", base_ + "/commands"}, base_ + "/work", base_ + "/output"), world_.seconds);

    std::vector<Actual> actual(transcript_.commands.size());
    const std::string output = readAll(base_ + "/output");
    size_t at = 0;
    for (Actual& each : actual) {
        const size_t end = output.find(mark, at);
        std::string text = normalised(output.substr(at, end == std::string::npos ? end : end - at));
        if (!text.empty() && text.back() != '\n') text += " (no-eol)\n";
        for (size_t line = 0; line < text.size();) {
            const size_t next = text.find('\n', line);
            each.lines.push_back(text.substr(line, next - line));
            line = next + 1;
        }
        if (end == std::string::npos) {
            each.lines.push_back(inTime ? "(the shell ended here)"
                                        : "(ended after " + std::to_string(world_.seconds) + " s)");
            each.ran = true;
            break;
        }
        const size_t newline = output.find('\n', end);
        each.exitCode = std::stoi(output.substr(output.find(' ', end + mark.size())));
        each.ran = true;
        at = newline + 1;
    }
    return actual;
}

std::string Session::normalised(std::string text) const {
    replaceAll(text, base_ + "/work", "$TMP");
    replaceAll(text, base_ + "/state", "$STATE");
    replaceAll(text, base_ + "/home", "$HOME");
    if (!name_.empty()) {
        replaceAll(text, host_, "$DB_HOST");
        replaceAll(text, name_, "$DB_NAME");
    }
    return text;
}

}  // namespace slipway::scripts
