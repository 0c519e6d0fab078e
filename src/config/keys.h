// The keys of a project's settings, whichever file they stand in.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "model/settings.h"

namespace slipway::config {

/// Where a value was written.
struct Place {
    std::string file;
    int line = 0;
    int column = 0;
};

/// A value as a file gives it; properties and variables give texts only.
using Value = std::variant<std::string, bool, int64_t, std::vector<std::string>>;

using Member = std::variant<std::string ProjectSettings::*, std::optional<std::string> ProjectSettings::*,
                            bool ProjectSettings::*, std::optional<bool> ProjectSettings::*, int ProjectSettings::*,
                            std::vector<std::string> ProjectSettings::*>;

/// One setting under Flyway's name: "outOfOrder". slipway.toml writes it out_of_order, a variable FLYWAY_OUT_OF_ORDER.
struct Key {
    const char* name;
    Member member;
};

/// All settings that are plain values; locations and placeholders are not among them.
const std::vector<Key>& projectKeys();

/// "outOfOrder" becomes "out_of_order".
std::string snakeCase(std::string_view name);

/// Sets a setting. A text is read as what the setting is: true or false, a whole number, a list divided by commas.
/// Throws "config-value" (usage) naming `written`, the key as the file has it.
void assign(ProjectSettings& settings, const Key& key, const Value& value, const std::string& written,
            const Place& place);

/// True or false, also as a text. Throws "config-value" (usage).
bool toFlag(const Value& value, const std::string& written, const Place& place);

/// A text, or a number as its text. Throws "config-value" (usage).
std::string toText(const Value& value, const std::string& written, const Place& place);

/// A whole number, also as a text. Throws "config-value" (usage).
int toNumber(const Value& value, const std::string& written, const Place& place);

/// The texts of a list; a single text is divided at commas.
std::vector<std::string> toList(const Value& value);

/// An Error of this configuration (usage) at `place`.
Error configError(std::string code, std::string message, std::string hint, const Place& place);

/// "config-unknown-key" with the nearest of the `known` ones.
Error unknownKey(const std::string& written, const std::vector<std::string>& known, const Place& place);

/// "config-value": `written` must be `wanted`.
Error wrongValue(const std::string& written, const std::string& wanted, const Place& place);

}  // namespace slipway::config
