// The program under test, run as a user would run it.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "support/database.h"
#include "support/folder.h"

namespace slipway::tests {

using Environment = std::map<std::string, std::string>;

/// How a run of slipway ended, and what it needed.
struct Ended {
    int code = 0;        ///< exit code; 128 + n when signal n ended it
    std::string output;
    std::string errors;
    int64_t peakKilobytes = 0;  ///< of memory that was resident at once
    Milliseconds took{0};
};

/// For GoogleTest: what a failed expectation about a run wants to show.
std::ostream& operator<<(std::ostream& out, const Ended& ended);

/// How long a test waits for what will come: long, since the sanitizers and other builds on the machine take their time.
inline constexpr Milliseconds patience{30'000};

/// A slipway that runs beside the test; killed when the object ends first.
class Running {
  public:
    explicit Running(const std::vector<std::string>& arguments, const Environment& environment = {});
    ~Running();
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    void signal(int number) const;
    std::string errors() const;  ///< what it said on standard error so far
    /// Whether `text` appears on standard error within `wait`.
    bool says(const std::string& text, Milliseconds wait = patience) const;
    Ended end();                 ///< waits for it; throws std::runtime_error after two minutes

  private:
    Stopwatch since_;
    int output_ = -1;
    int errors_ = -1;
    pid_t pid_ = -1;
};

/// Runs it to its end.
Ended slipway(const std::vector<std::string>& arguments, const Environment& environment = {});

/// A project in a folder of its own that works on one database: `db/` holds its migrations.
class Project {
  public:
    /// `settings` are lines for the environment in slipway.toml, such as "lock_timeout = '1s'".
    explicit Project(const std::string& settings = "");

    /// Writes db/NAME.
    void write(const std::string& name, const std::string& content) const { folder.write("db/" + name, content); }
    /// Lets the environment lead to another database.
    void pointTo(const std::string& url) const;

    /// All rows of the history but for their times: "1|1|a|SQL|V1__a.sql|-123|postgres|t" each.
    std::string history() const { return historyOf(database); }
    static std::string historyOf(const Database& database);

    Folder folder;
    Database database;

  private:
    std::string settings_;
};

/// Waits until the query answers `expected`; false after `wait`.
bool eventually(const Database& database, const std::string& query, const std::string& expected,
                Milliseconds wait = patience);

}  // namespace slipway::tests
