// One script being fixed: the pieces it falls into.
#pragma once

#include <string>
#include <vector>

#include "model/release_effects.h"

namespace slipway::commands {

/// What goes into one file.
struct Piece {
    std::string sql;
    std::string undo;  ///< "" where none is known
};

struct FixedScript {
    std::string text;             ///< of the script itself
    std::string undo;             ///< what must be put before its undo script
    std::vector<Piece> further;   ///< the migrations that follow it
    std::vector<std::string> notes;
    bool changed = false;
    bool parted = false;          ///< some of its statements stand in those that follow
};

/// Edits the script's own text (placeholders stay) by what the findings of its statements ask for.
FixedScript fixScript(const JudgedScript& script);

}  // namespace slipway::commands
