// The one exception type of the program: what ends a command, told so that a person knows what to do next.
#pragma once

#include <exception>
#include <string>

namespace slipway {

/// What the process answers with. The table stands in docs/reference/exit-codes.md.
enum class Exit : int {
    yes = 0,           ///< done, or the answer is yes
    no = 1,            ///< the answer is no: findings, a failed gate, drift, a script's own SQL failed
    usage = 2,         ///< wrong arguments, configuration or project files
    outside = 3,       ///< a server, a connection or another outside thing failed
    doubt = 4,         ///< it is not known whether something happened; a person must look
    interrupted = 130  ///< stopped by a signal
};

/// Ends a command. Every error has a stable code, a message that says what happened and where, and a hint that says
/// what to do next. The flags answer "what can still be done": callers that can go on look there, never at the text.
class Error : public std::exception {
  public:
    Error(std::string code, Exit exit, std::string message, std::string hint)
        : code(std::move(code)), exit(exit), message(std::move(message)), hint(std::move(hint)) {}

    /// Adds the place in a file that the error is about; lines and columns count from 1, columns in characters.
    Error& at(std::string file, int line = 0, int column = 0) {
        this->file = std::move(file);
        this->line = line;
        this->column = column;
        return *this;
    }
    Error& withState(std::string state) {
        sqlstate = std::move(state);
        return *this;
    }
    Error& withDetail(std::string text) {
        detail = std::move(text);
        return *this;
    }

    const char* what() const noexcept override { return message.c_str(); }

    std::string code;      ///< stable, kebab-case: "checksum-mismatch"
    Exit exit;
    std::string message;
    std::string hint;      ///< the next step, in the imperative; never empty
    std::string file;      ///< as the user would name it; empty when no file is concerned
    int line = 0;
    int column = 0;
    std::string sqlstate;  ///< five characters when a server said it
    std::string detail;    ///< what the server or system added
    std::string sql;       ///< the statement that failed, when one did
    bool connectionLost = false;
    bool outcomeInDoubt = false;  ///< a commit was sent and no answer came
};

}  // namespace slipway
