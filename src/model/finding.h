// A rule's or stage's judgement.
#pragma once

#include <cstdint>
#include <string>

namespace slipway {

enum class Severity { note, warning, error };

/// "note", "warning", "error".
inline const char* nameOf(Severity severity) {
    return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

/// What a rule is about: locks, loss, failure at run time, broken dependents; headers, rollbacks, process; taste.
enum class Category : uint8_t { none, safety, review, style };

/// "safety", "review", "style"; "" for none.
inline const char* nameOf(Category category) {
    constexpr const char* names[] = {"", "safety", "review", "style"};
    return names[static_cast<int>(category)];
}

/// What a finding stands on.
enum class Ground : uint8_t {
    none,       ///< the text or the files alone
    predicted,  ///< what the statement does to the catalog as it is known
    observed,   ///< what a server was seen doing
    byName      ///< nothing is known of the object but its name
};

/// "predicted", "observed", "by name"; "" for none.
inline const char* nameOf(Ground ground) {
    constexpr const char* names[] = {"", "predicted", "observed", "by name"};
    return names[static_cast<int>(ground)];
}

struct Finding {
    std::string rule;       ///< stable id, kebab-case
    Severity severity = Severity::error;
    std::string file;
    int line = 0;
    int column = 0;
    std::string message;
    std::string help;       ///< what to do; never empty
    Category category = Category::none;  ///< none: it cannot run at all
    Ground ground = Ground::none;
    int statement = -1;     ///< which of its script's statements it is about; -1: the file, or not known
    bool operator==(const Finding&) const = default;
};

}  // namespace slipway
