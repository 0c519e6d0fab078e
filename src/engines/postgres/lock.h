// The release lock: one release at a time in a database, Flyway's included.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "engines/postgres/connect.h"
#include "model/event.h"
#include "model/history.h"

namespace slipway::postgres {

/// The advisory lock key that Flyway takes for a history table (PostgreSQLAdvisoryLockTemplate): "Flyway" as a number
/// plus Java's hash of "schema"."table".
int64_t releaseKey(const HistoryTable& table);

/// Somebody who holds the release lock.
struct LockHolder {
    int pid = 0;
    std::string application;  ///< Slipway's own name says on which host it runs
    std::string host;
    std::string since;        ///< when its session began
    std::string state;
    std::string describe() const;
};

/// A session advisory lock held by the session that executes the statements, so that it lives exactly as long as the
/// work: a killed client's backend that still builds an index still holds it. It is taken twice, as requests of one
/// session stack (manual, "Advisory Locks"): so it can be asked for without being freed.
class ReleaseLock {
  public:
    ReleaseLock(Connection& connection, const HistoryTable& table);
    ~ReleaseLock();
    ReleaseLock(const ReleaseLock&) = delete;
    ReleaseLock& operator=(const ReleaseLock&) = delete;

    /// Takes the lock, asking again at short intervals in autocommit for at most `wait` (negative: for ever). While it
    /// waits the sink hears who holds it. Throws "release-locked" (outside) naming the holder.
    void acquire(Milliseconds wait, const EventSink& sink);
    void release();

    /// A statement that fails unless this session holds the lock, and the transaction with it: DISCARD ALL and
    /// pg_advisory_unlock_all free it. It can be sent with what must not happen without the lock.
    std::string heldSql() const;
    /// Whether that statement is what failed.
    static bool lostBy(const Error& error);
    std::vector<LockHolder> holders();

  private:
    Connection& connection_;
    int64_t key_;
    bool held_ = false;
};

}  // namespace slipway::postgres
