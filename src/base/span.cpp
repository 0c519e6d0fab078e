#include "base/span.h"

namespace slipway {

Position positionOf(std::string_view text, size_t offset) {
    Position at;
    offset = offset < text.size() ? offset : text.size();
    const size_t mark = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;  // no editor counts a byte order mark
    for (size_t i = mark; i < offset; i++) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '\n' || (c == '\r' && (i + 1 >= text.size() || text[i + 1] != '\n'))) {
            at.line++;
            at.column = 1;
        } else if ((c & 0xC0) != 0x80 && c != '\r') {
            at.column++;
        }
    }
    return at;
}

}  // namespace slipway
