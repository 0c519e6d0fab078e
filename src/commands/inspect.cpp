#include "commands/inspect.h"

namespace slipway::commands {

Catalog inspect(const Common& common, const EventSink& sink) {
    Opened opened(common, "inspect", Access::read, sink);
    const Target& target = opened.target;
    postgres::InspectOptions options;
    options.leaveOutTables.push_back(target.table.schema + "." + target.table.table);
    return postgres::inspect(*target.connection, options);
}

}  // namespace slipway::commands
