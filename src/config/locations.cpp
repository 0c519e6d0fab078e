#include "config/locations.h"

#include "base/files.h"
#include "base/text.h"

namespace slipway::config {

std::string absolutePath(const std::string& root, const std::string& path) {
    std::string absolute = (fs::path(root) / path).lexically_normal().string();
    while (absolute.size() > 1 && absolute.ends_with('/')) absolute.pop_back();
    return absolute;
}

std::string firstFolder(const std::string& root, const std::vector<std::string>& candidates) {
    for (const std::string& candidate : candidates)
        if (fs::is_directory(fs::path(root) / candidate)) return absolutePath(root, candidate);
    return "";
}

std::string flywayLocation(const std::string& location, const std::string& root, const Place& place,
                           std::vector<std::string>& warnings) {
    constexpr std::string_view filesystem = "filesystem:";
    constexpr std::string_view classpath = "classpath:";
    if (location.find_first_of("*?") != std::string::npos)
        throw configError("config-unsupported", fmt::format("the location '{}' holds a wildcard", location),
                          "name the folders one by one", place);
    if (location.starts_with(filesystem)) return absolutePath(root, location.substr(filesystem.size()));
    std::string path = location;
    if (path.starts_with(classpath)) {
        path.erase(0, classpath.size());
    } else if (path.contains(':')) {
        throw configError("config-unsupported", fmt::format("Slipway cannot read migrations from '{}'", location),
                          "copy the migrations into the repository and write filesystem:FOLDER", place);
    } else if (const std::string folder = firstFolder(root, {path}); !folder.empty()) {
        return folder;
    }
    while (path.starts_with('/')) path.erase(0, 1);
    const std::string folder = firstFolder(root, {path, "src/main/resources/" + path});
    if (folder.empty()) {
        const std::string usual = firstFolder(root, {"db/migrations", "db/migration", "migrations", "sql"});
        const std::string meant = usual.empty() ? "src/main/resources/" + path : fs::path(usual).lexically_relative(root).string();
        throw configError("config-location",
                          fmt::format("the class path location '{}' is no folder of this project", location),
                          fmt::format("write the folder as a path: filesystem:{}", meant), place);
    }
    warnings.push_back(fmt::format("{}: '{}' is read from the folder {}; write filesystem:{} to say so", place.file,
                                   location, shownPath(folder), fs::path(folder).lexically_relative(root).string()));
    return folder;
}

}  // namespace slipway::config
