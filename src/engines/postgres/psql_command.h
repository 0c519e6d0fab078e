// Commands of psql, which are no SQL and which Slipway does not execute.
#pragma once

#include <string>
#include <string_view>

namespace slipway::postgres {

/// What to write instead of the psql command `name` ("\\i", as it stands in the script; psql manual, Meta-Commands).
/// There is an answer for every name.
std::string insteadOfPsqlCommand(std::string_view name);

}  // namespace slipway::postgres
