// A rule's or stage's judgement.
#pragma once

#include <string>

namespace slipway {

enum class Severity { note, warning, error };

/// "note", "warning", "error".
inline const char* nameOf(Severity severity) {
    return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

struct Finding {
    std::string rule;       ///< stable id, kebab-case
    Severity severity = Severity::error;
    std::string file;
    int line = 0;
    int column = 0;
    std::string message;
    std::string help;       ///< what to do; never empty
    bool operator==(const Finding&) const = default;
};

}  // namespace slipway
