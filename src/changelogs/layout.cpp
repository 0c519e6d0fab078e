#include "changelogs/layout.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "changelogs/location.h"

namespace slipway::changelogs {

namespace {

const Layout& mostRecognised(const ProjectSettings& settings) {
    std::vector<Location> locations;
    for (const std::string& folder : settings.locations)
        if (fs::is_directory(folder)) locations.emplace_back(folder, everyLevel);
    const Layout* best = nullptr;
    int most = 0;
    for (const Layout* layout : allLayouts()) {
        int files = 0;
        for (const Location& location : locations) files += layout->recognise(location, settings);
        const bool byDefault = most == 0 && files == 0 && std::string_view(layout->name) == "flyway";
        if (files > most || byDefault) {
            best = layout;
            most = files;
        }
    }
    return *best;
}

}  // namespace

const Layout& chooseLayout(const ProjectSettings& settings) {
    if (settings.layout == "auto") return mostRecognised(settings);
    std::vector<std::string> names;
    for (const Layout* layout : allLayouts()) {
        if (layout->name == settings.layout) return *layout;
        names.emplace_back(layout->name);
    }
    const std::string near = nearest(settings.layout, names);
    throw Error("layout-unknown", Exit::usage, fmt::format("there is no layout named '{}'", settings.layout),
                near.empty() ? fmt::format("use auto or one of: {}", join(names, ", "))
                             : fmt::format("did you mean '{}'?", near));
}

}  // namespace slipway::changelogs
