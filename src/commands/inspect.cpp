#include "commands/inspect.h"

namespace slipway::commands {

Catalog inspect(const Common& common, const EventSink& sink) {
    const Project project = openProject(common);
    const Target target = openTarget(project, common, "inspect", Access::read, sink);
    postgres::InspectOptions options;
    options.leaveOutTables.push_back(target.table.schema + "." + target.table.table);
    return postgres::inspect(*target.connection, options);
}

}  // namespace slipway::commands
