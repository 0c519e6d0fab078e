#include "base/digest.h"
#include "changelogs/layout.h"

namespace slipway::changelogs {

int32_t flywayChecksum(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    uint32_t sum = 0;
    // Where a line ends does not matter, only that its end is left out: so each \r is left out, too.
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        for (size_t cut = line.find('\r'); cut != std::string_view::npos; cut = line.find('\r')) {
            sum = crc32(line.substr(0, cut), sum);
            line.remove_prefix(cut + 1);
        }
        sum = crc32(line, sum);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return static_cast<int32_t>(sum);
}

int32_t filledChecksum(const ScriptText& text) {
    return flywayChecksum(text.text);
}

}  // namespace slipway::changelogs
