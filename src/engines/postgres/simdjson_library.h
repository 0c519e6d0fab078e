// simdjson, loaded when the first statement is parsed.
//
// All of it that is not in its header hangs on one function. Linked in the ordinary way the library would be loaded by every
// start of the program, and libstdc++ with it (docs/decisions/0010-simdjson-is-loaded-when-needed.md).
#pragma once

namespace slipway::postgres {

/// Loads the library at the first call; nothing of simdjson may be called before. Throws Error "simdjson-missing" (outside)
/// that names the package.
void loadSimdjson();

}  // namespace slipway::postgres
