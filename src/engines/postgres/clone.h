// Disposable databases: copies and empty ones, on which anything may be tried.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engines/postgres/connect.h"

namespace slipway::postgres {

/// A database that ends with this object. While the object lives, a session of its own holds an advisory lock that
/// stands for the database's name: a database named so whose lock nobody holds was left behind by a dead process.
class Clone {
  public:
    /// Copies the database that `source` leads to (CREATE DATABASE ... TEMPLATE), with its owner, its privileges and
    /// the settings that ALTER DATABASE gave it, none of which PostgreSQL copies by itself (manual, CREATE DATABASE,
    /// Notes). User mappings are dropped in the copy, so that a trigger or a foreign table cannot reach another server.
    /// Nobody may be connected to the source, the caller neither, and nobody can connect while it is copied.
    /// Throws "clone-busy" that names who is connected, "clone-denied" with the right that is missing (all outside).
    static std::unique_ptr<Clone> of(const Target& source);

    /// An empty disposable database on the server of `server`, owned by its user.
    static std::unique_ptr<Clone> empty(const Target& server);

    /// A copy of what keep() kept under this key on the server of `server`; nullptr when there is none.
    static std::unique_ptr<Clone> ofKept(const Target& server, const std::string& key);

    /// Keeps the database under `key`, hexadecimal digits, for later copies, and gives a copy of it; the oldest of those
    /// that were kept before goes when there are too many. For the embedded server, whose databases are Slipway's own.
    /// Nobody may be connected to the database.
    static std::unique_ptr<Clone> keep(std::unique_ptr<Clone> made, const std::string& key);

    ~Clone();
    Clone(const Clone&) = delete;
    Clone& operator=(const Clone&) = delete;

    const std::string& name() const { return name_; }
    const std::string& source() const { return source_; }             ///< the database copied; "" for an empty one
    const Target& target() const { return target_; }                  ///< leads to the disposable database, same user
    const std::vector<std::string>& notes() const { return notes_; }  ///< what could not be copied, for people

    /// Drops the database now, with whoever is connected to it; the destructor then has nothing to do.
    void drop();

  private:
    Clone(const Target& near, std::unique_ptr<Connection> admin, std::string source);
    void create(const std::string& clauses);
    void copyPrivileges();
    void copySettings();
    void cutOff();

    std::unique_ptr<Connection> admin_;
    std::string name_;
    std::string source_;
    Target target_;
    std::vector<std::string> notes_;
};

/// A session in a database that nobody clones or drops (postgres, else template1) on the server of `near`.
std::unique_ptr<Connection> openMaintenance(const Target& near);

/// Drops the disposable databases whose process is gone and to which nobody is connected. Returns their names.
std::vector<std::string> dropLeftovers(Connection& admin);

}  // namespace slipway::postgres
