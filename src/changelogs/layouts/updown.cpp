// Pairs of a script forward and a script back, as golang-migrate, diesel and sqlx write them. They are paired by
// number: golang-migrate ignores the rest of the name, and there are projects whose two names differ.
#include <map>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "changelogs/layout.h"
#include "changelogs/location.h"
#include "changelogs/script_reader.h"
#include "changelogs/updown_names.h"

namespace slipway::changelogs {

namespace {

constexpr int oneLevel = 1;  // the folders of diesel

struct Entry {
    PairName name;
    const FoundFile* file = nullptr;
    ScriptReader* reader = nullptr;
    const Location* location = nullptr;
};

/// Files of one number with a way back in the same text belong to other tools; run as they stand they would do and
/// undo.
void refuseSections(const std::string& text, const FoundFile& file) {
    static const std::vector<std::pair<std::string, std::string>> marks = {{"-- migrate:up", "dbmate"},
                                                                           {"-- +goose", "goose"},
                                                                           {"-- +migrate", "sql-migrate"},
                                                                           {"--liquibase formatted", "Liquibase"}};
    for (const auto& [mark, tool] : marks)
        if (text.contains(mark))
            throw Error("layout-unsupported", Exit::usage,
                        fmt::format("this file is written for {}: the way forward and the way back share it", tool),
                        "split it into a pair such as 0001_x.up.sql and 0001_x.down.sql")
                .at(file.shown);
}

/// sqlx: a file whose first line says so runs outside a transaction; diesel says it in the folder's metadata.toml.
bool runsOutsideTransaction(const std::string& text, const Entry& entry) {
    if (text.starts_with("-- no-transaction")) return true;
    if (entry.name.form != PairName::Form::folder) return false;
    const std::string folder = entry.file->name.substr(0, entry.file->name.find('/'));
    const FoundFile* metadata = entry.location->find(folder + "/metadata.toml");
    if (metadata == nullptr) return false;
    std::string content = readScript(metadata->path, metadata->shown);
    std::erase_if(content, [](char c) { return c == ' ' || c == '\t'; });
    return content.contains("run_in_transaction=false");
}

Script readEntry(const Entry& entry, Header* header = nullptr) {
    std::string text;
    Script script = entry.reader->script(*entry.file, header, &text);
    if (entry.name.form == PairName::Form::single) refuseSections(text, *entry.file);
    if (!script.config.executeInTransaction && runsOutsideTransaction(text, entry))
        script.config.executeInTransaction = false;
    return script;
}

/// The scripts of one number.
struct Pair {
    const Entry* up = nullptr;
    const Entry* down = nullptr;
};

class Reading {
  public:
    explicit Reading(const ProjectSettings& settings)
        : settings_(settings), locations_(openLocations(settings.locations, settings, oneLevel, changelog_.notes)) {
        readers_.reserve(locations_.size());  // entries point at them
    }

    Changelog read() {
        for (const Location& location : locations_) {
            readers_.emplace_back(settings_, location);
            for (const FoundFile& file : location.files()) sortIn(file, location);
        }
        std::map<Version, Pair> pairs;
        for (const Entry& entry : entries_) join(pairs[entry.name.version], entry);
        for (const auto& [version, pair] : pairs) readPair(pair);
        for (const ScriptReader& reader : readers_) reader.finish(changelog_.notes);
        return std::move(changelog_);
    }

  private:
    void sortIn(const FoundFile& file, const Location& location) {
        if (std::optional<PairName> name = parsePairName(file.name))
            entries_.push_back({*std::move(name), &file, &readers_.back(), &location});
        else if (lower(file.base).ends_with(".sql"))
            changelog_.notes.push_back(
                fmt::format("passed over {}: its name is no number, underscore, description", file.shown));
    }

    static void join(Pair& pair, const Entry& entry) {
        const Entry*& place = entry.name.up ? pair.up : pair.down;
        if (place != nullptr)
            throw Error("duplicate-version", Exit::usage,
                        fmt::format("two files have version {}: {} and {}", entry.name.version.text(),
                                    place->file->shown, entry.file->shown),
                        "give one of them a new number: the one that no database has seen yet")
                .at(entry.file->shown);
        place = &entry;
    }

    void readPair(const Pair& pair) {
        if (pair.up == nullptr) {
            changelog_.notes.push_back(fmt::format("{} undoes version {}, which no script brings about",
                                                   pair.down->file->shown, pair.down->name.version.text()));
            return;
        }
        const PairName& name = pair.up->name;
        Migration migration{.version = name.version, .description = name.description};
        migration.up = readEntry(*pair.up, &migration.header);
        migration.checksum = migration.up.checksum;
        migration.declarations = pair.up->reader->declarations(name.stem);
        if (pair.down != nullptr) {
            migration.down = readEntry(*pair.down);
            if (pair.down->name.description != name.description)
                changelog_.notes.push_back(
                    fmt::format("{} and {} are one pair by their number, though their names differ",
                                pair.up->file->shown, pair.down->file->shown));
        }
        changelog_.migrations.push_back(std::move(migration));
    }

    const ProjectSettings& settings_;
    Changelog changelog_;
    std::vector<Location> locations_;
    std::vector<ScriptReader> readers_;
    std::vector<Entry> entries_;
};

int recognise(const Location& location, const ProjectSettings&) {
    return static_cast<int>(std::ranges::count_if(
        location.files(), [](const FoundFile& file) { return parsePairName(file.name).has_value(); }));
}

Changelog read(const ProjectSettings& settings) {
    return Reading(settings).read();
}

}  // namespace

extern const Layout layout_updown{"updown",
                                  "pairs of up and down scripts: 0001_name.up.sql, or folders with up.sql and down.sql",
                                  true, recognise, read};

}  // namespace slipway::changelogs
