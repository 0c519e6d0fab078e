// Flyway's layout: V1__x.sql, U1__x.sql, B1__x.sql, R__x.sql and callbacks, in folders of any depth.
#include "changelogs/flyway_names.h"

#include <map>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "changelogs/layout.h"
#include "changelogs/location.h"
#include "changelogs/script_reader.h"

namespace slipway::changelogs {

namespace {

using Kind = ScriptName::Kind;

/// A file whose name means something.
struct Entry {
    ScriptName name;
    std::string stem;  ///< relative to the location, without the suffix
    const FoundFile* file = nullptr;
    ScriptReader* reader = nullptr;
};

/// The suffixes of Flyway's other kinds of migration.
bool isForeignScript(std::string_view file) {
    static const std::vector<std::string> suffixes = {".sh", ".bash", ".py", ".ps1", ".bat", ".cmd", ".java", ".class"};
    return std::ranges::any_of(suffixes, [&](const std::string& suffix) { return lower(file).ends_with(suffix); });
}

void refuseForeignScript(const FoundFile& file, const NameGrammar& grammar) {
    std::string why;
    const std::string stem = file.base.substr(0, file.base.rfind('.'));
    if (!isForeignScript(file.base) || !grammar.parse(stem, why)) return;
    throw Error(
        "script-type-unsupported", Exit::usage, fmt::format("{} is a step of the migrations, but no SQL", file.base),
        "Slipway runs SQL scripts only: turn the step into SQL, or move the file out of the locations and run it "
        "in a deployment step of its own")
        .at(file.shown);
}

void refuseForeignEvent(const ScriptName& name, const FoundFile& file) {
    const auto event =
        std::ranges::find_if(callbackEvents(), [&](const CallbackEvent& e) { return e.name == name.event; });
    if (event->supported) return;
    std::vector<std::string> supported;
    for (const CallbackEvent& e : callbackEvents())
        if (e.supported) supported.emplace_back(e.name);
    throw Error("callback-unsupported", Exit::usage,
                fmt::format("Slipway has no event {} at which to run this callback", name.event),
                fmt::format("use one of {}; or take the file out of the locations", join(supported, ", ")))
        .at(file.shown);
}

Error duplicate(const char* code, const std::string& what, const FoundFile& a, const FoundFile& b, std::string hint) {
    return Error(code, Exit::usage, fmt::format("{}: {} and {}", what, a.shown, b.shown), std::move(hint)).at(b.shown);
}

/// Refuses what two entries must not share. `entries` are in order, so that equals stand side by side.
void refuseDuplicates(const std::vector<Entry>& entries) {
    for (size_t i = 1; i < entries.size(); i++) {
        const Entry& a = entries[i - 1];
        const Entry& b = entries[i];
        if (a.name.kind != b.name.kind) continue;
        if (a.name.version && *a.name.version == *b.name.version)
            throw duplicate("duplicate-version", fmt::format("two files have version {}", b.name.version->text()),
                            *a.file, *b.file, "give one of them a new number: the one that no database has seen yet");
        if (a.name.kind == Kind::repeatable && a.name.description == b.name.description)
            throw duplicate("duplicate-repeatable",
                            fmt::format("two repeatable migrations are described as '{}'", b.name.description), *a.file,
                            *b.file, "give one of them another description");
        if (a.name.kind == Kind::callback && a.name.event == b.name.event && a.name.description == b.name.description)
            throw duplicate("duplicate-callback", fmt::format("two callbacks are called {}", a.file->base), *a.file,
                            *b.file, fmt::format("give one of them another description: {}__other.sql", a.name.event));
    }
}

size_t rankOf(const std::string& event) {
    const auto& events = callbackEvents();
    return static_cast<size_t>(std::ranges::find_if(events, [&](const CallbackEvent& e) { return e.name == event; }) -
                               events.begin());
}

/// By kind; then versions, descriptions, events in their order; then names, so that messages are the same everywhere.
bool comesBefore(const Entry& a, const Entry& b) {
    if (a.name.kind != b.name.kind) return a.name.kind < b.name.kind;
    if (a.name.version && *a.name.version != *b.name.version) return *a.name.version < *b.name.version;
    if (a.name.event != b.name.event) return rankOf(a.name.event) < rankOf(b.name.event);
    if (!a.name.version && a.name.description != b.name.description) return a.name.description < b.name.description;
    return a.file->name < b.file->name;
}

class Reading {
  public:
    explicit Reading(const ProjectSettings& settings)
        : settings_(settings),
          grammar_(settings),
          locations_(openLocations(settings.locations, settings, everyLevel, changelog_.notes)),
          callbackLocations_(openLocations(settings.callbackLocations, settings, everyLevel, changelog_.notes)) {
        readers_.reserve(locations_.size() + callbackLocations_.size());  // entries point at them
    }

