#include "commands/status.h"

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "commands/info.h"
#include "store/evidence.h"

namespace slipway::commands {

namespace {

std::vector<StatusReport::Proof> proofsOf(const std::string& root, size_t most) {
    std::vector<StatusReport::Proof> proofs;
    for (const std::string& file : store::evidenceFiles(root)) {
        try {
            const auto document = nlohmann::json::parse(readFile(file));
            StatusReport::Proof proof{document.at("operation"), document.at("started_at"), document.at("environment"), document.at("verdict"), {}, shownPath(file)};
            for (const auto& stage : document.at("stages")) {
                const std::string outcome = stage.at("outcome");
                proof.stages.push_back(fmt::format("{} {}: {}", outcome == "ok" ? "✓" : outcome == "failed" ? "✗" : "-",
                                                   stage.at("stage").get<std::string>(), stage.at("summary").get<std::string>()));
            }
            proofs.push_back(std::move(proof));
        } catch (const nlohmann::json::exception&) {
            continue;  // not one of ours
        }
    }
    std::ranges::sort(proofs, std::greater(), &StatusReport::Proof::at);
    if (proofs.size() > most) proofs.resize(most);
    return proofs;
}

}  // namespace

StatusReport status(const Common& common, size_t mostProofs, const EventSink& sink) {
    StatusReport report;
    const Project project = openProject(common);
    for (const Migration& migration : project.changelog.migrations) report.changes.push_back({migration.id(), migration.description, {}});
    for (const Environment& environment : project.settings.environments) {
        StatusReport::Column column{environment.name};
        Common one = common;
        one.environment = environment.name;
        std::map<std::string, Place> places;
        try {
            const Info there = info(one, sink);
            column.version = there.schemaVersion;
            column.pending = there.pending;
            for (const InfoLine& line : there.lines) {
                const std::string id = line.version.empty() ? "R " + line.description : (line.type == "SQL_BASELINE" ? "B" : "V") + line.version;
                if (line.type == "DELETE" || line.category == "Undo" || line.state == "Superseded" || line.state == "Deleted" || line.state == "Undone") continue;
                Place& place = places[id];
                if (place.since.empty()) place = {line.state, line.installedOn};
            }
        } catch (const Error& error) {
            if (error.exit == Exit::interrupted) throw;
            column.problem = error.message;
        }
        for (StatusReport::Row& row : report.changes) row.places.push_back(places.contains(row.id) ? places[row.id] : Place{});
        report.environments.push_back(std::move(column));
    }
    report.proofs = proofsOf(project.settings.root, mostProofs);
    return report;
}

}  // namespace slipway::commands
