// Flyway's grammar of file names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/settings.h"
#include "model/version.h"

namespace slipway::changelogs {

/// What the name of a script says.
struct ScriptName {
    enum class Kind { versioned, undo, baseline, repeatable, callback };
    Kind kind = Kind::versioned;
    std::optional<Version> version;
    std::string description;  ///< underscores have become spaces
    std::string event;        ///< of a callback
};

/// The events of Flyway that a SQL file can be named after (Event.java of Flyway 10 to 13), and which of them run here.
/// The order is that in which a run comes to them.
struct CallbackEvent {
    const char* name;
    bool supported;
};
const std::vector<CallbackEvent>& callbackEvents();

/// Tells prefix, version, separator and description apart as Flyway does: the suffix without regard to case, then the
/// longest prefix that fits, then the first separator; the description's underscores become spaces.
class NameGrammar {
  public:
    explicit NameGrammar(const ProjectSettings& settings);

    /// The name without its suffix, or nullopt when `file` ends in none of the project's suffixes.
    std::optional<std::string> stem(std::string_view file) const;

    /// What `stem` means; nullopt when it is no valid name, and `why` says what is wrong with it.
    std::optional<ScriptName> parse(std::string_view stem, std::string& why) const;

  private:
    struct Prefix {
        std::string text;
        ScriptName::Kind kind;
    };
    std::vector<Prefix> prefixes_;  // the longest first
    std::vector<std::string> suffixes_;
    std::string separator_;
};

}  // namespace slipway::changelogs
