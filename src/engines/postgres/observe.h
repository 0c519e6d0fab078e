// What one statement really does to a database: seen in pg_locks, the catalog and the statistics while it runs.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "engines/postgres/connect.h"
#include "model/effect.h"
#include "model/statement.h"

namespace slipway::postgres {

/// How the transaction of an observed statement ends.
enum class Ending : uint8_t { commit, rollback };

struct Observation {
    StatementEffects effects{.by = By::observed};
    int64_t walBytes = 0;  ///< written by the whole server meanwhile, without the commit itself
    Milliseconds took{0};  ///< with the time that a statement outside transactions was held up to be looked at
};

/// Runs statements one by one in a database that may be thrown away, each in a transaction of its own: two statements
/// in one transaction cannot be told apart in pg_locks. What is seen depends neither on how many rows there are nor on
/// how many workers the server has to spare.
class Observer {
  public:
    using Connect = std::function<std::unique_ptr<Connection>()>;

    /// `executing` is the session that the statements run in; `another` opens further ones in the same database, which
    /// only statements outside transactions need. Nobody else may use the database meanwhile.
    Observer(Connection& executing, Connect another);

    /// Runs one statement (`text`, with the lines of its COPY in `copyData`) and tells what it did to the relations
    /// that were there before it, temporary ones and those of the system left out. What lasts for the session (SET),
    /// and what runs outside transactions or commits by itself, stays whatever `ending` says. SET LOCAL is said again
    /// before each statement up to the script's COMMIT; BEGIN, COMMIT, ROLLBACK and savepoints are passed over. Throws
    /// what Connection throws, with everything rolled back, and "forbidden-statement" (usage).
    Observation observe(const Statement& statement, std::string_view text, std::string_view copyData = {},
                        Ending ending = Ending::commit);

    /// The script is at its end, and with it what it SET LOCAL.
    void scriptEnded() { local_.clear(); }

  private:
    Observation inTransaction(const Statement& statement, std::string_view text, std::string_view copyData,
                              Ending ending);
    void set(const Statement& statement, std::string_view text);
    Observation alone(const Statement& statement, std::string_view text);
    int64_t walPosition();

    Connection& executing_;
    Connect another_;
    bool counts_;  ///< whether the server counts scans
    std::unique_ptr<Connection> watching_;
    std::array<std::unique_ptr<Connection>, 2> writers_;
    std::string local_;  ///< the SET LOCAL and SET TRANSACTION of the script's transaction so far
};

}  // namespace slipway::postgres
