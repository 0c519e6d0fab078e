#include "commands/create.h"

#include <pwd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace slipway::commands {

namespace {

std::string gitUser() {
    // One key is wanted: asking git costs a process and needs git, a library costs a start.
    const char* home = std::getenv("HOME");
    for (const fs::path& file : {fs::path(".git/config"), fs::path(home ? home : "") / ".gitconfig"}) {
        std::error_code missing;
        if (!fs::exists(file, missing)) continue;
        bool user = false;
        for (const std::string& raw : split(readFile(file), '\n')) {
            const std::string_view line = trim(raw);
            if (line.starts_with('[')) user = line == "[user]";
            if (user && line.starts_with("name")) {
                const size_t equals = line.find('=');
                if (equals != std::string_view::npos) return std::string(trim(line.substr(equals + 1)));
            }
        }
    }
    return "";
}

std::string author(const std::string& given) {
    if (!given.empty()) return given;
    if (const std::string name = gitUser(); !name.empty()) return name;
    const passwd* entry = getpwuid(getuid());
    return entry ? entry->pw_name : "unknown";
}

/// "add_payment_tables" and "add payment tables" become "Add_payment_tables".
std::string fileWords(const std::string& name) {
    std::string words;
    for (const char c : std::string(trim(name))) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        const bool gap = c == ' ' || c == '_' || c == '-';
        if (!letter && !gap)
            throw Error("name-invalid", Exit::usage, fmt::format("'{}' cannot stand in the name of a migration", c),
                        "use letters, digits and underscores: slipway new add_payment_tables");
        if (gap && (words.empty() || words.back() == '_')) continue;
        words += gap ? '_' : c;
    }
    while (words.ends_with('_')) words.pop_back();
    if (words.empty()) throw Error("name-invalid", Exit::usage, "the migration needs a name", "such as: slipway new add_payment_tables");
    if (words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 32);
    return words;
}

}  // namespace

Created create(const Common& common, const std::string& name, const std::string& givenAuthor, const std::string& ticket) {
    Settings settings;
    try {
        settings = openSettings(common);
    } catch (const Error& error) {
        if (error.code != "no-project") throw;
        settings.root = common.folder.empty() ? fs::current_path().string() : common.folder;
    }
    const ProjectSettings& project = settings.project;
    const fs::path folder = project.locations.empty() ? fs::path(settings.root) / "db/migrations" : fs::path(project.locations.front());
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem)
        throw Error("file-unwritable", Exit::outside, fmt::format("cannot create {}: {}", folder.string(), problem.message()), "check the folder's permissions");

    const std::string words = fileWords(name);
    std::string version = versionNow();
    const bool updown = changelogs::chooseLayout(project).ownHistory;
    auto fileOf = [&](bool up) {
        if (updown) return folder / fmt::format("{}_{}.{}.sql", version, lower(words), up ? "up" : "down");
        const std::string& prefix = up ? project.sqlMigrationPrefix : project.undoSqlMigrationPrefix;
        return folder / (prefix + version + project.sqlMigrationSeparator + words + project.sqlMigrationSuffixes.front());
    };
    auto taken = [&] {
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path().filename().string().find(version) != std::string::npos) return true;
        return false;
    };
    while (taken()) {  // two within a second: the next one is a second later
        auto next = std::stoll(version) + 1;
        version = std::to_string(next);
    }
    const std::string title = replaceAll(words, "_", " ");
    const fs::path up = fileOf(true);
    const fs::path down = fileOf(false);
    writeFile(up, fmt::format("-- Migration: {}\n-- Author: {}\n{}-- Dependencies: None\n-- Impact: \n-- Rollback: {}\n\n", title, author(givenAuthor),
                              ticket.empty() ? "-- Ticket: \n" : "-- Ticket: " + ticket + "\n", down.filename().string()));
    writeFile(down, fmt::format("-- Rollback: {}\n-- Takes back {}. Say here which data is lost, if any.\n\n", title, up.filename().string()));
    return {shownPath(up), shownPath(down)};
}

}  // namespace slipway::commands
