#include "reports/plan_json.h"

#include <nlohmann/json.hpp>

namespace slipway::reports {

std::string planJson(const Plan& plan) {
    using Json = nlohmann::ordered_json;
    Json document = {{"slipway", 1}, {"environment", plan.environment}, {"server", plan.server}, {"digest", plan.digest}, {"historyDigest", plan.historyDigest}};
    if (!plan.target.empty()) document["target"] = plan.target;
    document["scripts"] = Json::array();
    for (const Step& step : plan.steps) {
        const bool up = step.direction == Direction::up;
        Json script = {{"id", step.migration.id()}, {"description", step.migration.description}, {"direction", up ? "up" : "down"},
                       {"file", up ? step.migration.up.file : step.migration.down->file}, {"checksum", step.migration.checksum}};
        script["segments"] = Json::array();
        for (size_t i = 0; i < step.segments.size(); i++) {
            const Segment& segment = step.segments[i];
            Json one = {{"kind", nameOf(segment.kind)}, {"digest", segment.digest}, {"lockTimeoutMs", segment.timeouts.lock.count()},
                        {"statementTimeoutMs", segment.timeouts.statement.count()}, {"done", step.resumed && step.resumed->done(static_cast<int>(i) + 1)}};
            one["statements"] = Json::array();
            for (size_t k = segment.first; k < segment.end; k++) {
                const Statement& statement = step.statements[k];
                if (statement.runs == Runs::begin || statement.runs == Runs::commit) continue;
                Json said = {{"line", step.script.positionOf(statement.span.begin).line}, {"kind", statement.kind}, {"sql", statement.span.of(step.script.text)}};
                if (statement.why) said["why"] = *statement.why;
                one["statements"].push_back(std::move(said));
            }
            if (segment.kind == SegmentKind::backfill) {
                const Backfill& backfill = *step.migration.declarations.backfill;
                one["backfill"] = {{"table", backfill.table}, {"key", backfill.key}, {"set", backfill.set}, {"where", backfill.where},
                                   {"batch", backfill.batch}, {"pauseMs", backfill.pause.count()}};
            }
            script["segments"].push_back(std::move(one));
        }
        document["scripts"].push_back(std::move(script));
    }
    return document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace slipway::reports
