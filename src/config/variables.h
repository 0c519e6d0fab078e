// Variables of the environment in values of the configuration.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"
#include "config/keys.h"

namespace slipway::config {

/// A value with its ${NAME} filled in.
struct Expanded {
    std::string text;
    bool used = false;    ///< there was a variable in it
    std::string missing;  ///< the first variable that is not set; it was filled in as nothing
};

/// Fills in ${NAME} and ${env.NAME}. Another resolver of Flyway (${vault.x}) throws "config-unsupported" (usage).
Expanded expand(std::string_view text, const Getenv& getenv, const Place& place);

/// Like expand() for each text of a value; throws "config-variable" (usage) when a variable is not set.
Value expandAll(const Value& value, const Getenv& getenv, const Place& place);

/// The names of the process's variables that begin with `prefix`.
std::vector<std::string> variablesWith(std::string_view prefix);

/// Whether a password stands in a URL as it is, not as a variable.
bool holdsPassword(std::string_view url);

}  // namespace slipway::config
