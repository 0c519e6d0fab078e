// Flyway's keys that are no settings here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/keys.h"

namespace slipway::config {

/// A key that would change what happens, and that Slipway does not have.
struct UnsupportedKey {
    const char* name;  ///< ends with "." when it stands for all keys that begin so
    const char* hint;
};

/// nullptr when `key` is not one of them, or when `value` leaves it off (empty, false, none).
const UnsupportedKey* findUnsupported(const std::string& key, const Value& value);

/// Whether `key` concerns only Flyway itself (its reports, its logging, its drivers): passed over.
bool isHarmless(const std::string& key);

/// Every key that may stand in a file, for suggestions.
std::vector<std::string> flywayKeys();

/// The unsupported keys that are no groups: those that a FLYWAY_* variable may set.
const std::vector<UnsupportedKey>& unsupportedKeys();

}  // namespace slipway::config
