#include "reports/portable_path.h"

#include <filesystem>

namespace slipway::reports {

std::string portablePath(const std::string& file) { return std::filesystem::path(file).lexically_normal().string(); }

std::string uriOf(const std::string& file) {
    constexpr std::string_view unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    const std::string path = portablePath(file);
    std::string uri = path.starts_with('/') ? "file://" : "";
    for (const char c : path) {
        if (unreserved.find(c) != std::string_view::npos)
            uri += c;
        else
            uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return uri;
}

}  // namespace slipway::reports
