#include "base/properties.h"

#include "base/text.h"

namespace slipway {

namespace {

/// Takes one line, without its end, from the front of `rest`.
std::string_view takeLine(std::string_view& rest) {
    const size_t end = rest.find_first_of("\r\n");
    const std::string_view line = rest.substr(0, end);
    if (end == std::string_view::npos) {
        rest = {};
    } else {
        rest.remove_prefix(end + (rest.substr(end).starts_with("\r\n") ? 2 : 1));
    }
    return line;
}

}  // namespace

std::vector<Property> parseProperties(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::vector<Property> properties;
    for (int line = 0; !text.empty();) {
        const int first = ++line;
        std::string content(trim(takeLine(text)));
        if (content.empty() || content[0] == '#' || content[0] == '!') continue;
        while (content.ends_with('\\')) {
            content.pop_back();
            if (text.empty()) break;
            line++;
            content += trim(takeLine(text));
        }
        const size_t keyEnd = std::min(content.find_first_of("=: \t"), content.size());
        std::string_view value = trim(std::string_view(content).substr(keyEnd));
        if (value.starts_with('=') || value.starts_with(':')) value = trim(value.substr(1));
        properties.push_back({content.substr(0, keyEnd), std::string(value), first});
    }
    return properties;
}

}  // namespace slipway
