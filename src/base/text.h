// Small things with strings that the standard library lacks.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace slipway {

std::string_view trim(std::string_view text);
std::string lower(std::string_view text);  ///< ASCII only: keywords and keys, never names from a database
std::string upper(std::string_view text);  ///< ASCII only
bool equalsIgnoringCase(std::string_view a, std::string_view b);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string replaceAll(std::string text, std::string_view from, std::string_view to);

/// The candidate with the smallest edit distance to `word`, or "" when none is near enough to be a slip of the keyboard.
std::string nearest(std::string_view word, std::span<const std::string> candidates);

/// Cuts `text` to `most` characters (code points), the last of them an ellipsis, never in the middle of a character.
std::string abbreviate(std::string_view text, size_t most);

/// SQL as logs and messages may show it: what stands behind PASSWORD or password= becomes ***.
std::string withoutSecrets(std::string_view sql);

/// How many terminal columns `text` takes, counted as one a code point.
size_t displayWidth(std::string_view text);

/// "1 row", "3 rows"; the number has separators: "50,000 rows".
std::string count(int64_t number, std::string_view noun);
/// "1 index", "3,000 indexes": for nouns that do not simply take an s.
std::string count(int64_t number, std::string_view one, std::string_view many);

}  // namespace slipway
