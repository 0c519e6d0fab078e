#include "engines/postgres/lock.h"

#include <algorithm>
#include <thread>

#include "base/interrupt.h"
#include "base/text.h"

namespace slipway::postgres {

int64_t releaseKey(const HistoryTable& table) {
    const std::string name = "\"" + table.schema + "\".\"" + table.table + "\"";
    uint32_t hash = 0;  // java.lang.String.hashCode over UTF-16 units; names outside ASCII hash by code point below
    for (size_t i = 0; i < name.size();) {
        const auto c = static_cast<unsigned char>(name[i]);
        const int length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        uint32_t point = length == 1 ? c : c & (0xFF >> (length + 1));
        for (int k = 1; k < length; k++) point = (point << 6) | (static_cast<unsigned char>(name[i + static_cast<size_t>(k)]) & 0x3F);
        i += static_cast<size_t>(length);
        if (point >= 0x10000) {
            hash = 31 * hash + (0xD800 + ((point - 0x10000) >> 10));
            point = 0xDC00 + ((point - 0x10000) & 0x3FF);
        }
        hash = 31 * hash + point;
    }
    return 77431708279161 + static_cast<int32_t>(hash);
}

std::string LockHolder::describe() const {
    std::string who = application.empty() ? "a session" : application;
    if (!host.empty()) who += " from " + host;
    return fmt::format("{} (process {} of the server, since {}{})", who, pid, since, state.empty() ? "" : ", " + state);
}

ReleaseLock::ReleaseLock(Connection& connection, const HistoryTable& table)
    : connection_(connection), key_(releaseKey(table)) {}

ReleaseLock::~ReleaseLock() {
    if (!held_ || !connection_.alive() || connection_.transaction() != Transaction::idle) return;
    try {
        release();
    } catch (const std::exception&) {
        // The session's end frees the lock anyway.
    }
}

static std::string lockRow(int64_t key) {
    // A bigint key is split into two halves, objsubid 1 (manual, "pg_locks").
    return fmt::format("locktype = 'advisory' AND classid = {} AND objid = {} AND objsubid = 1 AND granted",
                       static_cast<uint32_t>(static_cast<uint64_t>(key) >> 32), static_cast<uint32_t>(key));
}

// What the server says when the text is taken for a number, in whichever language.
static constexpr std::string_view lostMark = "slipway: release lock lost";

std::string ReleaseLock::heldSql() const {
    // It is held twice: to give one of the two back tells whether there was one, and costs a hundredth of what pg_locks does,
    // which copies the lock table of the whole server (manual, "pg_locks"; lockfuncs.c and lock.c).
    return fmt::format("SELECT CASE WHEN pg_catalog.pg_advisory_unlock({0}) AND pg_catalog.pg_try_advisory_lock({0}) THEN '1' ELSE '{1}' "
                       "END::pg_catalog.int4", key_, lostMark);
}

bool ReleaseLock::lostBy(const Error& error) { return error.sqlstate == "22P02" && error.message.contains(lostMark); }

std::vector<LockHolder> ReleaseLock::holders() {
    const Result found = connection_.query(fmt::format(
        "SELECT l.pid, coalesce(a.application_name, ''), coalesce(a.client_hostname, host(a.client_addr), ''), "
        "coalesce(to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ'), 'unknown'), coalesce(a.state, '') "
        "FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a USING (pid) WHERE {} "
        "AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())",
        lockRow(key_)));
    std::vector<LockHolder> holders;
    for (size_t i = 0; i < found.rows.size(); i++)
        holders.push_back({std::stoi(found.text(i, 0)), found.text(i, 1), found.text(i, 2), found.text(i, 3), found.text(i, 4)});
    return holders;
}

void ReleaseLock::acquire(Milliseconds wait, const EventSink& sink) {
    const std::string ask = fmt::format("SELECT pg_try_advisory_lock({0}) AND pg_try_advisory_lock({0})", key_);
    Stopwatch waited;
    Milliseconds pause{20};
    Milliseconds told{-5000};
    while (connection_.value(ask) != "t") {
        const auto holding = holders();
        if (wait.count() >= 0 && waited.elapsed() >= wait) {
            const std::string who = holding.empty() ? "somebody who has just gone" : holding[0].describe();
            throw Error("release-locked", Exit::outside,
                        fmt::format("another release is under way: the release lock is held by {}", who),
                        "wait until it has ended (`--wait 5m` waits that long), or see to that session; a lock never "
                        "outlives its session");
        }
        if (waited.elapsed() - told >= std::chrono::seconds(5) && !holding.empty()) {
            Event event{Event::Kind::waitingForRelease};
            event.text = "waiting for the release lock, held by " + holding[0].describe();
            event.took = waited.elapsed();
            for (const LockHolder& holder : holding) event.blockers.push_back(holder.describe());
            if (sink) sink(event);
            told = waited.elapsed();
        }
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, Milliseconds(500));
        checkInterrupted();
    }
    held_ = true;
}

void ReleaseLock::release() {
    if (held_) connection_.run(fmt::format("SELECT pg_advisory_unlock({0}), pg_advisory_unlock({0})", key_));
    held_ = false;
}

}  // namespace slipway::postgres
