#include "commands/check_scripts.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace slipway::commands {

namespace {

std::string idOf(const Migration& migration) {
    return migration.kind == MigrationKind::versioned ? migration.version->text() : migration.id();
}

ScriptToJudge upOf(const Migration& migration) {
    return {.migration = std::make_shared<const Migration>(migration), .id = idOf(migration), .script = migration.up, .backfill = migration.declarations.backfill.has_value()};
}

bool isKind(const Migration& migration, MigrationKind kind) { return migration.kind == kind; }

/// What an empty database would be brought to: the versioned migrations, or, where those before a baseline migration
/// are gone, that one and what comes after it; then the repeatables.
std::vector<const Migration*> inOrder(const Changelog& changelog) {
    const Migration* baseline = nullptr;
    const Migration* first = nullptr;
    for (const Migration& migration : changelog.migrations) {
        if (isKind(migration, MigrationKind::baseline)) baseline = &migration;
        if (isKind(migration, MigrationKind::versioned) && !first) first = &migration;
    }
    const bool begins = baseline && (!first || *first->version > *baseline->version);
    std::vector<const Migration*> ordered;
    if (begins) ordered.push_back(baseline);
    for (const Migration& migration : changelog.migrations)
        if (!isKind(migration, MigrationKind::baseline)) ordered.push_back(&migration);
    return ordered;
}

/// Whether the files begin with an empty database. A first version such as 42 continues a schema that no file here
/// makes; one that is a time of day is taken for a beginning.
bool beginsEmpty(const ProjectSettings& settings, const std::vector<const Migration*>& ordered) {
    if (settings.baselineOnMigrate || settings.baselineVersion != "1") return false;
    if (ordered.empty() || !isKind(*ordered.front(), MigrationKind::versioned)) return true;
    const std::string first = split(ordered.front()->version->text(), '.').front();
    constexpr size_t digitsOfADate = 8;
    return first.size() >= digitsOfADate || std::stoi(first) <= 1;
}

fs::path real(const fs::path& file) {
    std::error_code ignored;
    const fs::path found = fs::weakly_canonical(file, ignored);
    return found.empty() ? file : found;
}

bool below(const fs::path& file, const fs::path& folder) {
    const fs::path relative = file.lexically_relative(folder);
    return !relative.empty() && *relative.begin() != "..";
}

/// The project around `files`, unless there is none or none of them lies in it.
std::optional<Project> projectOf(const Common& common, const std::vector<std::string>& files) {
    if (files.empty()) return openProject(common);
    Project project;
    try {
        project.settings = openSettings(common);
    } catch (const Error& error) {
        if (error.code != "no-project") throw;
        return std::nullopt;
    }
    const bool any = std::ranges::any_of(files, [&](const std::string& file) {
        return std::ranges::any_of(project.settings.project.locations,
                                   [&](const std::string& folder) { return below(real(file), real(folder)); });
    });
    if (!any) return std::nullopt;
    readFiles(project);
    return project;
}

Script scriptOf(const std::string& file) {
    Script script;
    script.path = file;
    script.file = shownPath(file);
    script.name = fs::path(file).filename().string();
    return script;
}

/// The project's scripts up to the last of `files` that is one of them; what is left in `files` is none.
std::vector<ScriptToJudge> chosenOf(const std::vector<const Migration*>& ordered, std::vector<std::string>& files) {
    auto take = [&](const Script& script) {
        return std::erase_if(files, [&](const std::string& file) { return real(file) == real(script.path); }) > 0;
    };
    std::vector<ScriptToJudge> chosen;
    size_t last = 0;
    for (const Migration* migration : ordered) {
        chosen.push_back(upOf(*migration));
        chosen.back().judged = take(migration->up);
        if (chosen.back().judged) last = chosen.size();
        if (!migration->down || !take(*migration->down)) continue;
        chosen.push_back({.id = idOf(*migration), .script = *migration->down, .aside = true});
        last = chosen.size();
    }
    chosen.resize(last);
    return chosen;
}

bool names(const std::string& since, const ScriptToJudge& script) {
    if (since == script.id || "V" + script.id == since || since == script.script.name) return true;
    const auto wanted = Version::parse(since), version = Version::parse(script.id);
    return wanted && version && *wanted == *version;
}

/// How many scripts were applied, the last one that is named among them.
size_t appliedOf(const std::vector<ScriptToJudge>& scripts, const Since& since) {
    const auto named = std::ranges::find_if(scripts, [&](const ScriptToJudge& script) { return names(since.id, script); });
    if (named != scripts.end()) return static_cast<size_t>(named - scripts.begin()) + 1;
    if (!since.exactly) {
        const auto wanted = Version::parse(since.id);
        return static_cast<size_t>(std::ranges::count_if(scripts, [&](const ScriptToJudge& script) {
            const auto version = Version::parse(script.id);
            return wanted && version && *version < *wanted;
        }));
    }
    std::vector<std::string> ids;
    for (const ScriptToJudge& script : scripts) ids.push_back(script.id);
    const std::string near = nearest(since.id, ids);
    throw Error("since-unknown", Exit::usage, fmt::format("no migration here is named '{}'", since.id),
                near.empty() ? "give the version of the last one that was applied already; `slipway info` shows them"
                             : fmt::format("did you mean '{}'?", near));
}

/// What was applied is played only; so are the repeatables, which ran after it.
void startAfter(ScriptsToJudge& scripts, const Since& since) {
    auto& all = scripts.scripts;
    const auto applied = static_cast<std::ptrdiff_t>(appliedOf(all, since));
    for (auto script = all.begin(); script < all.begin() + applied; ++script) script->judged = false;
    std::vector<ScriptToJudge> repeatables;
    for (auto script = all.begin() + applied; script != all.end(); ++script)
        if (script->id.starts_with("R ") && script->judged) repeatables.push_back(*script);
    for (ScriptToJudge& script : repeatables) script.judged = false;
    all.insert(all.begin() + applied, repeatables.begin(), repeatables.end());
    scripts.applied = static_cast<size_t>(applied) + repeatables.size();
    scripts.release = scripts.project.has_value();
}

}  // namespace

