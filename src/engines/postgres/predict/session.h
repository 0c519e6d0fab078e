// What the meaning of a statement depends on beside the catalog.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace slipway::postgres {

struct SessionState {
    std::vector<std::string> searchPath{"$user", "public"};
    std::string role;                    ///< who executes; "" when nobody said so
    std::optional<std::string> timeZone; ///< as it was set; nullopt: the server's default, which is not known
    bool checkFunctionBodies = true;
    std::map<std::string, std::string> prepared;  ///< PREPARE statements as they were written, by name
    std::string defaultTablespace;
    std::string defaultAccessMethod = "heap";
    bool operator==(const SessionState&) const = default;
};

}  // namespace slipway::postgres
