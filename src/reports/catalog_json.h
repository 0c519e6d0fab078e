// A catalog, for programs.
#pragma once

#include <string>

#include "model/snapshot.h"

namespace slipway::reports {

/// One JSON document. The lists "schemas", "extensions", "types", "sequences", "tables", "functions" and "others" are
/// always there, as are a table's "columns", "constraints", "indexes", "triggers", "rules" and "policies"; of the other
/// fields those that have their default are left out. The fields are named as in model/catalog.h and listed in
/// docs/reference/catalog-json.md.
std::string catalogJson(const Catalog& catalog);

/// The same with "server_version" and "schemaVersion" before it.
std::string snapshotJson(const Snapshot& snapshot);

}  // namespace slipway::reports
