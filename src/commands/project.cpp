#include "commands/project.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "config/config.h"

namespace slipway::commands {

Settings openSettings(const Common& common) {
    const std::string folder = common.folder.empty() ? fs::current_path().string() : common.folder;
    if (!fs::is_directory(folder))
        throw Error("project-missing", Exit::usage, fmt::format("there is no folder {}", folder), "give the project's folder to --project");
    return config::load(folder, common.configFile, config::processEnvironment);
}

Project openProject(const Common& common) {
    Project project;
    project.settings = openSettings(common);
    readFiles(project);
    return project;
}

void readFiles(Project& project) {
    try {
        project.layout = &changelogs::chooseLayout(project.settings.project);
    } catch (Error& error) {
        if (error.file.empty()) error.at(project.settings.file);
        throw;
    }
    project.changelog = project.layout->read(project.settings.project);
}

void tellNotes(const Project& project, const EventSink& sink) {
    constexpr size_t most = 3;
    const std::vector<std::string>& notes = project.changelog.notes;
    for (size_t i = 0; i < notes.size() && i <= most && sink; i++) {
        Event told{Event::Kind::message};
        told.text = "note: " + (i < most ? notes[i] : fmt::format("{} more; `slipway info` shows all", notes.size() - most));
        sink(told);
    }
}

const Environment& chooseEnvironment(const Settings& settings, const std::optional<std::string>& name) {
    if (!name && settings.defaultEnvironment.empty()) return settings.environments.front();
    const std::string& wanted = name ? *name : settings.defaultEnvironment;
    std::vector<std::string> names;
    for (const Environment& environment : settings.environments) {
        if (environment.name == wanted) return environment;
        names.push_back(environment.name);
    }
    const std::string near = nearest(wanted, names);
    throw Error("environment-unknown", Exit::usage, fmt::format("there is no environment '{}'", wanted),
                near.empty() ? fmt::format("the environments are: {}", join(names, ", ")) : fmt::format("did you mean '{}'?", near))
        .at(settings.file);
}

const Environment* environmentBefore(const Settings& settings, const Environment& environment) {
    const Environment* before = nullptr;
    for (const Environment& candidate : settings.environments) {
        if (&candidate == &environment || candidate.name == environment.name) return before;
        before = &candidate;
    }
    return before;
}

}  // namespace slipway::commands
