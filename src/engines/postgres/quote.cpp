#include "engines/postgres/connect.h"
#include "model/catalog.h"

namespace slipway::postgres {

std::string quoteIdentifier(std::string_view name) { return sqlName(name); }

std::string qualified(std::string_view schema, std::string_view name) {
    return schema.empty() ? quoteIdentifier(name) : quoteIdentifier(schema) + "." + quoteIdentifier(name);
}

std::string timeFromJson(std::string_view json) {
    if (json.starts_with('"')) json = json.substr(1, json.size() - 2);
    std::string time(json.substr(0, std::string_view("2026-04-01T12:00:00").size()));
    if (const size_t t = time.find('T'); t != std::string::npos) time[t] = ' ';
    return time;
}

}  // namespace slipway::postgres
