#include "support/server.h"

#include <fmt/format.h>
#include <unistd.h>

#include <stdexcept>

#include "base/files.h"
#include "base/text.h"

namespace slipway::tests {

std::optional<Account> serverAccount() { return ::geteuid() == 0 ? findAccount("postgres") : std::nullopt; }

std::string postgresProgram(const std::string& name) {
    const char* given = std::getenv("SLIPWAY_POSTGRES_BIN");
    if (given) return std::string(given) + "/" + name;
    int newest = 0;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql"))
        newest = std::max(newest, std::atoi(version.path().filename().c_str()));
    return fmt::format("/usr/lib/postgresql/{}/bin/{}", newest, name);
}

void runAsServer(const std::vector<std::string>& arguments, const std::string& folder) {
    Program program{arguments, folder};
    program.account = serverAccount();
    const Outcome outcome = run(program);
    if (!outcome.ok()) throw std::runtime_error(join(arguments, " ") + ":\n" + outcome.output + outcome.errors);
}

Server::Server() {
    std::string pattern = (fs::temp_directory_path() / "slipway-server-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    const Outcome outcome = run({{SLIPWAY_SOURCE "/tests/support/server.sh", "start", folder_}});
    if (!outcome.ok()) throw std::runtime_error("no server: " + outcome.errors);
    base_ = trim(readFile(folder_ + "/base"));
}

Server::~Server() {
    run({{SLIPWAY_SOURCE "/tests/support/server.sh", "stop", folder_}});
    fs::remove_all(folder_);
}

void Server::control(const std::vector<std::string>& arguments) const {
    std::vector<std::string> all = {postgresProgram("pg_ctl"), "-D", base_ + "/data", "-l", base_ + "/log", "-w", "-t", "30"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    runAsServer(all, base_);
}

}  // namespace slipway::tests
