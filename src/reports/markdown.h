// Text of any kind in GitHub's and GitLab's Markdown, where it can do no harm.
#pragma once

#include <string>
#include <string_view>

namespace slipway::reports {

/// Text that is shown as it is, on one line, in a table's cell too: no markup, no HTML, no formula, and nobody who is
/// called "@somebody" gets a message.
std::string literal(std::string_view text);

/// The same in the typeface of code.
std::string code(std::string_view text);

/// A fenced block, whose fence is longer than any run of backticks in `text`.
std::string codeBlock(std::string_view language, std::string_view text);

/// The first `most` bytes, never a part of a character, and how many characters were left out.
std::string cutTo(std::string_view text, size_t most);

}  // namespace slipway::reports
