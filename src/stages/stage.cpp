#include "stages/stage.h"

#include "data/tables.h"
#include "engines/engine.h"

namespace slipway::stages {

std::vector<const Stage*> allStages() {
    std::vector<const Stage*> stages(stageTable().begin(), stageTable().end());
    std::ranges::sort(stages, {}, &Stage::order);
    return stages;
}

Picture pictureOf(apply::Site& site) {
    postgres::InspectOptions options;
    options.leaveOutTables.push_back(site.table.schema + "." + site.table.table);
    Picture picture;
    picture.catalog = postgres::inspect(site.connection, options);
    picture.rows = data::rowsDigest(site.connection, data::userTables(site.connection, site.table));
    return picture;
}

Finding findingOf(const Error& error) {
    std::string message = error.message;
    if (!error.sqlstate.empty()) message += fmt::format(" (SQLSTATE {})", error.sqlstate);
    if (!error.detail.empty()) message += "; " + error.detail;
    return {error.code, Severity::error, error.file, error.line, error.column, message, error.hint};
}

bool blames(const Error& error) { return error.exit == Exit::no || error.exit == Exit::usage; }

}  // namespace slipway::stages
