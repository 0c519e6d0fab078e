#include "commands/info.h"

#include "apply/migrate.h"
#include "apply/status.h"
#include "base/text.h"

namespace slipway::commands {

namespace {

const char* categoryOf(const apply::Status& status) {
    if (status.row && (status.row->type == "BASELINE" || status.row->type == "SQL_BASELINE")) return "Baseline";
    if (status.row && status.row->type == "SCHEMA") return "";
    if (status.row && (status.row->type == "UNDO_SQL" || status.row->type == "UNDO_SCRIPT")) return "Undo";
    if (status.migration && status.migration->kind == MigrationKind::baseline) return "Baseline";
    return status.repeatable() ? "Repeatable" : "Versioned";
}

InfoLine lineOf(const apply::Status& status) {
    InfoLine line;
    line.category = categoryOf(status);
    line.description = status.description();
    line.state = apply::display(status.state);
    line.pending = status.state == apply::State::pending;
    if (status.migration) {
        line.type = status.migration->kind == MigrationKind::baseline ? "SQL_BASELINE" : "SQL";
        if (status.migration->version) line.version = status.migration->version->text();
        line.file = status.migration->up.file;
        if (status.migration->down) line.undoFile = status.migration->down->file;
        line.undoable = status.migration->down.has_value();
    }
    if (status.row) {
        line.type = status.row->type;
        line.version = status.row->version.value_or("");
        line.installedOn = status.row->installedOn;
        line.installedBy = status.row->installedBy;
        line.executionTime = status.row->executionTime;
        line.undoable = line.undoable && status.applied() && status.row->version;
    }
    return line;
}

std::optional<Version> targetOf(const Project& project, Target& target, const EventSink& sink) {
    return siteOf(project, target, "", Milliseconds(0), sink).target();
}

}  // namespace

std::vector<InfoLine> lastRows(const Project& project, apply::Site& site, size_t most) {
    const postgres::History history = postgres::readHistory(site.connection, site.table);
    std::vector<InfoLine> lines;
    for (const apply::Status& status : apply::statusOf(project.changelog, history.rows, {}))
        if (status.row) lines.push_back(lineOf(status));
    std::ranges::reverse(lines);
    if (lines.size() > most) lines.resize(most);
    return lines;
}

Info info(const Common& common, const EventSink& sink) {
    Opened opened(common, "info", Access::read, sink);
    auto& [project, target] = opened;
    apply::Site site = siteOf(project, target, "", Milliseconds(0), sink);
    const apply::Standing standing = apply::standingOf(site, targetOf(project, target, sink));
    Info info;
    info.environment = target.environment.name;
    info.database = target.facts.database;
    info.server = target.connection->serverName();
    info.table = postgres::nameOf(target.table);
    info.schemaVersion = apply::currentVersion(standing.statuses);
    info.historyExists = standing.history.oid != 0;
    info.notes = project.changelog.notes;
    for (const apply::Status& status : standing.statuses) info.lines.push_back(lineOf(status));
    info.pending = static_cast<int>(apply::pendingOf(standing.statuses).size());
    return info;
}

Validation validate(const Common& common, const EventSink& sink) {
    Opened opened(common, "validate", Access::read, sink);
    auto& [project, target] = opened;
    tellNotes(project, sink);
    apply::Site site = siteOf(project, target, "", Milliseconds(0), sink);
    const apply::Standing standing = apply::standingOf(site, targetOf(project, target, sink));
    Validation validation;
    validation.findings = apply::validate(standing.statuses, project.settings.project.ignoreMigrationPatterns, true);
    validation.checked = static_cast<int>(standing.statuses.size());
    validation.notes = project.changelog.notes;
    return validation;
}

}  // namespace slipway::commands
