// The lines of a script's file, and the places in them that findings name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace slipway::reports {

/// Finds in any order what positionOf() would have to count from the beginning each time.
class FileLines {
  public:
    explicit FileLines(std::string_view text);

    /// A line without its end; "" for one that is not there.
    std::string_view line(int number) const;
    /// The byte of the text at that place, or the end of the line or text where that comes first.
    size_t offsetOf(Position place) const;
    int lineOf(size_t offset) const;
    size_t beginOf(int number) const { return begins_.at(static_cast<size_t>(number) - 1); }
    bool has(int number) const { return number >= 1 && static_cast<size_t>(number) <= begins_.size(); }

  private:
    std::string_view text_;
    std::vector<size_t> begins_;
};

/// A line with a mark under one place of it.
struct Excerpt {
    std::string line;
    std::string caret;  ///< blanks and "^"
};

/// The line of `place`, without secrets, cut around the place where it is wider than `width` columns. `from` is where the
/// statement begins that it belongs to: a secret may have begun above the line. Empty where there is no such line.
Excerpt excerptAt(std::string_view text, const FileLines& lines, Position place, size_t from, size_t width);

}  // namespace slipway::reports
