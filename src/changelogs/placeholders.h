// Filling in the placeholders of a script.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "model/script.h"
#include "model/settings.h"

namespace slipway::changelogs {

/// The values of a project's placeholders and how they are marked in a script.
class Placeholders {
  public:
    /// `extra` holds the built-in ones under Flyway's names ("flyway:database"); they win over the project's own.
    /// Throws "config-value" (usage) when the prefix or the suffix is empty.
    Placeholders(const ProjectSettings& settings, const std::map<std::string, std::string>& extra);

    /// Replaces every placeholder of `text`, wherever it stands: also in comments, strings and dollar quotes. Names
    /// are compared without regard to case. Throws "placeholder-missing" (usage) with line and column.
    ScriptText fill(std::string text, const std::string& shown) const;

    void add(const std::string& name, const std::string& value);

  private:
    [[noreturn]] void missing(std::string_view text, size_t at, std::string_view name, const std::string& shown) const;

    std::string prefix_;
    std::string suffix_;
    std::string separator_;
    std::map<std::string, std::string> values_;  // keys in lower case
};

}  // namespace slipway::changelogs
