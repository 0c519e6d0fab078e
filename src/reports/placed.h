// The findings of a script, each with the statement that it is about.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/release_effects.h"
#include "reports/file_lines.h"

namespace slipway::reports {

/// A statement with what was found about it, or what was found where no statement is.
struct Placed {
    const JudgedStatement* statement = nullptr;  ///< nullptr: a header, what could not be read, the file as a whole
    int line = 0;                                ///< of the statement, or of the first finding; 0: the file as a whole
    size_t begin = 0;                            ///< the byte of the file at which the statement, or that line, begins
    std::vector<const Finding*> findings;        ///< by place
};

/// In the order of the file; BEGIN and COMMIT only where something was found about them.
std::vector<Placed> placed(const JudgedScript& script, const FileLines& lines);

/// The file's own text, in which findings have their places.
std::string_view fileText(const ScriptText& script);

/// Whether a finding of a script is about another file than it, such as its undo script.
bool isElsewhere(const ScriptText& script, const Finding& finding);

/// Stays the same when the finding moves with its statement to another line: made of the rule, the file, the
/// statement's text with its white space levelled, and which of several such it is.
class Fingerprints {
  public:
    explicit Fingerprints(const ScriptText& script, const FileLines& lines) : script_(script), lines_(lines) {}
    std::string of(const Placed& where, const Finding& finding);

  private:
    const ScriptText& script_;
    const FileLines& lines_;
    std::map<std::string, int> given_;  ///< how often each was
};

}  // namespace slipway::reports
