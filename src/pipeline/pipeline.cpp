#include "pipeline/pipeline.h"

#include "base/interrupt.h"

namespace slipway::pipeline {

void run(stages::Rehearsal& rehearsal, Evidence& evidence) {
    const EventSink& sink = rehearsal.sink;
    bool stopped = false;
    for (const stages::Stage* stage : stages::allStages()) {
        Event event{Event::Kind::stageStarted};
        event.subject = stage->name;
        event.text = stage->describes;
        StageOutcome outcome{stage->name, "skipped", "an earlier stage failed"};
        if (!stopped) {
            checkInterrupted();
            if (sink) sink(event);
            Stopwatch since;
            outcome = stage->run(rehearsal);
            outcome.took = since.elapsed();
        }
        stopped = stopped || !outcome.passed();
        event.kind = Event::Kind::stageFinished;
        event.text = outcome.summary;
        event.outcome = outcome.outcome;
        event.took = outcome.took;
        if (sink) sink(event);
        evidence.stages.push_back(std::move(outcome));
    }
}

}  // namespace slipway::pipeline
