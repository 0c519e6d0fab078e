#include "config/flyway_keys.h"

#include "base/text.h"

namespace slipway::config {

namespace {

constexpr const char* otherDatabase = "remove it: it concerns another kind of database";
constexpr const char* useVariables =
    "remove it, put the secret into a variable of the environment and write ${NAME} where it is used";
constexpr const char* noJava = "remove it: Slipway runs no Java classes";

/// Flyway 13: what is documented to change its own output, drivers, editions and reports, and nothing in a database.
const std::vector<std::string>& harmlessKeys() {
    static const std::vector<std::string> keys = {"batch",
                                                  "stream",
                                                  "outputQueryResults",
                                                  "reportEnabled",
                                                  "reportFilename",
                                                  "loggers",
                                                  "jarDirs",
                                                  "color",
                                                  "edition",
                                                  "email",
                                                  "token",
                                                  "licenseKey",
                                                  "configFiles",
                                                  "configFileEncoding",
                                                  "configurations",
                                                  "connectRetriesInterval",
                                                  "displayName",
                                                  "outputFile",
                                                  "outputType",
                                                  "outputLogsInJson",
                                                  "logLevel",
                                                  "scriptPlaceholderPrefix",
                                                  "scriptPlaceholderSuffix",
                                                  "postgresql.transactional.lock",
                                                  "powershellExecutable",
                                                  "nativeConnectorsDisabled",
                                                  "name",
                                                  "id",
                                                  "databaseType",
                                                  "publishResult",
                                                  "pipelineId",
                                                  "clean.mode"};
    return keys;
}

constexpr std::string_view harmlessGroups[] = {"check.",    "deploy.", "snapshot.", "prepare.",
                                               "generate.", "model.",  "diff."};

bool isOff(const Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) return !*flag;
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return list->empty();
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr &&
           (trim(*text).empty() || equalsIgnoringCase(*text, "false") || equalsIgnoringCase(*text, "none"));
}

}  // namespace

const std::vector<UnsupportedKey>& unsupportedKeys() {
    static const std::vector<UnsupportedKey> keys = {
        {"callbacks",
         "remove it: Java callbacks cannot run here; write the callback in SQL (afterMigrate.sql in a location), "
         "which needs no key"},
        {"resolvers", noJava},
        {"migrationResolvers", noJava},
        {"skipDefaultResolvers", "remove it: SQL migrations are the ones that Slipway runs"},
        {"cherryPick", "remove it, and use target to stop at a version"},
        {"dryRunOutput", "remove it, and use 'slipway plan', which prints the exact SQL"},
        {"errorOverrides", "remove it: an error of the server always stops a run"},
        {"skipExecutingMigrations",
         "remove it, and use 'slipway baseline' for a database that has the changes already"},
        {"detectEncoding", "remove it, and name the files' encoding: encoding=ISO-8859-1"},
        {"cleanOnValidationError", "remove it: no command may wipe a database because a file has changed"},
        {"checkDriftOnMigrate", "remove it, and run 'slipway drift' before 'slipway migrate'"},
        {"tablespace", "remove it, and set default_tablespace for the role that migrates"},
        {"workingDirectory", "remove it, and run slipway in that folder"},
        {"stateScriptPrefix", "rename it to baselineMigrationPrefix"},
        {"kerberosConfigFile", "remove it: libpq finds the Kerberos configuration by itself (KRB5_CONFIG)"},
        {"provisioner", "remove it: the database must be there when Slipway comes"},
        {"resolvers.", useVariables},
        {"vault.", useVariables},
        {"dapr.", useVariables},
        {"gcsm.", useVariables},
        {"googlesecrets.", useVariables},
        {"azuread.", useVariables},
        {"conjur.", useVariables},
        {"jdbcProperties.",
         "write the option into the url, as libpq names it: postgresql://host/database?sslmode=require"},
        {"tags.",
         "remove it: Slipway applies every migration; use a location of its own for what only some databases need"},
        {"oracle.", otherDatabase},
        {"sqlserver.", otherDatabase}};
    return keys;
}

const UnsupportedKey* findUnsupported(const std::string& key, const Value& value) {
    for (const UnsupportedKey& unsupported : unsupportedKeys()) {
        const std::string_view name = unsupported.name;
        if ((name.ends_with('.') ? key.starts_with(name) : key == name) && !isOff(value)) return &unsupported;
    }
    return nullptr;
}

bool isHarmless(const std::string& key) {
    if (std::ranges::find(harmlessKeys(), key) != harmlessKeys().end()) return true;
    if (std::ranges::any_of(harmlessGroups, [&](std::string_view group) { return key.starts_with(group); }))
        return true;
    // An unsupported key that is switched off changes nothing either.
    return std::ranges::any_of(unsupportedKeys(), [&](const UnsupportedKey& unsupported) {
        const std::string_view name = unsupported.name;
        return name.ends_with('.') ? key.starts_with(name) : key == name;
    });
}

std::vector<std::string> flywayKeys() {
    std::vector<std::string> keys = {
        "url", "user", "password", "driver", "connectRetries", "locations", "callbackLocations"};
    for (const Key& key : projectKeys()) keys.emplace_back(key.name);
    keys.insert(keys.end(), harmlessKeys().begin(), harmlessKeys().end());
    for (const UnsupportedKey& key : unsupportedKeys()) keys.emplace_back(key.name);
    return keys;
}

}  // namespace slipway::config
