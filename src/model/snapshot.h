// A database's catalog, kept in a file.
#pragma once

#include <string>

#include "model/catalog.h"

namespace slipway {

struct Snapshot {
    Catalog catalog;
    int serverMajor = 0;        ///< 0: not told
    std::string schemaVersion;  ///< the highest migration applied there; "" when not told, or none was
};

}  // namespace slipway
