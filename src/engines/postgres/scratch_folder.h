// The embedded server's folder: what lies in it, who owns it, and the locks that keep commands out of each other's way.
//
//   <state>/template-15.18/      a data directory as initdb made it, copied for each project
//   <state>/<key>/project        the path of the project
//   <state>/<key>/start.lock     held (flock) by the command that prepares or starts the server
//   <state>/<key>/supervisor.lock  held (record lock) by the supervisor for its life; the holder's pid is its pid
//   <state>/<key>/status         what the supervisor says while the server takes connections
//   <state>/<key>/databases      "oid name" of databases known to exist, which saves a connection
//   <state>/<key>/log, log.old   what the server and its supervisor wrote, for this start and the one before
//   <state>/<key>/data, run      the server's own: its data directory and, when the path is short enough, its socket
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/files.h"
#include "base/process.h"
#include "engines/postgres/scratch.h"

namespace slipway::postgres::scratch {

/// The installed server programs that go with a data directory.
struct Binaries {
    std::string folder;
    std::string version;  ///< "15.18"
    std::string major() const { return version.substr(0, version.find_first_not_of("0123456789")); }
};

/// What the supervisor tells about a server that takes connections.
struct Status {
    int supervisor = 0;
    int postmaster = 0;
    std::string version;
    std::string bin;
    std::string socket;
};

/// A lock on a file by flock(2), waited for and freed with the object. The file may be deleted by its holder.
class FileLock {
  public:
    /// `waiting` is called once when the lock is not free at once. Throws "embedded-folder", "interrupted".
    FileLock(const fs::path& file, const std::function<void()>& waiting = {});
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

  private:
    int fd_ = -1;
};

/// Whose the server's processes and files are: `postgres` when this process is root, else nullopt (this process's own
/// user). Throws "postgres-user-missing".
std::optional<Account> serverAccount();

/// The folder below which all of this user's servers lie; nothing is created. Throws "embedded-folder".
fs::path stateRoot();

/// The folder for the socket of the server whose folder is `base`.
std::string socketFolder(const fs::path& base);

/// The error that stands for a failure with a path that the library reported.
Error folderError(const fs::filesystem_error& failure);

/// Sees to the server's folder and those above it; under root every user may enter them. Throws "embedded-folder".
void makeBase(const fs::path& base);

/// The way to a database of the server whose socket lies in that folder.
Target targetOf(const std::string& socketFolder, const std::string& database);

/// Sees to a folder of this mode that belongs to `owner` (nullopt: this process's user). Throws "embedded-folder".
void makeFolder(const fs::path& folder, unsigned mode, const std::optional<Account>& owner = std::nullopt);

/// Replaces a small file in one step, without waiting for the disk.
void putFile(const fs::path& file, const std::string& content);

/// Removes a folder with all that is in it. Throws "embedded-folder".
void removeFolder(const fs::path& folder);

/// The path of the project whose server's folder this is, "" when it does not say.
std::string projectOf(const fs::path& base);

/// The process that supervises the server of `base`; 0 when none does.
int supervisorOf(const fs::path& base);

/// What a running supervisor says about a server that takes connections; nullopt while there is no such server.
std::optional<Status> readStatus(const fs::path& base);
void writeStatus(const fs::path& base, const Status& status);

/// The programs for the data directory of `base`: SLIPWAY_POSTGRES_BIN, else the newest installed, else those of the
/// major version that made the data directory. Throws "postgres-missing", "embedded-version".
Binaries binariesFor(const fs::path& base);

/// Makes all of the folder that is not there yet: the data directory is a copy of a template that initdb makes once for
/// each version. The caller holds start.lock. Throws "embedded-folder", "embedded-failed".
void prepare(const ServerFolder& folder, const Binaries& binaries, const std::function<void(const std::string&)>& say);

}  // namespace slipway::postgres::scratch
