#include "config/config.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "config/flyway_project.h"
#include "config/locations.h"
#include "config/slipway_toml.h"
#include "config/variables.h"

namespace slipway::config {

namespace {

constexpr const char* fileNames[] = {"slipway.toml", "flyway.toml", "flyway.conf"};
const std::vector<std::string> usualFolders = {"db/migrations", "db/migration", "migrations", "sql"};

/// The nearest configuration file from `folder` upwards.
std::optional<fs::path> findFile(fs::path folder) {
    for (;; folder = folder.parent_path()) {
        for (const char* name : fileNames)
            if (fs::is_regular_file(folder / name)) return folder / name;
        if (folder == folder.parent_path()) return std::nullopt;
    }
}

/// What a file is: by its name, and for a TOML file of another name by what stands in it.
std::string kindOf(const fs::path& file, const std::string& text) {
    const std::string name = lower(file.filename().string());
    if (name.ends_with(".conf") || name.ends_with(".properties")) return "flyway.conf";
    const bool flyway = name.contains("flyway") || (!name.contains("slipway") && text.contains("[flyway"));
    return flyway ? "flyway.toml" : "slipway.toml";
}

Environment embeddedDev() {
    return {.name = "dev", .url = "embedded:dev"};
}

/// No file at all: the usual folder of migrations and a private server.
Settings defaults(const std::string& folder) {
    Settings settings{.root = folder, .origin = "defaults"};
    const std::string migrations = firstFolder(folder, usualFolders);
    if (migrations.empty())
        throw Error(
            "no-project", Exit::usage,
            fmt::format(
                "there is no slipway.toml, flyway.toml or flyway.conf here or above, and none of the folders {}",
                join(usualFolders, ", ")),
            "begin with 'slipway new NAME', which writes the first migration, or write a slipway.toml");
    settings.project.locations = {migrations};
    settings.environments = {embeddedDev()};
    return settings;
}

/// FLYWAY_PLACEHOLDERS_X gives the placeholder x in every kind of project.
void applyPlaceholderVariables(Settings& settings, const Getenv& getenv) {
    constexpr std::string_view prefix = "FLYWAY_PLACEHOLDERS_";
    for (const std::string& name : variablesWith(prefix))
        if (const std::optional<std::string> value = getenv(name))
            settings.project.placeholders[lower(name.substr(prefix.size()))] = *value;
}

Settings readSettings(const fs::path& file, const std::string& flywayRoot, const Getenv& getenv) {
    const std::string shown = shownPath(file);
    const std::string text = readFile(file);
    const std::string kind = kindOf(file, text);
    Settings settings = kind == "slipway.toml"  ? readSlipwayToml(text, shown, file.parent_path().string(), getenv)
                        : kind == "flyway.toml" ? readFlywayToml(text, shown, flywayRoot, getenv)
                                                : readFlywayConf(text, shown, flywayRoot, getenv);
    settings.file = shown;
    settings.origin = kind;
    return settings;
}

}  // namespace

Settings load(const std::string& folder, const std::optional<std::string>& file, const Getenv& getenv) {
    const std::string start = absolutePath(fs::current_path().string(), folder);
    const std::optional<fs::path> found = file ? fs::path(absolutePath(start, *file)) : findFile(start);
    if (file && !fs::exists(*found))
        throw Error("config-missing", Exit::usage, fmt::format("there is no configuration file {}", *file),
                    "check the path")
            .at(*file);
    Settings settings;
    if (found) {
        // Flyway counts relative locations from where it runs, so a file that was named leaves that place as it is.
        settings = readSettings(*found, file ? start : found->parent_path().string(), getenv);
    } else if (getenv("FLYWAY_URL")) {
        settings = readFlywayConf("", "", start, getenv);
        settings.origin = "the FLYWAY_ variables";
    } else {
        settings = defaults(start);
    }
    if (settings.environments.empty()) settings.environments = {embeddedDev()};
    ProjectSettings& project = settings.project;
    if (project.locations.empty()) {
        const std::string usual = firstFolder(settings.root, usualFolders);
        project.locations = {usual.empty() ? absolutePath(settings.root, usualFolders.front()) : usual};
    }
    if (!project.defaultSchema && !project.schemas.empty()) project.defaultSchema = project.schemas.front();
    applyPlaceholderVariables(settings, getenv);
    return settings;
}

}  // namespace slipway::config
