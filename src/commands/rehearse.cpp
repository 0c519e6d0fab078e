#include "commands/rehearse.h"

#include "pipeline/pipeline.h"
#include "reports/evidence_json.h"
#include "store/evidence.h"

namespace slipway::commands {

Rehearsed rehearse(const RehearseRequest& request) {
    const EventSink sink = request.run.sink();
    Grounds grounds(request.common, request.copy, request.run.name(), sink, [&](Settings& settings) {
        request.run.begin(settings.root);
        if (request.target) settings.project.target = request.target;
    });

    stages::Rehearsal rehearsal;
    rehearsal.fresh = [&] { return grounds.fresh(); };
    rehearsal.sink = sink;
    if (grounds.settings().project.target) {
        const auto ground = grounds.fresh();
        rehearsal.options.target = ground->site().target();
    }
    Rehearsed rehearsed;
    Evidence& evidence = rehearsed.evidence;
    evidence.operation = "rehearsal";
    evidence.run = request.run.name();
    evidence.environment = grounds.environment().name;
    evidence.server = grounds.server();
    evidence.startedAt = timestampNow();
    pipeline::run(rehearsal, evidence);
    for (const StageOutcome& stage : evidence.stages)
        for (const auto& [name, value] : stage.facts)
            if (name == "plan" && evidence.planDigest.empty()) evidence.planDigest = value;
    rehearsed.scripts = rehearsal.scripts;
    rehearsed.file = store::writeEvidence(grounds.settings().root, reports::evidenceJson(evidence));
    return rehearsed;
}

}  // namespace slipway::commands
