// Which environment a database is: told by a mark in the database itself, not by the URL that led to it.
#pragma once

#include <optional>
#include <string>

#include "engines/postgres/connect.h"

namespace slipway::postgres {

/// What one query tells about the server and the session.
struct ServerFacts {
    std::string systemIdentifier;  ///< of the cluster: the same in a physical copy, another after a dump and restore
    uint32_t databaseOid = 0;
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
    std::string systemIdentifier;
    uint32_t databaseOid = 0;
    std::string at;
    std::string by;
    /// False: the mark came here in a copy of the database it was written for.
    bool belongsTo(const ServerFacts& facts) const {
        return systemIdentifier == facts.systemIdentifier && databaseOid == facts.databaseOid;
    }
};

std::optional<Mark> readMark(Connection& connection, const ServerFacts& facts);

/// Writes the mark, over an older one; the schema `slipway` must be there.
void writeMark(Connection& connection, const ServerFacts& facts, const std::string& name);

/// Whether a connection pooler hands each transaction to another server session, where a session lock is worthless.
/// `again` opens a second connection to the same place; it is called only when a pooler stands in between.
bool poolsTransactions(Connection& connection, const ServerFacts& facts,
                       const std::function<std::unique_ptr<Connection>()>& again);

}  // namespace slipway::postgres
