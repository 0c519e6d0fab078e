// A database of a test's own in the server of the test run.
#pragma once

#include <memory>
#include <string>

#include "engines/postgres/connect.h"

namespace slipway::tests {

/// Creates a database and drops it, with whoever is still connected, at the end.
class Database {
  public:
    Database() : Database("template0") {}         ///< an empty one
    explicit Database(const std::string& like);   ///< a copy of the database `like`, to which nobody may be connected
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const std::string& name() const { return name_; }
    std::string url() const;                                      ///< keyword form: "host=... dbname=..."
    std::unique_ptr<postgres::Connection> connect() const;        ///< as the superuser
    void run(const std::string& sql) const;                       ///< as the superuser
    std::string value(const std::string& sql) const;              ///< first column of the first row, "" for NULL

  private:
    std::string name_;
};

/// The folder that tests/support/server.sh was given for the server of this run.
std::string runFolder();

/// Connection string of the server of this run; starts nothing.
std::string serverUrl();

/// Its major version: 15.
int serverMajor();

}  // namespace slipway::tests
