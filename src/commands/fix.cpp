#include "commands/fix.h"

#include "analysis/undo.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "commands/fix_script.h"

namespace slipway::commands {

namespace {

class Writing {
  public:
    Writing(const ReleaseEffects& release, const ProjectSettings& settings, bool flyway, Fixes& fixes) : release_(release), settings_(settings), flyway_(flyway), fixes_(fixes) {}

    void script(const JudgedScript& script) {
        const FixedScript fixed = fixScript(script);
        fixes_.notes.insert(fixes_.notes.end(), fixed.notes.begin(), fixed.notes.end());
        const std::string path = script.migration ? script.migration->up.path : script.script.file;
        if (!fixed.further.empty() && !flyway_ && script.migration) {
            fixes_.notes.push_back(fmt::format("{}: its safe form takes {} migrations, whose numbers this layout does not let me choose; here they are one after the other",
                                               script.script.file, fixed.further.size() + 1));
            return;
        }
        if (fixed.changed) fixes_.files.push_back({path, script.script.file, fixed.text, false});
        if (!fixed.undo.empty() && script.undo) fixes_.files.push_back({script.migration->down->path, script.undo->script.file, fixed.undo + script.undo->script.text, false});
        for (size_t i = 0; i < fixed.further.size(); i++) further(script, path, fixed.further[i], i + 1);
        undo(script, fixed);
    }

  private:
    /// V2__Add_x.sql is followed by V2.1__Add_x.sql, which sorts before V3 in every tool that reads these names.
    void further(const JudgedScript& script, const std::string& path, const Piece& piece, size_t number) {
        const fs::path file(path);
        const std::string name = file.filename().string();
        if (!script.migration) {
            const std::string next = (file.parent_path() / fmt::format("{}_{}.sql", file.stem().string(), number + 1)).string();
            fixes_.files.push_back({next, next, piece.sql + "\n", true});
            return;
        }
        const std::string version = freeVersion(script.migration->version->text(), number);
        const size_t words = name.find(settings_.sqlMigrationSeparator);
        const std::string rest = words == std::string::npos ? "__part.sql" : name.substr(words);
        const std::string up = settings_.sqlMigrationPrefix + version + rest, down = settings_.undoSqlMigrationPrefix + version + rest;
        const std::string head = headerOf(script, version, piece.undo.empty() ? "" : down);
        const auto put = [&](const std::string& called, const std::string& content) {
            const fs::path full = file.parent_path() / called;
            fixes_.files.push_back({full.string(), shownPath(full.string()), content, true});
        };
        put(up, head + piece.sql + (piece.sql.ends_with('\n') ? "" : "\n"));
        if (!piece.undo.empty()) put(down, piece.undo + "\n");
    }

    std::string headerOf(const JudgedScript& script, const std::string& version, const std::string& undo) const {
        const Header& header = script.migration->header;
        std::string text = fmt::format("-- Continues {}, in a transaction of its own.\n", script.script.file);
        if (header.fields.empty()) return text + "\n";
        const auto field = [&](const char* name) { return header.find(name) ? header.find(name)->value : std::string("None"); };
        text = fmt::format("-- Purpose: {} (part {})\n-- Author: {}\n-- Dependencies: V{}\n", field("Purpose"), version, field("Author"), script.migration->version->text());
        return text + fmt::format("-- Rollback: {}\n\n", undo.empty() ? "None" : undo);
    }

    std::string freeVersion(const std::string& base, size_t number) const {
        while (true) {
            std::string version = fmt::format("{}.{}", base, number);
            const auto wanted = Version::parse(version);
            if (std::ranges::none_of(release_.versions, [&](const std::string& known) { return Version::parse(known) == wanted; })) return version;
            number++;
        }
    }

    /// An undo script where there is none and the way back follows from the script.
    void undo(const JudgedScript& script, const FixedScript& fixed) {
        if (!script.migration || !script.migration->version || script.migration->down || script.migration->declarations.irreversible || !flyway_) return;
        if (script.statements.empty() || fixed.parted) return;
        const analysis::DerivedUndo derived = analysis::deriveUndo(script);
        if (!derived.whole()) {
            fixes_.notes.push_back(fmt::format("{}: no undo script can be derived: {}", script.script.file, join(derived.gaps, "; ")));
            return;
        }
        const fs::path file(script.migration->up.path);
        std::string name = file.filename().string();
        if (!name.starts_with(settings_.sqlMigrationPrefix) || derived.statements.empty()) return;
        name = settings_.undoSqlMigrationPrefix + name.substr(settings_.sqlMigrationPrefix.size());
        const fs::path path = file.parent_path() / name;
        fixes_.files.push_back({path.string(), shownPath(path.string()), fixed.undo + join(derived.statements, "\n") + "\n", true});
    }

    const ReleaseEffects& release_;
    const ProjectSettings& settings_;
    const bool flyway_;
    Fixes& fixes_;
};

}  // namespace

Fixes fix(const CheckRequest& request, const EventSink& sink) {
    if (request.files.empty() && !request.since)
        throw Error("fix-which", Exit::usage, "what was applied already must not be changed", "name the scripts, or say with --since which migration was applied last");
    const ReleaseEffects release = check(request, sink);
    ProjectSettings settings;
    bool flyway = false;
    if (std::ranges::any_of(release.scripts, [](const JudgedScript& script) { return script.migration != nullptr; })) {
        settings = openSettings(request.common).project;
        flyway = !changelogs::chooseLayout(settings).ownHistory;
    }
    Fixes fixes;
    Writing writing(release, settings, flyway, fixes);
    for (const JudgedScript& script : release.scripts) writing.script(script);
    return fixes;
}

void write(const Fixes& fixes) {
    for (const FixedFile& file : fixes.files) writeFile(file.path, file.content);
}

}  // namespace slipway::commands
