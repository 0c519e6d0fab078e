#include "model/version.h"

#include "base/text.h"

namespace slipway {

std::optional<Version> Version::parse(std::string_view text) {
    Version version;
    version.text_ = replaceAll(std::string(text), "_", ".");
    for (const std::string& part : split(version.text_, '.')) {
        if (part.empty() || part.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
        const size_t digit = part.find_first_not_of('0');
        version.parts_.push_back(digit == std::string::npos ? "" : part.substr(digit));
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
