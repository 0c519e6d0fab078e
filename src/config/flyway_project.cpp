#include "config/flyway_project.h"

#include "base/text.h"
#include "config/flyway_keys.h"
#include "config/locations.h"

namespace slipway::config {

namespace {

constexpr std::string_view placeholdersPrefix = "placeholders.";

/// Keys up to Flyway 8 that became ignoreMigrationPatterns.
const std::map<std::string, std::string>& oldIgnoreKeys() {
    static const std::map<std::string, std::string> keys = {{"ignoreMissingMigrations", "*:missing"},
                                                            {"ignoreIgnoredMigrations", "*:ignored"},
                                                            {"ignorePendingMigrations", "*:pending"},
                                                            {"ignoreFutureMigrations", "*:future"}};
    return keys;
}

const Key* findKey(const std::string& name) {
    const auto key = std::ranges::find_if(projectKeys(), [&](const Key& k) { return k.name == name; });
    return key == projectKeys().end() ? nullptr : &*key;
}

bool isConnectionKey(const std::string& key) {
    return key == "url" || key == "user" || key == "password" || key == "connectRetries" || key == "driver";
}

std::string variableName(const std::string& key) {
    return "FLYWAY_" + upper(replaceAll(snakeCase(key), ".", "_"));
}

}  // namespace

FlywayProject::FlywayProject(std::string root, const Getenv& getenv) : root_(std::move(root)), getenv_(getenv) {
    settings_.root = root_;
}

Environment& FlywayProject::defaultEnvironment() {
    for (Environment& environment : settings_.environments)
        if (environment.name == settings_.defaultEnvironment) return environment;
    if (settings_.environments.empty()) settings_.environments.push_back({.name = "default", .named = false});
    return settings_.environments.front();
}

/// What a file says may name variables; what a variable says is taken as it is.
Expanded FlywayProject::fill(const std::string& text, const Place& place) const {
    return place.line > 0 ? expand(text, getenv_, place) : Expanded{.text = text, .used = true};
}

Value FlywayProject::fillAll(const Value& value, const Place& place) const {
    return place.line > 0 ? expandAll(value, getenv_, place) : value;
}

void FlywayProject::setConnection(Environment& environment, const std::string& key, const Value& value,
                                  const Place& place) {
    if (key == "connectRetries") {
        environment.connectRetries = toNumber(value, key, place);
        return;
    }
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr) throw wrongValue(key, "a text", place);
    if (key == "driver") {
        if (!text->empty() && *text != "org.postgresql.Driver")
            throw configError("config-unsupported",
                              fmt::format("the driver {} is for another database, or a wrapper", *text),
                              "remove it: Slipway speaks to PostgreSQL by itself", place);
        return;
    }
    const Expanded expanded = fill(*text, place);
    if (!expanded.missing.empty() && environment.missingVariable.empty())
        environment.missingVariable = expanded.missing;
    const bool secret = key == "password" ? !expanded.used && !text->empty() : key == "url" && holdsPassword(*text);
    if (secret && place.line > 0)
        settings_.warnings.push_back(
            fmt::format("{}:{}: a password stands in this file; put it into a variable of the environment and "
                        "write ${{DB_PASSWORD}}",
                        place.file, place.line));
    if (key == "url") {
        environment.url = expanded.text;
        environment.urlFromVariable = expanded.used;
        environment.line = place.line;
    } else {
        (key == "user" ? environment.user : environment.password) = expanded.text;
    }
}

