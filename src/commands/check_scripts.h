// Which scripts `slipway check` judges, and what must be played before them.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "commands/project.h"
#include "engines/engine.h"

namespace slipway::commands {

struct ScriptToJudge {
    std::shared_ptr<const Migration> migration;  ///< whose forward script it is
    std::string id;
    Script script;
    bool backfill = false;  ///< a declared backfill follows it
    bool judged = true;     ///< false: it is played for what it leaves
    bool aside = false;     ///< an undo script: what it does is not there for the scripts after it
};

struct ScriptsToJudge {
    std::optional<Project> project;  ///< none: the files stand for themselves
    std::vector<ScriptToJudge> scripts;
    bool complete = false;  ///< together the scripts make all there is
    bool release = false;   ///< all that are judged are one release
    size_t applied = 0;     ///< how many of them were applied already, as --since or a snapshot says
};

/// Where the release begins: behind the migration that is named so, or, `exactly` not asked for, behind the last one
/// that is not above this version.
struct Since {
    std::string id;
    bool exactly = true;
};

/// The project's scripts in the order in which they run, or `files` where some are named: those that belong to the
/// project with what runs before them, all others by themselves.
/// Throws what openProject() throws, "since-unknown" (usage).
ScriptsToJudge scriptsToJudge(const Common& common, const std::vector<std::string>& files,
                              const std::optional<Since>& since);

/// Those that are `added` (canonical paths) are judged as one release, all others are played only.
void judgeOnly(ScriptsToJudge& scripts, const std::set<std::string>& added);

/// The text of a script with its placeholders filled in; those that only a database knows get what the configuration
/// says of it. Throws what changelogs::loadScript throws.
ScriptText textOf(const ScriptsToJudge& scripts, const Script& script, const Common& common);

/// What Slipway itself makes before the first script: the project's schemas and its history table; and what every
/// session begins with.
struct Beginning {
    std::string sql;
    std::string session;
};
Beginning beginningOf(const ScriptsToJudge& scripts);

}  // namespace slipway::commands
