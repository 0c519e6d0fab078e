// The version of a migration, ordered as Flyway orders it.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace slipway {

/// Numbers of any length separated by dots (underscores in file names). Trailing zero parts and leading zeros do not
/// count: 1 == 1.0 == 001. The text is kept as it was written, with dots.
class Version {
  public:
    /// nullopt when `text` is not a version. Accepts dots and underscores as separators.
    static std::optional<Version> parse(std::string_view text);

    const std::string& text() const { return text_; }
    std::strong_ordering operator<=>(const Version& other) const;
    bool operator==(const Version& other) const { return (*this <=> other) == 0; }

  private:
    std::string text_;
    std::vector<std::string> parts_;  // without leading zeros, without trailing zero parts
};

}  // namespace slipway
