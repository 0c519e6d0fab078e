// The formats in which check and observe tell what a release does: one file each below formats/, gathered by CMake.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "model/release_effects.h"

namespace slipway::reports {

/// What a piece of text is, for those who can give it a colour.
enum class Tone { plain, strong, faint, good, error, warning, note };

/// What a report says beside the release.
struct Presentation {
    std::string version;  ///< Slipway's own
    std::string docsUrl;  ///< where docs/ is published, without a slash at its end; empty where it is not
    std::function<std::string(std::string_view text, Tone tone)> paint;  ///< empty: no colours
    bool notes = false;                                                  ///< the text report tells notes, too, and not only how many
    std::function<std::string(std::string_view rule)> finds;             ///< what a rule finds, on one line; "" for what is no rule

    std::string painted(std::string_view text, Tone tone) const { return paint ? paint(text, tone) : std::string(text); }
};

/// Takes one or several whole lines, without the end of the last.
using LineSink = std::function<void(std::string_view lines)>;

struct Format {
    const char* name;     ///< as `--format` knows it
    const char* summary;  ///< for whom it is
    void (*write)(const ReleaseEffects& release, const Presentation& as, const LineSink& write);
};

/// All formats, by name.
std::span<const Format* const> allFormats();

/// nullptr when there is none of that name.
const Format* formatNamed(std::string_view name);

}  // namespace slipway::reports
