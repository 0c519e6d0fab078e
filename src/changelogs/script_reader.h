// Scripts with what stands beside them.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "changelogs/location.h"
#include "model/migration.h"
#include "model/settings.h"

namespace slipway::changelogs {

/// Reads the scripts of one location, each once, and knows at the end which side files belong to none of them.
class ScriptReader {
  public:
    ScriptReader(const ProjectSettings& settings, const Location& location)
        : settings_(settings), location_(location) {}

    /// The script and its .conf file; `header` takes the fields of its leading comment, `text` the whole text.
    /// Throws what readText and readScriptConfig throw.
    Script script(const FoundFile& file, Header* header = nullptr, std::string* text = nullptr);

    /// What `stem`.slipway.toml declares; empty when there is no such file. Throws what readDeclarations throws.
    Declarations declarations(const std::string& stem);

    /// Throws "declarations-orphan" (usage) for a declarations file that no script claimed; a .conf file that none
    /// claimed becomes a note.
    void finish(std::vector<std::string>& notes) const;

  private:
    const ProjectSettings& settings_;
    const Location& location_;
    std::set<std::string> claimed_;
};

}  // namespace slipway::changelogs
