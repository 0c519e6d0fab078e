// What a grown catalog and one read from a server have in common.
#pragma once

#include "model/catalog.h"

namespace slipway::tests {

/// The catalog without what only a server can know or word: the text of expressions and definitions, owners, grants,
/// options, comments. Objects, columns, types, flags, keys, dependencies on other tables and generated names stay.
Catalog structureOf(Catalog catalog);

}  // namespace slipway::tests
