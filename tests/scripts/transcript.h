// A text file of commands and what they must print: cram's format, or the ```console blocks of a Markdown page.
#pragma once

#include <string>
#include <vector>

namespace slipway::scripts {

/// One command and what the file says about it. Line numbers count from 1, indexes from 0.
struct Command {
    size_t line = 0;                    ///< of its "$ "
    size_t expectedFirst = 0;           ///< index in Transcript::lines of the first expected line
    size_t expectedEnd = 0;             ///< one past the last expected line, the exit code's included
    std::string text;                   ///< continuation lines joined by newlines
    std::vector<std::string> expected;  ///< without indentation and without the exit code's line
    int exitCode = 0;
};

struct Transcript {
    std::string file;
    bool markdown = false;
    std::vector<std::string> lines;  ///< the file as it stands
    std::vector<Command> commands;
    bool asksFor(const std::string& what) const;  ///< whether a line says "#require WHAT"
    const char* indent() const { return markdown ? "" : "  "; }
};

/// Reads a file; a name that ends in .md is read as Markdown. Throws std::runtime_error that names the file and line.
Transcript readTranscript(const std::string& file);

/// What a command printed and answered.
struct Actual {
    bool ran = false;                ///< false when the shell ended before it
    std::vector<std::string> lines;  ///< stdout and stderr, as they came
    int exitCode = 0;
};

/// One line of a comparison.
struct Aligned {
    enum class Kind { same, missing, unexpected };
    Kind kind{};
    std::string expected;             ///< same, missing
    std::vector<std::string> actual;  ///< same, unexpected: one line; for a "..." the lines that it stands for
};

/// Aligns what was expected with what came, with as few differences as possible. An expected line is literal, ends in
/// " (glob)" (* and ?) or " (re)" (the whole line, ECMAScript), or is "...", which stands for any number of lines. With
/// `example`, as on a page of documentation, durations, times of day, digests, processes and the server's minor version
/// may differ.
std::vector<Aligned> align(const std::vector<std::string>& expected, const std::vector<std::string>& actual,
                           bool example = false);

/// Whether one expected line speaks of one actual line. Throws std::runtime_error for an ill-formed (re).
bool lineMatches(const std::string& expected, const std::string& actual, bool example = false);

/// The difference between a transcript and what happened, as people read it; empty when all is as expected.
std::string describe(const Transcript& transcript, const std::vector<Actual>& actual);

/// The file as it should be: what still matches is kept as it is written, all else says what happened.
std::string updated(const Transcript& transcript, const std::vector<Actual>& actual);

}  // namespace slipway::scripts