    Changelog read() {
        for (const Location& location : locations_) {
            readers_.emplace_back(settings_, location);
            for (const FoundFile& file : location.files())
                sortIn(file, readers_.back(), settings_.callbackLocations.empty());
        }
        for (const Location& location : callbackLocations_) {
            readers_.emplace_back(settings_, location);
            for (const FoundFile& file : location.files())
                if (isCallback(file)) sortIn(file, readers_.back(), true);
        }
        refuseBadNames();
        std::ranges::sort(entries_, comesBefore);
        refuseDuplicates(entries_);
        changelog_.migrations.reserve(entries_.size());
        for (const Entry& entry : entries_) readEntry(entry);
        pairUndoScripts();
        std::ranges::stable_sort(changelog_.migrations, [](const Migration& a, const Migration& b) {
            return a.version && b.version ? *a.version < *b.version : a.version.has_value() > b.version.has_value();
        });
        for (const ScriptReader& reader : readers_) reader.finish(changelog_.notes);
        return std::move(changelog_);
    }

  private:
    bool isCallback(const FoundFile& file) const {
        std::string why;
        const std::optional<std::string> stem = grammar_.stem(file.base);
        const std::optional<ScriptName> name = stem ? grammar_.parse(*stem, why) : std::nullopt;
        return name && name->kind == Kind::callback;
    }

    void sortIn(const FoundFile& file, ScriptReader& reader, bool callbacks) {
        const std::optional<std::string> stem = grammar_.stem(file.base);
        if (!stem) return refuseForeignScript(file, grammar_);
        std::string why;
        std::optional<ScriptName> name = grammar_.parse(*stem, why);
        if (!name) {
            badNames_.push_back(fmt::format("{}: {}", file.shown, why));
            return;
        }
        if (name->kind == Kind::callback) {
            if (!callbacks || settings_.skipDefaultCallbacks) return;
            refuseForeignEvent(*name, file);
        }
        const std::string whole = file.name.substr(0, file.name.size() - (file.base.size() - stem->size()));
        entries_.push_back({*std::move(name), whole, &file, &reader});
    }

    void refuseBadNames() {
        if (badNames_.empty()) return;
        if (settings_.validateMigrationNaming)
            throw Error(
                "migration-naming", Exit::usage,
                fmt::format("{} no valid name:\n  {}", badNames_.size() == 1 ? "a SQL file has" : "some SQL files have",
                            join(badNames_, "\n  ")),
                fmt::format("rename them like {}1{}description{}, or take them out of the locations",
                            settings_.sqlMigrationPrefix, settings_.sqlMigrationSeparator,
                            settings_.sqlMigrationSuffixes.front()));
        for (const std::string& bad : badNames_) changelog_.notes.push_back("passed over " + bad);
    }

    void readEntry(const Entry& entry) {
        if (entry.name.kind == Kind::undo) {
            undoScripts_.emplace_back(*entry.name.version, entry.reader->script(*entry.file));
            return;
        }
        if (entry.name.kind == Kind::callback) {
            changelog_.callbacks.push_back(
                {entry.name.event, entry.name.description, entry.reader->script(*entry.file)});
            return;
        }
        Migration migration{.version = entry.name.version, .description = entry.name.description};
        migration.up = entry.reader->script(*entry.file, &migration.header);
        migration.declarations = entry.reader->declarations(entry.stem);
        migration.checksum = migration.up.checksum;
        if (entry.name.kind == Kind::baseline) migration.kind = MigrationKind::baseline;
        if (entry.name.kind == Kind::repeatable) {
            migration.kind = MigrationKind::repeatable;
            migration.equivalentChecksum = migration.checksum;
        }
        changelog_.migrations.push_back(std::move(migration));
    }

    /// Both lists are ordered by version: one walk along the two pairs them.
    void pairUndoScripts() {
        auto migration = changelog_.migrations.begin();
        for (auto& [version, script] : undoScripts_) {
            while (migration != changelog_.migrations.end() && migration->kind == MigrationKind::versioned &&
                   *migration->version < version)
                ++migration;
            const bool paired = migration != changelog_.migrations.end() &&
                                migration->kind == MigrationKind::versioned && *migration->version == version;
            if (paired)
                migration->down = std::move(script);
            else
                changelog_.notes.push_back(
                    fmt::format("{} undoes version {}, which no script brings about", script.file, version.text()));
        }
    }

    const ProjectSettings& settings_;
    NameGrammar grammar_;
    Changelog changelog_;
    std::vector<Location> locations_;
    std::vector<Location> callbackLocations_;
    std::vector<ScriptReader> readers_;
    std::vector<Entry> entries_;
    std::vector<std::string> badNames_;
    std::vector<std::pair<Version, Script>> undoScripts_;
};

int recognise(const Location& location, const ProjectSettings& settings) {
    const NameGrammar grammar(settings);
    std::string why;
    return static_cast<int>(std::ranges::count_if(location.files(), [&](const FoundFile& file) {
        const std::optional<std::string> stem = grammar.stem(file.base);
        return stem && grammar.parse(*stem, why);
    }));
}

Changelog read(const ProjectSettings& settings) {
    return Reading(settings).read();
}

}  // namespace

extern const Layout layout_flyway{"flyway", "Flyway: V1__name.sql, undo scripts U1__name.sql, repeatables R__name.sql",
                                  false, recognise, read};

}  // namespace slipway::changelogs