void FlywayProject::setProject(const std::string& key, const Value& value, const std::string& written,
                               const Place& place) {
    ProjectSettings& project = settings_.project;
    if (key == "locations" || key == "callbackLocations") {
        std::vector<std::string>& folders = key == "locations" ? project.locations : project.callbackLocations;
        folders.clear();
        for (const std::string& location : toList(fillAll(value, place)))
            folders.push_back(flywayLocation(location, root_, place, settings_.warnings));
        located_ = located_ || key == "locations";
    } else if (key.starts_with(placeholdersPrefix)) {
        project.placeholders[lower(key.substr(placeholdersPrefix.size()))] =
            toText(fillAll(value, place), written, place);
    } else if (const auto old = oldIgnoreKeys().find(key); old != oldIgnoreKeys().end()) {
        std::erase(project.ignoreMigrationPatterns, old->second);
        if (toFlag(value, written, place)) project.ignoreMigrationPatterns.push_back(old->second);
    } else if (const Key* known = findKey(key)) {
        const auto* text = std::get_if<std::string>(&value);
        if (key == "installedBy" && text != nullptr) {  // containers often have no USER: no reason to stop
            const Expanded expanded = fill(*text, place);
            if (expanded.missing.empty())
                project.installedBy = expanded.text;
            else
                settings_.warnings.push_back(
                    fmt::format("{}:{}: {} is not set, so the history will name the database's role", place.file,
                                place.line, expanded.missing));
        } else {
            assign(project, *known, fillAll(value, place), written, place);
        }
    } else if (const UnsupportedKey* unsupported = findUnsupported(key, value)) {
        throw configError("config-unsupported", fmt::format("Slipway does not support '{}'", written),
                          unsupported->hint, place);
    } else if (!isHarmless(key)) {
        std::vector<std::string> names = flywayKeys();
        const std::string prefix = written.substr(0, written.size() - key.size());
        for (std::string& name : names) name = prefix + name;
        throw unknownKey(written, names, place);
    }
}

void FlywayProject::set(const std::string& key, const Value& value, const Place& place) {
    if (key == "environment") {
        const auto* name = std::get_if<std::string>(&value);
        if (name == nullptr) throw wrongValue("flyway.environment", "the name of an environment", place);
        settings_.defaultEnvironment = *name;
    } else if (isConnectionKey(key)) {
        setConnection(defaultEnvironment(), key, value, place);
    } else {
        setProject(key, value, place.line > 0 ? "flyway." + key : variableName(key), place);
    }
}

void FlywayProject::beginEnvironment(const std::string& name, const Place& place) {
    settings_.environments.push_back({.name = name, .line = place.line});
}

void FlywayProject::setInEnvironment(const std::string& key, const Value& value, const Place& place) {
    constexpr std::string_view overrides = "flyway.";
    if (isConnectionKey(key)) return setConnection(settings_.environments.back(), key, value, place);
    const bool isSetting = key.starts_with(overrides) || key == "schemas" || key == "initSql";
    if (!isSetting) return setProject(key, value, key, place);
    const std::string name = key.starts_with(overrides) ? key.substr(overrides.size()) : key;
    for (auto& [known, entry] : overrides_) {
        if (known != name || entry.value != value) continue;
        entry.environments++;
        return;
    }
    overrides_.push_back({name, {value, place, 1}});
}

/// Settings belong to the project here: what environments say is taken where all of them say the same.
void FlywayProject::applyOverrides() {
    for (const auto& [key, entry] : overrides_) {
        if (static_cast<size_t>(entry.environments) != settings_.environments.size())
            throw configError("config-unsupported", fmt::format("'{}' is not the same in every environment", key),
                              "move it to [flyway]: what is applied must not depend on the environment", entry.place);
        setProject(key, entry.value, key, entry.place);
    }
}

void FlywayProject::applyVariables() {
    auto apply = [&](const std::string& key) {
        const std::string name = variableName(key);
        if (const std::optional<std::string> value = getenv_(name))
            set(key, *value, {"the environment variable " + name});
    };
    for (const char* key :
         {"environment", "url", "user", "password", "connectRetries", "locations", "callbackLocations"})
        apply(key);
    for (const Key& key : projectKeys()) apply(key.name);
    for (const UnsupportedKey& key : unsupportedKeys())
        if (!std::string_view(key.name).ends_with('.')) apply(key.name);
}

Settings FlywayProject::finish() {
    applyOverrides();
    applyVariables();
    ProjectSettings& project = settings_.project;
    if (!located_) {
        // Flyway's own defaults: "sql" on the command line, the class path db/migration as a library.
        const std::string folder = firstFolder(root_, {"sql", "db/migration", "src/main/resources/db/migration"});
        project.locations = {folder.empty() ? absolutePath(root_, "sql") : folder};
    }
    Environment& chosen = defaultEnvironment();
    if (!settings_.defaultEnvironment.empty() && chosen.name != settings_.defaultEnvironment)
        throw Error("config-value", Exit::usage,
                    fmt::format("flyway.environment names '{}', which is no environment", settings_.defaultEnvironment),
                    fmt::format("add [environments.{}], or name another one", settings_.defaultEnvironment));
    for (Environment& environment : settings_.environments)
        if (environment.url.empty() && environment.missingVariable.empty()) environment.missingVariable = "FLYWAY_URL";
    return std::move(settings_);
}

}  // namespace slipway::config
