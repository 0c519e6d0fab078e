#include "engines/postgres/observe_relations.h"

#include <algorithm>

#include "model/catalog.h"

namespace slipway::postgres {

namespace {

uint32_t oid(const Result& result, size_t row, size_t column) {
    return static_cast<uint32_t>(std::stoul(result.text(row, column)));
}

bool hasRows(RelationKind kind) {
    return kind == RelationKind::table || kind == RelationKind::materializedView;
}

}  // namespace

Relations readRelations(Connection& connection) {
    // The counters are the session's own that it has not yet handed to the server (manual, "The Cumulative Statistics
    // System": pg_stat_xact_all_tables): they include earlier transactions, so that only a difference says something.
    const Result found = connection.run(
        "SELECT c.oid, n.nspname, c.relname, c.relkind, c.relfilenode, coalesce(i.indrelid, 0), "
        "pg_catalog.pg_stat_get_xact_numscans(c.oid), c.relnatts "
        "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid "
        "WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I') AND c.relpersistence <> 't' "
        "AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'");
    Relations relations;
    for (size_t row = 0; row < found.rows.size(); row++)
        relations[oid(found, row, 0)] = {.name = sqlName(found.text(row, 1), found.text(row, 2)),
                                         .kind = static_cast<RelationKind>(found.text(row, 3).at(0)),
                                         .file = oid(found, row, 4),
                                         .table = oid(found, row, 5),
                                         .columns = std::stoi(found.text(row, 7)),
                                         .scans = std::stoll(found.text(row, 6))};
    return relations;
}

void addLocks(Locks& locks, Connection& connection, int pid) {
    const Result found = connection.run(fmt::format(
        "SELECT relation, mode FROM pg_catalog.pg_locks WHERE locktype = 'relation' AND pid = {} "
        "AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())",
        pid));
    for (size_t row = 0; row < found.rows.size(); row++) {
        LockMode& strongest = locks[oid(found, row, 0)];
        strongest = std::max(strongest, lockModeNamed(found.text(row, 1)));
    }
}

Relations::const_iterator successor(uint32_t oid, const Relations& before, const Relations& after) {
    const auto same = after.find(oid);
    const SeenRelation& was = before.at(oid);
    if (same != after.end() || !was.table) return same;
    // ALTER TYPE drops indexes and makes them again, perhaps over the same file (src/backend/commands/tablecmds.c,
    // TryReuseIndex), and REINDEX CONCURRENTLY lets a new index take over the name.
    return std::ranges::find_if(after, [&](const auto& entry) {
        return entry.second.table && entry.second.name == was.name && !before.contains(entry.first);
    });
}

std::vector<Effect> difference(const Relations& before, const Relations& after, const Locks& locks,
                               const std::set<uint32_t>& scanned) {
    std::vector<Effect> effects;
    for (const auto& [oid, was] : before) {
        Effect effect{.relation = was.name, .kind = was.kind};
        if (const auto lock = locks.find(oid); lock != locks.end()) effect.lock = lock->second;
        const auto now = successor(oid, before, after);
        effect.drops = now == after.end();
        if (!effect.drops) {
            if (now->second.name != was.name) effect.renamedTo = now->second.name;
            // A sequence gets a new file for what a table would call an update.
            const bool newFile = was.file && now->second.file && was.file != now->second.file;
            effect.rewrites = newFile && hasRows(was.kind);
            effect.rebuilds = newFile && was.kind == RelationKind::index;
        }
        effect.scans = scanned.contains(oid) && hasRows(was.kind);
        if (effect != Effect{.relation = was.name, .kind = was.kind}) effects.push_back(std::move(effect));
    }
    std::ranges::sort(effects, {}, &Effect::relation);
    return effects;
}

}  // namespace slipway::postgres