ScriptsToJudge scriptsToJudge(const Common& common, const std::vector<std::string>& files,
                              const std::optional<Since>& since) {
    ScriptsToJudge found;
    found.project = projectOf(common, files);
    if (found.project) chooseEnvironment(found.project->settings, common.environment);
    std::vector<std::string> others = files;
    if (found.project) {
        const auto ordered = inOrder(found.project->changelog);
        found.complete = beginsEmpty(found.project->settings.project, ordered);
        if (files.empty())
            for (const Migration* migration : ordered) found.scripts.push_back(upOf(*migration));
        else
            found.scripts = chosenOf(ordered, others);
        if (found.scripts.empty() && !others.empty()) found.complete = false;
    }
    for (const std::string& file : others) found.scripts.push_back({.id = fs::path(file).filename().string(), .script = scriptOf(file)});
    if (since) startAfter(found, *since);
    return found;
}

void judgeOnly(ScriptsToJudge& scripts, const std::set<std::string>& added) {
    for (ScriptToJudge& script : scripts.scripts) script.judged = added.contains(real(script.script.path).string());
    std::ranges::stable_partition(scripts.scripts, [](const ScriptToJudge& script) { return !script.judged; });
    scripts.applied = static_cast<size_t>(std::ranges::count_if(scripts.scripts, [](const ScriptToJudge& script) { return !script.judged; }));
    scripts.release = true;
}

ScriptText textOf(const ScriptsToJudge& scripts, const Script& script, const Common& common) {
    if (!scripts.project) {
        ProjectSettings plain;
        plain.placeholderReplacement = false;
        return changelogs::loadScript(script, plain, {});
    }
    const Settings& settings = scripts.project->settings;
    const Environment& environment = chooseEnvironment(settings, common.environment);
    const std::string user = environment.user.empty() ? "postgres" : environment.user;
    const std::string schema = settings.project.defaultSchema.value_or("public");
    return changelogs::loadScript(script, settings.project,
                                  {{"flyway:defaultschema", schema},
                                   {"flyway:user", user},
                                   {"flyway:database", environment.name},
                                   {"flyway:timestamp", "2000-01-01 00:00:00"},
                                   {"flyway:workingdirectory", fs::current_path().string()},
                                   {"flyway:table", settings.project.table},
                                   {"flyway:environment", environment.name}});
}

Beginning beginningOf(const ScriptsToJudge& scripts) {
    if (!scripts.project) return {};
    Beginning beginning;
    const ProjectSettings& settings = scripts.project->settings.project;
    std::vector<std::string> schemas = settings.schemas;
    if (settings.defaultSchema && std::ranges::find(schemas, *settings.defaultSchema) == schemas.end())
        schemas.insert(schemas.begin(), *settings.defaultSchema);
    for (const std::string& schema : schemas)
        beginning.sql += fmt::format("CREATE SCHEMA IF NOT EXISTS {};\n", postgres::quoteIdentifier(schema));
    const std::string first = schemas.empty() ? "public" : settings.defaultSchema.value_or(schemas.front());
    if (!scripts.project->layout->ownHistory) beginning.sql += postgres::createHistorySql({first, settings.table}) + ";\n";
    beginning.session = settings.initSql.empty() ? "" : settings.initSql + ";\n";
    if (!schemas.empty()) beginning.session += fmt::format("SET search_path = {}, \"$user\", public;\n", postgres::quoteIdentifier(schemas.front()));
    return beginning;
}

}  // namespace slipway::commands
