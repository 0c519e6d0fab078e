// A bash session with a home, a state folder and, when asked for, a database of its own; all gone when it ends.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "scripts/transcript.h"

namespace slipway::scripts {

/// What a session is told about the world.
struct World {
    std::string program;       ///< the slipway to test; its folder comes first in PATH
    std::string serverFolder;  ///< of tests/support/server.sh: holds `url` while the shared server runs
    std::string source;        ///< the checkout
    int seconds = 100;         ///< a session that takes longer is ended
};

/// The folders and the database of one transcript. Commands find in their environment TMP (the working folder), TESTDIR
/// (the transcript's folder), EXAMPLES (the checkout's examples), and with a database DB_URL, DB_NAME and DB_HOST.
/// Programs of the session: `sql [STATEMENT]` is psql -XAtq on that database, `runner` is this program.
class Session {
  public:
    Session(const World& world, const Transcript& transcript);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Runs all commands in one shell, so that variables and the working folder last from one to the next. In what
    /// they print the session's own names are replaced by $TMP, $HOME, $STATE, $DB_NAME and $DB_HOST.
    std::vector<Actual> run();

  private:
    void addProgram(const std::string& name, const std::string& command) const;
    void createDatabase();
    std::vector<pid_t> survivors() const;
    void stopServers() const;
    std::string normalised(std::string text) const;

    World world_;
    const Transcript& transcript_;
    std::string base_;  // everything lies below; a short path, since sockets may
    std::string host_;  // the shared server's socket folder
    std::string name_;  // of the database; empty: none
};

/// Whether the servers came with pg_dump, which "#require pg_dump" asks for: one of another version may refuse them.
bool hasPgDump();

}  // namespace slipway::scripts
