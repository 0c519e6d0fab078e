#include "reports/markdown.h"

#include "base/text.h"

namespace slipway::reports {

std::string literal(std::string_view text) {
    constexpr std::string_view marks = "\\`*_{}[]#|~!";  // CommonMark: a backslash takes away the meaning of punctuation
    std::string out;
    for (size_t i = 0; i < text.size(); i++) {
        const char c = text[i];
        if (marks.find(c) != std::string_view::npos) out += '\\';
        switch (c) {
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '&': out += "&amp;"; break;
            case '$': out += "<span>$</span>"; break;
            case '\r': break;
            case '\n': out += ' '; break;
            default: out += c;
        }
        if (c == '@' || c == '#') out += "\xE2\x80\x8B";  // a blank of no width: neither a mention nor an issue
    }
    return out;
}

std::string code(std::string_view text) { return "<code>" + literal(text) + "</code>"; }

std::string codeBlock(std::string_view language, std::string_view text) {
    size_t longest = 2, run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    return fmt::format("{}{}\n{}{}{}\n", fence, language, text, text.ends_with('\n') ? "" : "\n", fence);
}

std::string cutTo(std::string_view text, size_t most) {
    if (text.size() <= most) return std::string(text);
    size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) end--;
    return fmt::format("{}… ({} more)", text.substr(0, end), count(static_cast<int64_t>(displayWidth(text.substr(end))), "character"));
}

}  // namespace slipway::reports
