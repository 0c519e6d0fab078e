#include "commands/deploy.h"

#include "base/text.h"
#include "data/reconcile.h"
#include "reports/evidence_json.h"
#include "store/evidence.h"

namespace slipway::commands {

namespace {

void tell(const EventSink& sink, Event::Kind kind, const StageOutcome& stage) {
    Event event{kind};
    event.subject = stage.stage;
    event.text = stage.summary;
    event.outcome = stage.outcome;
    event.took = stage.took;
    if (sink) sink(event);
}

StageOutcome reconcile(apply::Site& site, const data::Snapshot& before, const std::vector<Declarations>& declared) {
    StageOutcome stage{"reconcile"};
    Stopwatch since;
    const data::Snapshot after = data::take(site.connection, declared, false, site.table);
    stage.findings = data::compare(before, after, declared);
    stage.facts = data::facts(before, after, declared);
    if (std::ranges::any_of(stage.findings, [](const Finding& finding) { return finding.severity == Severity::error; })) {
        stage.outcome = "failed";
        stage.summary = "the data is not what the declarations promise; see the findings, and `slipway undo` for the way back";
    } else {
        stage.summary = after.answers.empty() ? "nothing is declared to be compared" : fmt::format("{} as declared", count(static_cast<int64_t>(after.answers.size()), "answer"));
    }
    stage.took = since.elapsed();
    return stage;
}

}  // namespace

Deployed deploy(const DeployRequest& request) {
    const EventSink sink = request.run.sink();
    Opened opened(request.common, "deploy", Access::write, sink, [&](Settings& settings) {
        request.run.begin(settings.root);
        if (request.target) settings.project.target = request.target;
    });
    auto& [project, target] = opened;
    apply::Site site = siteOf(project, target, request.run.name(), waitOf(request.wait, project.settings), sink);
    apply::MigrateOptions options;
    options.target = site.target();
    const apply::Standing standing = apply::standingOf(site, options.target);
    refuseSkipping(project, target.environment, standing.statuses, sink);
    markIfNew(target);
    site.facts = target.facts;

    Deployed deployed;
    Evidence& evidence = deployed.evidence;
    evidence.operation = "deployment";
    evidence.run = request.run.name();
    evidence.environment = target.environment.name;
    evidence.server = site.server();
    evidence.startedAt = timestampNow();
    std::vector<Declarations> declared;
    for (const Migration* migration : apply::pendingOf(standing.statuses)) declared.push_back(migration->declarations);
    const data::Snapshot before = data::take(*target.connection, declared, false, target.table);

    StageOutcome stage{"migration"};
    Stopwatch since;
    deployed.result = apply::migrate(site, options);
    stage.took = since.elapsed();
    stage.summary = deployed.result.run.scripts == 0 ? "nothing was pending" : fmt::format("{} applied, checks passed", count(deployed.result.run.scripts, "script"));
    stage.facts = {{"plan", deployed.result.planDigest}, {"from version", deployed.result.before}, {"to version", deployed.result.after}};
    evidence.planDigest = deployed.result.planDigest;
    evidence.stages.push_back(stage);
    if (deployed.result.run.scripts > 0) {
        evidence.stages.push_back(reconcile(site, before, declared));
        tell(sink, Event::Kind::stageFinished, evidence.stages.back());
    }
    deployed.environment = target.environment.name;
    deployed.database = target.facts.database;
    deployed.last = lastRows(project, site, 5);
    bool after = false;
    for (const Environment& environment : project.settings.environments) {
        if (after && deployed.next.empty()) deployed.next = environment.name;
        after = after || environment.name == target.environment.name;
    }
    deployed.file = store::writeEvidence(project.settings.root, reports::evidenceJson(evidence));
    return deployed;
}

}  // namespace slipway::commands
