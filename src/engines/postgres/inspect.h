// Reading a Catalog from a server.
#pragma once

#include <string>
#include <vector>

#include "engines/postgres/connect.h"
#include "model/catalog.h"

namespace slipway::postgres {

struct InspectOptions {
    std::vector<std::string> leaveOutSchemas = {"slipway"};
    std::vector<std::string> leaveOutTables;  ///< "schema.table", unquoted: the history table, with all its parts
};

/// Reads all of the database's own objects by a fixed number of set-based queries in one REPEATABLE READ, READ ONLY
/// transaction; needs no privilege beyond CONNECT. System schemas, temporary objects, TOAST and members of extensions
/// are left out. Inside an open transaction it joins that one, sees its changes, and leaves its settings as they were.
/// Servers of version 13 to 18. Locks of others are waited for in short steps, two seconds in all. Throws
/// "catalog-moved" (outside) when others keep dropping or locking objects.
Catalog inspect(Connection& connection, const InspectOptions& options = {});

}  // namespace slipway::postgres
