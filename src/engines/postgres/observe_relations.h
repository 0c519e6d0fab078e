// The relations of a database as they stand at one moment, and what happened to them between two.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engines/postgres/connect.h"
#include "model/effect.h"

namespace slipway::postgres {

struct SeenRelation {
    std::string name;  ///< as Effect::relation has it
    RelationKind kind = RelationKind::table;
    uint32_t file = 0;   ///< pg_class.relfilenode; 0 where there is none
    uint32_t table = 0;  ///< of an index
    int columns = 0;     ///< that it ever had: the number of the newest one
    int64_t scans = 0;   ///< sequential scans that this session began and has not reported yet
};

using Relations = std::map<uint32_t, SeenRelation>;  ///< by OID
using Locks = std::map<uint32_t, LockMode>;      ///< by OID of the relation, the strongest mode

/// All permanent relations but the system's, TOAST tables and composite types. Takes no lock on any of them.
Relations readRelations(Connection& connection);

/// Adds the relation locks that the backend `pid` holds or waits for, as `connection` sees them.
void addLocks(Locks& locks, Connection& connection, int pid);

/// What became of the relation `oid` of `before`: itself, or, where an index was made anew, the new one of its name;
/// after.end() when it is gone.
Relations::const_iterator successor(uint32_t oid, const Relations& before, const Relations& after);

/// The effects on those that were there `before`, sorted. `scanned` holds the OIDs of those that were read whole.
std::vector<Effect> difference(const Relations& before, const Relations& after, const Locks& locks,
                               const std::set<uint32_t>& scanned);

}  // namespace slipway::postgres
