// Making the embedded server's data directory.
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>

#include "base/crash.h"
#include "base/text.h"
#include "engines/postgres/scratch_folder.h"

namespace slipway::postgres {

namespace {

bool holdsServer(const fs::path& folder) {
    return ::access((folder / "postgres").c_str(), X_OK) == 0 && ::access((folder / "initdb").c_str(), X_OK) == 0;
}

/// The folder that SLIPWAY_POSTGRES_BIN names, "" when it names none.
std::string chosenServer() {
    const char* chosen = std::getenv("SLIPWAY_POSTGRES_BIN");
    return chosen && *chosen ? fs::absolute(chosen).string() : "";
}

/// Folders in which packages put a server, the newest version first: Debian's, those of the PostgreSQL project's RPMs,
/// a build's own default, and PATH.
std::vector<std::string> installedServers() {
    std::vector<std::pair<int, std::string>> found;
    auto lookIn = [&](const fs::path& parent, std::string_view prefix) {
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(parent, ignored)) {
            const std::string name = entry.path().filename().string();
            if (!name.starts_with(prefix)) continue;
            const int version = std::atoi(name.c_str() + prefix.size());
            if (version > 0 && holdsServer(entry.path() / "bin"))
                found.emplace_back(version, (entry.path() / "bin").string());
        }
    };
    lookIn("/usr/lib/postgresql", "");
    lookIn("/usr", "pgsql-");
    std::ranges::sort(found, std::greater{});
    std::vector<std::string> folders;
    for (const auto& [version, folder] : found) folders.push_back(folder);
    if (holdsServer("/usr/local/pgsql/bin")) folders.emplace_back("/usr/local/pgsql/bin");
    const char* path = std::getenv("PATH");
    for (const std::string& folder : split(path ? path : "", ':'))
        if (folder.starts_with('/') && holdsServer(folder)) folders.push_back(folder);
    return folders;
}

}  // namespace

std::optional<std::string> findServerBinaries() {
    if (const std::string chosen = chosenServer(); !chosen.empty()) {
        if (!holdsServer(chosen)) return std::nullopt;
        return chosen;
    }
    const std::vector<std::string> installed = installedServers();
    if (installed.empty()) return std::nullopt;
    return installed.front();
}

namespace scratch {

namespace {

/// "15.18" from "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)".
std::string versionOf(const std::string& folder) {
    const Outcome said = run({.arguments = {folder + "/postgres", "--version"}, .timeout = std::chrono::seconds(30)});
    const std::vector<std::string> words = split(trim(said.output), ' ');
    if (!said.ok() || words.size() < 3)
        throw Error("postgres-missing", Exit::outside, fmt::format("{}/postgres does not tell its version", folder),
                    "repair the installation, or name another by SLIPWAY_POSTGRES_BIN")
            .withDetail(said.errors);
    return words[2];
}

/// 15 for /usr/lib/postgresql/15/bin and /usr/pgsql-15/bin; 0 where the name says nothing.
int majorInName(const fs::path& folder) {
    std::string name = folder.parent_path().filename().string();
    if (name.starts_with("pgsql-")) name.erase(0, 6);
    const bool number = !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
    return number && name.size() == 2 ? std::stoi(name) : 0;
}

Error failed(const std::string& what, const Outcome& outcome) {
    const std::string said = lastLines(outcome.errors.empty() ? outcome.output : outcome.errors, 10);
    const bool full = said.find("No space left") != std::string::npos;
    return Error("embedded-failed", Exit::outside, what,
                 full ? "free some disk space and run the command again"
                      : "see what the program said; SLIPWAY_POSTGRES_BIN names another server, SLIPWAY_STATE_DIR "
                        "another folder")
        .withDetail(said);
}

/// Settings of every embedded server. They stand in its postgresql.conf, where a user may change them; what it cannot
/// run without is given on the command line (scratch_supervisor.cpp).
constexpr const char* settings = R"(
# Slipway's
max_connections = 200
shared_buffers = 128MB
wal_level = replica
lc_messages = 'C'
log_line_prefix = '%m [%p] %a '
)";

/// The template for this version of the server; made at the first call.
fs::path templateFolder(const fs::path& root, const Binaries& binaries, const std::optional<Account>& owner) {
    const fs::path made = root / ("template-" + binaries.version);
    const FileLock lock(root / "template.lock");
    if (fs::exists(made)) return made;
    const fs::path half = root / ("template-" + binaries.version + ".new");
    removeFolder(half);
    makeFolder(half, 0700, owner);
    // The disk is synced once, when the copy is made.
    const Outcome outcome = run({.arguments = {binaries.folder + "/initdb", "-D", half.string(), "-U", "postgres", "-A",
                                               "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"},
                                 .folder = "/",
                                 .environment = environment({"PG"}, {{"LC_ALL", "C"}}),
                                 .account = owner,
                                 .timeout = std::chrono::minutes(5)});
    if (!outcome.ok()) {
        Error error = failed("initdb could not make the private server's data directory", outcome);
        removeFolder(half);
        throw error;
    }
    putFile(half / "postgresql.conf", readFile(half / "postgresql.conf") + settings);
    if (owner && ::chown((half / "postgresql.conf").c_str(), owner->user, owner->group) != 0)
        throw Error("embedded-folder", Exit::outside, "cannot hand the private server's settings to its user",
                    "check the file system of " + root.string());
    fs::rename(half, made);
    crashPoint("embedded: template made");
    return made;
}

/// The server's user must be able to walk down to its folder, which a private home in between forbids.
void checkReachable(const fs::path& base, const Account& owner) {
    if (run({.arguments = {"/usr/bin/test", "-x", base.string()}, .folder = "/", .account = owner}).ok()) return;
    throw Error(
        "embedded-folder", Exit::outside,
        fmt::format("the user {}, as whom PostgreSQL has to run under root, may not enter {}", owner.name,
                    base.string()),
        "name a folder that every user may enter by SLIPWAY_STATE_DIR (chmod o+x on it and on what is above it)");
}

void copyTemplate(const fs::path& from, const fs::path& data) {
    fs::path half = data;
    half += ".new";
    removeFolder(half);
    const Outcome outcome = run({.arguments = {"cp", "-a", "--reflink=auto", from.string(), half.string()}});
    if (!outcome.ok()) {
        Error error = failed("the private server's data directory could not be copied from its template", outcome);
        removeFolder(half);
        throw error;
    }
    // A server with fsync on syncs what it writes, not what was there before: without this a power failure soon after
    // the first start could take the data directory with it.
    if (const int fd = ::open(half.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); fd >= 0) {
        const char* fsync = std::getenv("SLIPWAY_EMBEDDED_FSYNC");
        if (!fsync || std::string_view(fsync) != "off") ::syncfs(fd);
        ::close(fd);
    }
    fs::rename(half, data);
    crashPoint("embedded: data copied");
}

}  // namespace

