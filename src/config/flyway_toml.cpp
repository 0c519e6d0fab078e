#include "config/flyway_project.h"
#include "config/toml_file.h"

namespace slipway::config {

namespace {

/// Calls `take` with the dotted key of every value in `table` and the tables in it.
template <class Take>
void eachValue(const toml::table& table, const std::string& prefix, const std::string& shown, const Take& take) {
    for (const TomlEntry& entry : inOrder(table, shown)) {
        if (entry.node->is_table())
            eachValue(*entry.node->as_table(), prefix + entry.key + ".", shown, take);
        else
            take(prefix + entry.key, entry);
    }
}

}  // namespace

Settings readFlywayToml(const std::string& text, const std::string& shown, const std::string& root,
                        const Getenv& getenv) {
    static const std::vector<std::string> known = {"flyway",        "environments",  "id", "name", "databaseType",
                                                   "flywayDesktop", "redgateCompare"};
    const toml::table file = parseToml(text, shown);
    FlywayProject project(root, getenv);
    const std::vector<TomlEntry> entries = inOrder(file, shown);
    for (const TomlEntry& entry : entries)
        if (std::ranges::find(known, entry.key) == known.end()) throw unknownKey(entry.key, known, entry.place);
    // Environments first: flyway.environment and the variables speak about one of them.
    for (const TomlEntry& entry : entries) {
        if (entry.key != "environments") continue;
        for (const TomlEntry& environment : inOrder(asTable(entry), shown)) {
            project.beginEnvironment(environment.key, environment.place);
            eachValue(asTable(environment), "", shown, [&](const std::string& key, const TomlEntry& value) {
                project.setInEnvironment(key, toValue(value), value.place);
            });
        }
    }
    for (const TomlEntry& entry : entries)
        if (entry.key == "flyway")
            eachValue(asTable(entry), "", shown, [&](const std::string& key, const TomlEntry& value) {
                project.set(key, toValue(value), value.place);
            });
    return project.finish();
}

}  // namespace slipway::config
