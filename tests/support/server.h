// A PostgreSQL of a test's own, for what would disturb others: crashes, full disks, standbys.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/process.h"
#include "support/folder.h"

namespace slipway::tests {

/// Who servers run as: nullopt for the user of this process; PostgreSQL and PgBouncer refuse to run as root.
std::optional<Account> serverAccount();

/// The path of a program of the installed PostgreSQL.
std::string postgresProgram(const std::string& name);

/// Made by tests/support/server.sh; ends with this object.
class Server {
  public:
    Server();
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::string url() const { return "host=" + base_ + " port=5432 user=postgres dbname=postgres"; }
    const std::string& base() const { return base_; }  ///< holds the socket, data/ and log
    /// pg_ctl with these arguments: "stop", "-m", "immediate".
    void control(const std::vector<std::string>& arguments) const;

  private:
    std::string folder_;
    std::string base_;
};

/// Runs a program as serverAccount() in `folder`; throws std::runtime_error with what it said when it fails.
void runAsServer(const std::vector<std::string>& arguments, const std::string& folder);

}  // namespace slipway::tests
