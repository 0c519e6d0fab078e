// Where a release happens: the session, the history's place, the files and the work handed in.
#pragma once

#include "apply/context.h"
#include "apply/status.h"

namespace slipway::apply {

struct Site {
    postgres::Connection& connection;
    postgres::ServerFacts facts;
    HistoryTable table;
    std::vector<std::string> schemas;  ///< managed by the project; the first one is created in by default
    bool ownHistory = false;           ///< the history is Slipway's, not Flyway's: another tool's table may stand beside it
    const Changelog& changelog;
    const ProjectSettings& project;
    Timeouts timeouts;
    std::string environment;
    std::string run;
    Milliseconds wait{0};              ///< for the release lock; negative: for ever
    Hooks hooks;
    std::function<std::unique_ptr<postgres::Connection>()> watch;
    EventSink sink;
    bool disposable = false;           ///< a rehearsal's copy

    std::string server() const;        ///< "PostgreSQL 15.20, database shop"
    std::string installedBy() const;
    std::optional<Version> target() const;
    std::vector<std::string> sessionSettings() const;  ///< SQL that every script's session starts with
};

/// The history of the site and what it says about the files.
struct Standing {
    postgres::History history;
    std::vector<Status> statuses;
};

/// Reads the history (none is created) and compares it with the files.
Standing standingOf(const Site& site, const std::optional<Version>& target);

/// The rows that the history would begin with: of the schemas to be created, and of a baseline. A database that is not
/// empty is refused ("not-empty", no) with the way out, unless baselineOnMigrate says otherwise.
std::vector<HistoryRow> firstRows(Site& site);

/// Creates the history table where there is none: with the missing schemas and firstRows(), in one transaction. Returns
/// its OID.
uint32_t beginHistory(Site& site);

/// Writes the BASELINE row into a new history table. Throws "baseline-refused" when migrations were applied already;
/// an identical baseline is fine.
void baseline(Site& site, const std::string& version, const std::string& description);

/// The tracking tables of other tools that lie in the site's schemas: "public.schema_migrations (golang-migrate)".
struct ForeignTable {
    std::string name;  ///< schema.table, quoted
    std::string tool;
};
std::vector<ForeignTable> foreignTables(Site& site);

/// Takes over from another tool: writes one history row for each migration that its table says was applied.
/// Returns how many. Throws "foreign-table" (usage) when the table is not one that Slipway knows, "foreign-dirty" (no)
/// when that tool left it half applied.
int baselineFrom(Site& site, const std::string& table);

}  // namespace slipway::apply
