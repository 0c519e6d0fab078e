#include "changelogs/location.h"

#include "base/error.h"
#include "base/files.h"

namespace slipway::changelogs {

namespace {

bool liesIn(const std::string& folder, const std::string& other) {
    return folder.size() > other.size() && folder.starts_with(other) &&
           (other.ends_with('/') || folder[other.size()] == '/');
}

}  // namespace

Location::Location(std::string folder, int depth) : folder_(std::move(folder)) {
    const std::string shown = shownPath(folder_);
    const size_t prefix = folder_.size() + (folder_.ends_with('/') ? 0 : 1);
    try {
        for (fs::recursive_directory_iterator entry(folder_), end; entry != end; ++entry) {
            const fs::path& path = entry->path();
            const std::string base = path.filename().string();
            const bool hidden = base.starts_with('.');
            if (hidden || entry.depth() == depth) entry.disable_recursion_pending();
            // A link that leads nowhere is taken in, too: reading it says so, and no script is missed in silence.
            if (hidden || (!entry->is_regular_file() && !(entry->is_symlink() && !entry->exists()))) continue;
            std::string name = path.string().substr(prefix);
            files_.push_back({path.string(), shown == "." ? name : shown + "/" + name, name, base});
        }
    } catch (const fs::filesystem_error& e) {
        throw Error("location-unreadable", Exit::usage, fmt::format("cannot list {}: {}", shown, e.code().message()),
                    "check that the folder and those in it may be read")
            .at(shown);
    }
    std::ranges::sort(files_, {}, &FoundFile::name);
}

const FoundFile* Location::find(const std::string& name) const {
    const auto found = std::ranges::lower_bound(files_, name, {}, &FoundFile::name);
    return found != files_.end() && found->name == name ? &*found : nullptr;
}

std::vector<Location> openLocations(const std::vector<std::string>& folders, const ProjectSettings& settings, int depth,
                                    std::vector<std::string>& notes) {
    std::vector<Location> locations;
    for (const std::string& folder : folders) {
        const bool again = std::ranges::find(locations, folder, &Location::folder) != locations.end();
        const bool inside = depth < 0 && std::ranges::any_of(folders, [&](const std::string& other) {
                                return liesIn(folder, other) && fs::is_directory(other);
                            });
        if (again || inside) continue;
        if (fs::is_directory(folder)) {
            locations.emplace_back(folder, depth);
        } else if (settings.failOnMissingLocations) {
            throw Error("location-missing", Exit::usage,
                        fmt::format("the folder of migrations {} does not exist", shownPath(folder)),
                        "create it, or correct the locations in the configuration")
                .at(shownPath(folder));
        } else {
            notes.push_back(fmt::format("the folder of migrations {} does not exist", shownPath(folder)));
        }
    }
    return locations;
}

}  // namespace slipway::changelogs
