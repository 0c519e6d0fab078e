// Timestamps in the queries that every command begins with.
#pragma once

#include "engines/postgres/connect.h"

namespace slipway::postgres {

/// The expression that gives `column` as timeFromJson() reads it: the column itself while the session writes dates by ISO 8601,
/// as the server reports (manual, PQparameterStatus), else to_json(), for which a session whose caches are cold reads catalogs.
inline std::string timeSql(const Connection& connection, const std::string& column) {
    return connection.setting("DateStyle").starts_with("ISO") ? column : "to_json(" + column + ")";
}

}  // namespace slipway::postgres
