// What the configuration says, whichever file said it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/history.h"
#include "model/plan.h"

namespace slipway {

/// How a project's files are named and read, and how its history is kept. The names are Flyway's configuration keys.
struct ProjectSettings {
    std::vector<std::string> locations;    ///< absolute folders
    std::string layout = "auto";           ///< auto, flyway, updown
    std::string sqlMigrationPrefix = "V";
    std::string undoSqlMigrationPrefix = "U";
    std::string baselineMigrationPrefix = "B";
    std::string repeatableSqlMigrationPrefix = "R";
    std::string sqlMigrationSeparator = "__";
    std::vector<std::string> sqlMigrationSuffixes = {".sql"};
    std::string encoding = "UTF-8";
    bool validateMigrationNaming = false;
    bool failOnMissingLocations = false;
    bool placeholderReplacement = true;
    std::string placeholderPrefix = "${";
    std::string placeholderSuffix = "}";
    std::string placeholderSeparator = ":";
    std::map<std::string, std::string> placeholders;  ///< keys in lower case
    std::string table = "flyway_schema_history";
    std::optional<std::string> defaultSchema;
    std::vector<std::string> schemas;
    bool createSchemas = true;
    std::optional<std::string> target;
    bool outOfOrder = false;
    bool group = false;
    std::optional<bool> mixed;             ///< none: not written, mixed scripts are cut into segments
    bool executeInTransaction = true;
    std::optional<std::string> installedBy;
    int lockRetryCount = 50;               ///< seconds that migrate waits its turn; -1 for ever
    bool validateOnMigrate = true;
    bool skipDefaultCallbacks = false;
    std::vector<std::string> callbackLocations;  ///< absolute folders; empty: callbacks lie beside the migrations
    std::vector<std::string> ignoreMigrationPatterns = {"*:future"};
    bool baselineOnMigrate = false;
    std::string baselineVersion = "1";
    std::string baselineDescription = "<< Flyway Baseline >>";
    bool cleanDisabled = true;
    std::string initSql;
};

/// One database on the way to production.
struct Environment {
    std::string name;
    std::string url;           ///< libpq URI, jdbc:postgresql:// or embedded:NAME; variables filled in
    std::string user;          ///< empty: what the URL or libpq says
    std::string password;      ///< from the environment or somebody's flyway.conf; never printed
    bool named = true;         ///< false for the one environment of a Flyway project: it has no order and no mark
    bool urlFromVariable = false;  ///< a password in it came from the environment of the process
    std::string missingVariable;   ///< a variable that url, user or password needs and that is not set: whoever uses it must throw
    int line = 0;              ///< in the configuration file
    Timeouts timeouts{Milliseconds(2000), Milliseconds(0), Milliseconds(60'000)};
    int connectRetries = 0;
    std::map<std::string, std::string> rules;  ///< severities that it gives to rules of check: "error", "warning", "note" or "off"
};

/// The whole configuration of a command.
struct Settings {
    std::string root;          ///< absolute: the folder of the configuration file, or the working directory
    std::string file;          ///< the configuration file as shown to people; empty: there is none
    std::string origin;        ///< "slipway.toml", "flyway.toml", "flyway.conf" or "defaults"
    ProjectSettings project;
    std::map<std::string, std::string> rules;  ///< severities for all environments, as those of one
    std::vector<Environment> environments;  ///< in the order of promotion; never empty
    std::string defaultEnvironment;         ///< flyway.environment of flyway.toml; empty: the first
    std::vector<std::string> warnings;      ///< for stderr: a password in flyway.conf, a paid key passed over ...
};

}  // namespace slipway
