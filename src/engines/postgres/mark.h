// Which environment a database is: told by a mark in the database itself, not by the URL that led to it.
#pragma once

#include <optional>
#include <string>

#include "engines/postgres/connect.h"

namespace slipway::postgres {

/// What one cheap query tells about the server and the session.
struct ServerFacts {
    std::string database;
    std::string user;
    std::string currentSchema;     ///< the first existing schema of the search path; "" when there is none
    std::string searchPath;
    bool superuser = false;
    bool standby = false;
    bool readOnly = false;
    bool markTable = false;        ///< slipway.environment is there
    int backendPid = 0;
};

ServerFacts readFacts(Connection& connection);

struct Mark {
    std::string name;
    std::string at;
    std::string by;
    bool original = true;  ///< false: it came here in a copy of the database that it was written for
};

std::optional<Mark> readMark(Connection& connection, const ServerFacts& facts);

/// Writes the mark, over an older one; the schema `slipway` must be there.
void writeMark(Connection& connection, const std::string& name);

/// Whether a connection pooler hands each transaction to another server session, where a session lock is worthless.
/// `again` opens a second connection to the same place; it is called only when a pooler stands in between.
bool poolsTransactions(Connection& connection, const ServerFacts& facts,
                       const std::function<std::unique_ptr<Connection>()>& again);

}  // namespace slipway::postgres
