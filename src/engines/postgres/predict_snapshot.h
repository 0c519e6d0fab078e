// A Predictor that begins with the database of a snapshot.
#pragma once

#include <string>
#include <vector>

#include "engines/postgres/predict.h"
#include "model/catalog.h"

namespace slipway::postgres {

/// SQL that makes what is in a catalog, an object after those that it needs, as pg_dump orders them. Rows, privileges
/// and comments are not in it. `missing` gets what the catalog has no SQL for, for people.
std::string definitionsOf(const Catalog& catalog, std::vector<std::string>& missing);

/// The Predictor to which the SQL of definitionsOf() was played, as if migrations had made it all. It is complete unless
/// something in the snapshot cannot be played; `notes` then says what.
Predictor predictorFrom(const Catalog& catalog, int serverMajor, std::vector<std::string>& notes);

}  // namespace slipway::postgres