Binaries binariesFor(const fs::path& base) {
    const auto found = findServerBinaries();
    if (!found) {
        if (const std::string chosen = chosenServer(); !chosen.empty())
            throw Error("postgres-missing", Exit::outside,
                        fmt::format("SLIPWAY_POSTGRES_BIN is {}, where there is no postgres and initdb", chosen),
                        "let it name the folder of a PostgreSQL server's programs, or unset it");
        throw Error(
            "postgres-missing", Exit::outside, "no PostgreSQL server is installed, so none can be started here",
            "install one (Debian: apt-get install postgresql), name its folder of programs by SLIPWAY_POSTGRES_BIN, or "
            "give the environment a url of a running server");
    }
    Binaries binaries{*found, versionOf(*found)};
    const fs::path versionFile = base / "data/PG_VERSION";
    std::error_code ignored;
    if (!fs::exists(versionFile, ignored)) return binaries;
    const std::string made(trim(readFile(versionFile)));
    if (made == binaries.major()) return binaries;
    if (chosenServer().empty())
        for (const std::string& folder : installedServers())
            if (Binaries other{folder, versionOf(folder)}; other.major() == made) return other;
    throw Error(
        "embedded-version", Exit::outside,
        fmt::format("the private server's data were made by PostgreSQL {}, but {} holds PostgreSQL {}", made,
                    binaries.folder, binaries.version),
        fmt::format(
            "install PostgreSQL {0} again or let SLIPWAY_POSTGRES_BIN name the folder of its programs; if nothing in "
            "the private databases is needed any more, `slipway embedded remove` begins anew",
            made));
}

void prepare(const ServerFolder& folder, const Binaries& binaries, const std::function<void(const std::string&)>& say) {
    const auto owner = serverAccount();
    const fs::path base = folder.base, data = base / "data", root = base.parent_path();
    if (!fs::exists(base / "project")) putFile(base / "project", folder.project + "\n");
    makeFolder(folder.socket, 0700, owner);
    if (fs::exists(data)) return;
    if (owner) checkReachable(base, *owner);
    if (say) say(fmt::format("first start: preparing a private PostgreSQL {} in {}", binaries.version, base.string()));
    copyTemplate(templateFolder(root, binaries, owner), data);
}

}  // namespace scratch

std::optional<int> installedMajor() {
    const auto folder = findServerBinaries();
    if (!folder) return std::nullopt;
    const int named = scratch::majorInName(*folder);
    return named ? named : std::stoi(scratch::Binaries{*folder, scratch::versionOf(*folder)}.major());
}

}  // namespace slipway::postgres
