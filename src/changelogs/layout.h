// The port of the layouts: how a folder of files becomes a Changelog.
#pragma once

#include <map>
#include <span>
#include <string>

#include "model/migration.h"
#include "model/script.h"
#include "model/settings.h"

namespace slipway::changelogs {

class Location;

/// One way of laying out migrations. One file a layout; CMake gathers them (allLayouts).
struct Layout {
    const char* name;       ///< "flyway", "updown"
    const char* describes;  ///< one line for people
    bool ownHistory;        ///< true: the history is Slipway's own table
    /// How strongly the files of a folder, listed on all levels, look like this layout: 0 not at all, else the number of
    /// its files.
    int (*recognise)(const Location& location, const ProjectSettings& settings);
    Changelog (*read)(const ProjectSettings& settings);
};

/// All layouts, gathered from the folder by CMake.
std::span<const Layout* const> allLayouts();

/// The layout that the settings name, or the one that recognises most files (flyway when none recognises any).
/// Throws "layout-unknown" (usage) with the nearest name.
const Layout& chooseLayout(const ProjectSettings& settings);

/// Reads the text of a script and fills in its placeholders (`extra` holds the built-in ones: flyway:database ...).
/// Throws what readScript throws, and "placeholder-missing" (usage) with line and column.
ScriptText loadScript(const Script& script, const ProjectSettings& settings,
                      const std::map<std::string, std::string>& extra);

/// For repeatables: the checksum over the filled-in text, as Flyway stores it.
int32_t filledChecksum(const ScriptText& text);

/// Sets the checksum of each repeatable to filledChecksum() of its script. read() leaves the checksum of the raw text
/// there, since the built-in placeholders are only known with the database. Throws what loadScript throws.
void fillRepeatableChecksums(Changelog& changelog, const ProjectSettings& settings,
                             const std::map<std::string, std::string>& extra);

/// CRC-32 of the lines without their ends, a byte order mark left out: Flyway's checksum, signed.
int32_t flywayChecksum(std::string_view text);

}  // namespace slipway::changelogs
