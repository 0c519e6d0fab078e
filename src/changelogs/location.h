// The folders that scripts lie in.
#pragma once

#include <string>
#include <vector>

#include "model/migration.h"
#include "model/settings.h"

namespace slipway::changelogs {

/// A file below a location.
struct FoundFile {
    std::string path;   ///< to open it
    std::string shown;  ///< for people
    std::string name;   ///< relative to the location, with "/"
    std::string base;   ///< the last part of the name
};

constexpr int everyLevel = -1;

/// One folder of the configuration with its files, ordered by name.
class Location {
  public:
    /// Lists the files of `folder` and of the folders in it, `depth` levels deep (everyLevel: all). Hidden files and folders
    /// are left out, as Flyway leaves them out: a mounted ConfigMap keeps a second copy of its files in one.
    /// Throws "location-unreadable" (usage).
    Location(std::string folder, int depth);

    const std::string& folder() const { return folder_; }
    const std::vector<FoundFile>& files() const { return files_; }
    /// The file of that name relative to the location; nullptr when there is none.
    const FoundFile* find(const std::string& name) const;

  private:
    std::string folder_;
    std::vector<FoundFile> files_;
};

/// Opens the folders of a project. One that lies in another is left out, since its files are read with the other's; one
/// that is missing becomes a note or, with failOnMissingLocations, the Error "location-missing" (usage).
std::vector<Location> openLocations(const std::vector<std::string>& folders, const ProjectSettings& settings, int depth,
                                    std::vector<std::string>& notes);

}  // namespace slipway::changelogs
