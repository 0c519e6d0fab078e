// slipway info and validate: where a database stands against the files.
#pragma once

#include "commands/target.h"
#include "model/finding.h"

namespace slipway::commands {

/// One line of `info`.
struct InfoLine {
    std::string category;     ///< Versioned, Repeatable, Baseline ...
    std::string version;
    std::string description;
    std::string type;
    std::string installedOn;
    std::string installedBy;
    std::string state;
    bool undoable = false;
    int executionTime = 0;    ///< ms
    std::string file;
    std::string undoFile;
    bool pending = false;
};

struct Info {
    std::string environment;
    std::string database;
    std::string server;
    std::string table;
    std::string schemaVersion;      ///< the highest applied; "" when empty
    bool historyExists = false;
    std::vector<InfoLine> lines;
    std::vector<std::string> notes; ///< of the layout: files passed over
    int pending = 0;
};

/// The last `most` rows of the history, the newest first, as `info` shows them (R110).
std::vector<InfoLine> lastRows(const Project& project, apply::Site& site, size_t most);

Info info(const Common& common, const EventSink& sink);

struct Validation {
    std::vector<Finding> findings;
    int checked = 0;
    std::vector<std::string> notes;
};

/// Flyway's validate: pending migrations are findings too.
Validation validate(const Common& common, const EventSink& sink);

}  // namespace slipway::commands
