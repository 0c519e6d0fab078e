#include "model/version.h"

namespace slipway {

std::optional<Version> Version::parse(std::string_view text) {
    Version version;
    version.text_ = text;
    for (size_t begin = 0; begin <= text.size();) {
        size_t end = begin;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9') end++;
        const bool separated = end < text.size() && (text[end] == '.' || text[end] == '_');
        if (end == begin || (end < text.size() && !separated)) return std::nullopt;
        if (separated) version.text_[end] = '.';
        const std::string_view part = text.substr(begin, end - begin);
        version.parts_.emplace_back(part.substr(std::min(part.find_first_not_of('0'), part.size())));
        begin = end + 1;
    }
    while (!version.parts_.empty() && version.parts_.back().empty()) version.parts_.pop_back();
    return version;
}

std::strong_ordering Version::operator<=>(const Version& other) const {
    for (size_t i = 0; i < std::max(parts_.size(), other.parts_.size()); i++) {
        static const std::string zero;
        const std::string& a = i < parts_.size() ? parts_[i] : zero;
        const std::string& b = i < other.parts_.size() ? other.parts_[i] : zero;
        if (const auto order = a.size() <=> b.size(); order != 0) return order;
        if (const auto order = a <=> b; order != 0) return order;
    }
    return std::strong_ordering::equal;
}

}  // namespace slipway
