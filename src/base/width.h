// How much room characters take in a terminal.
#pragma once

#include <cstddef>
#include <string_view>

namespace slipway {

/// The character that begins at byte `at`, which moves behind it. A byte that begins none counts as one.
char32_t nextCharacter(std::string_view text, size_t& at);

/// How many columns a character takes, as psql counts them: two for most of East Asia's and for emoji, none for a
/// combining mark.
size_t columnsOf(char32_t c);

}  // namespace slipway
