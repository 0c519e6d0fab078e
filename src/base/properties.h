// Lines of "key = value", as flyway.conf and V1__x.sql.conf hold them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace slipway {

struct Property {
    std::string key;
    std::string value;
    int line = 0;  ///< where it begins
};

/// Reads properties as Flyway does: key and value are separated by "=", ":" or a blank, a line whose first character
/// is "#" or "!" is a comment, a backslash at the end of a line joins the next one. Any other backslash stands for
/// itself (Flyway doubles them before java.util.Properties sees them, so that Windows paths need no care).
std::vector<Property> parseProperties(std::string_view text);

}  // namespace slipway
