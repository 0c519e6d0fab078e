// Other programs: started with arguments, never through a shell, and never left behind.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace slipway {

/// A user of this machine with everything that becoming it needs, looked up beforehand: names cannot safely be looked
/// up between fork and exec.
struct Account {
    std::string name;
    unsigned user = 0;
    unsigned group = 0;
    std::vector<unsigned> groups;
    std::string home;
};

/// The account of that name; nullopt when the machine has none.
std::optional<Account> findAccount(const std::string& name);

/// The account that this process runs as; nullopt when the machine does not know its number.
std::optional<Account> ownAccount();

/// Gives up the rights of root for those of `account`, for good. Safe between fork and exec. False: errno says why.
bool become(const Account& account) noexcept;

/// This process's environment as "NAME=value", without the variables whose names begin with one of `without`, and with
/// those of `with` set.
std::vector<std::string> environment(const std::vector<std::string>& without,
                                     const std::map<std::string, std::string>& with = {});

/// Argument or environment strings as execve() wants them: pointers into `strings`, a null pointer at the end.
std::vector<char*> pointers(std::vector<std::string>& strings);

/// What to run, and how.
struct Program {
    std::vector<std::string> arguments;  ///< the program first: a path, or a name that is looked for in PATH
    std::string folder;                  ///< where it starts; "" for the current folder
    std::string input;                   ///< what it reads from standard input
    std::optional<std::vector<std::string>> environment;  ///< all of it; nullopt: this process's
    std::optional<Account> account;                       ///< whom it runs as; only root can choose
    Milliseconds timeout{0};                              ///< after which it is killed with its children; 0: never
};

/// How a program ended.
struct Outcome {
    int code = 0;  ///< exit code; 128 + n when signal n killed it, as shells say
    bool timedOut = false;
    std::string output;
    std::string errors;
    bool ok() const { return code == 0 && !timedOut; }
};

/// Runs a program to its end. It gets a process group of its own and is killed when this process dies or when the user
/// interrupts (then throws "interrupted"). Throws "program-missing" or "program-not-started", both Exit::outside.
Outcome run(const Program& program);

/// The last `lines` lines of `text`, for messages that quote a log.
std::string lastLines(std::string_view text, size_t lines);

}  // namespace slipway
