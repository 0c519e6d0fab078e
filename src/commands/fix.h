// slipway fix: the safe series in the place of what the rules find, and undo scripts that follow from the scripts.
#pragma once

#include <string>
#include <vector>

#include "commands/check.h"

namespace slipway::commands {

struct FixedFile {
    std::string path;     ///< to write it
    std::string shown;
    std::string content;
    bool isNew = false;
};

struct Fixes {
    std::vector<FixedFile> files;
    std::vector<std::string> notes;  ///< what was found and has no safe form that could be made here, and why
};

/// The files that would be written. Scripts without a finding that can be fixed are left out. Nothing is written.
/// Throws what check() throws, and "fix-which" (usage) where neither files nor --since say what is not applied yet: what has
/// been applied must not change.
Fixes fix(const CheckRequest& request, const EventSink& sink);

/// Writes the files of fix(). Throws "file-unwritable".
void write(const Fixes& fixes);

}  // namespace slipway::commands
