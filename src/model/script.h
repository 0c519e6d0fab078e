// The text of a script, and the way back from a byte of what is sent to a line of what was written.
#pragma once

#include <string>
#include <vector>

#include "base/span.h"

namespace slipway {

/// One placeholder that was filled in: `raw` in the file became `filled` in the text.
struct Replacement {
    Span raw;
    Span filled;
};

/// A script ready to be split: its text after the placeholders were filled in.
struct ScriptText {
    std::string file;                        ///< as the user would name it
    std::string text;                        ///< UTF-8, without NUL bytes; a byte order mark is kept (the splitter skips it)
    std::string raw;                         ///< the file's own text; empty when nothing was replaced
    std::vector<Replacement> replacements;   ///< in order

    /// Line and column in the file of byte `offset` of `text`. Inside a filled-in value: where its placeholder begins.
    Position positionOf(size_t offset) const;

    /// The same place as a byte of the file's own text: of `raw`, or of `text` when nothing was replaced.
    size_t offsetInFile(size_t offset) const;
};

/// The places of bytes that are asked for in ascending order, each counted from the one before: for whole scripts.
class LineCounter {
  public:
    explicit LineCounter(const ScriptText& script) : script_(script) {}
    /// As script.positionOf(offset).line.
    int lineOf(size_t offset);
    /// As script.positionOf(offset).
    Position positionOf(size_t offset);

  private:
    const std::string& text() const { return script_.replacements.empty() ? script_.text : script_.raw; }

    const ScriptText& script_;
    size_t at_ = 0;
    size_t lineBegin_ = 0;
    int line_ = 1;
};

}  // namespace slipway
