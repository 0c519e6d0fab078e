#include "model/script.h"

#include <algorithm>

namespace slipway {

Position ScriptText::positionOf(size_t offset) const {
    return slipway::positionOf(replacements.empty() ? text : raw, offsetInFile(offset));
}

size_t ScriptText::offsetInFile(size_t offset) const {
    const auto after = std::ranges::upper_bound(replacements, offset, {}, [](const Replacement& r) { return r.filled.begin; });
    if (after == replacements.begin()) return offset;
    const Replacement& last = *(after - 1);
    if (offset < last.filled.end) return last.raw.begin;
    return last.raw.end + (offset - last.filled.end);
}

int LineCounter::lineOf(size_t offset) {
    const std::string& text = this->text();
    const size_t end = std::min(script_.offsetInFile(offset), text.size());
    for (; at_ < end; at_++)
        if (text[at_] == '\n' || (text[at_] == '\r' && (at_ + 1 >= text.size() || text[at_ + 1] != '\n'))) {
            line_++;
            lineBegin_ = at_ + 1;
        }
    return line_;
}

Position LineCounter::positionOf(size_t offset) {
    const int line = lineOf(offset);
    const std::string_view rest = std::string_view(text()).substr(lineBegin_);
    return {line, slipway::positionOf(rest, at_ - lineBegin_).column};
}

}  // namespace slipway
