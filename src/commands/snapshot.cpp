#include "commands/snapshot.h"

#include "apply/migrate.h"

namespace slipway::commands {

Snapshot snapshot(const Common& common, const EventSink& sink) {
    Opened opened(common, "snapshot", Access::read, sink);
    auto& [project, target] = opened;
    postgres::InspectOptions options;
    options.leaveOutTables.push_back(target.table.schema + "." + target.table.table);
    Snapshot snapshot;
    snapshot.catalog = postgres::inspect(*target.connection, options);
    snapshot.serverMajor = target.connection->serverVersion() / 10'000;
    const postgres::History history = postgres::readHistory(*target.connection, target.table);
    snapshot.schemaVersion = apply::currentVersion(apply::statusOf(project.changelog, history.rows, {}));
    return snapshot;
}

}  // namespace slipway::commands
