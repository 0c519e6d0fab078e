// Reading a Catalog from a server.
#pragma once

#include <string>
#include <vector>

#include "engines/postgres/connect.h"
#include "model/catalog.h"

namespace slipway::postgres {

struct InspectOptions {
    std::vector<std::string> leaveOutSchemas = {"slipway"};
    std::vector<std::string> leaveOutTables;  ///< "schema.table": the history table and its index
};

/// Reads all of the database's own objects by a fixed number of set-based queries in one REPEATABLE READ, READ ONLY
/// transaction of its own (the connection must be idle). System schemas, temporary objects, TOAST and members of
/// extensions are left out.
Catalog inspect(Connection& connection, const InspectOptions& options = {});

}  // namespace slipway::postgres
