// The embedded server: a private PostgreSQL that Slipway starts from the installed binaries.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "engines/postgres/connect.h"

namespace slipway::postgres {

/// What a private server is made of. One server a project; `embedded:NAME` is the database NAME in it.
struct ServerFolder {
    std::string project;  ///< absolute: the folder whose server this is
    std::string base;     ///< holds data/, log, run facts; as root below /var/lib/slipway, else below the state folder
    std::string socket;   ///< the folder of the Unix socket, 0700, path short enough (107 bytes in all)
};

/// The folder of the server for a project; nothing is created. SLIPWAY_STATE_DIR overrides where state lies.
ServerFolder serverFolder(const std::string& project);

struct ServerStatus {
    bool running = false;
    int supervisor = 0;  ///< process ids
    int postmaster = 0;
    std::string version;
    std::string bin;
    std::string data;
    std::string socket;
};

ServerStatus serverStatus(const ServerFolder& folder);

/// Starts the server if it does not run (creating its data directory from a cached template the first time), waits
/// until it takes connections, creates database `name` when it is not there. `say` is told what takes long (a first
/// start). Throws "postgres-missing" with the package to install, "embedded-failed" with the log's last lines.
Target openEmbedded(const ServerFolder& folder, const std::string& name,
                    const std::function<void(const std::string&)>& say);

/// Stops the server and its supervisor; false when none ran.
bool stopServer(const ServerFolder& folder);

/// Stops the server and deletes its data. The name of the project must have been confirmed by the caller.
void removeServer(const ServerFolder& folder);

/// The body of the supervisor process (`slipway embedded supervise FOLDER`): starts the postmaster as its child, ends
/// it (fast shutdown) when it has been idle for SLIPWAY_EMBEDDED_IDLE seconds (600 by default), when a folder
/// vanishes, or when it is told to. Returns the exit code of the process.
int supervise(const std::string& base);

/// The newest installed server's folder of binaries, or SLIPWAY_POSTGRES_BIN; nullopt when there is none.
std::optional<std::string> findServerBinaries();

/// The major version of those binaries: from the folder's name where a packager put it there, else by asking them.
std::optional<int> installedMajor();

}  // namespace slipway::postgres
