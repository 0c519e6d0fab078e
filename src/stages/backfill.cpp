// The declared backfills: the one that ends the release runs here, those in its middle ran before the migration that
// builds on them.
#include "base/text.h"
#include "stages/stage.h"

namespace slipway::stages {

static StageOutcome backfill(Rehearsal& rehearsal) {
    StageOutcome outcome{"backfill"};
    int declared = 0;
    for (const Declarations& declarations : rehearsal.declared) declared += declarations.backfill.has_value();
    if (!declared) {
        outcome.outcome = "skipped";
        outcome.summary = "no migration declares one";
        return outcome;
    }
    int64_t rows = 0;
    int64_t batches = 0;
    Milliseconds slowest{0};
    apply::Site& site = rehearsal.ground->site();
    const EventSink shown = site.sink;
    Milliseconds last{0};
    site.sink = [&](const Event& event) {
        if (event.kind == Event::Kind::backfillProgress) {
            rows = event.done;
            batches++;
            slowest = std::max(slowest, event.took - last);
            last = event.took;
        }
        if (shown) shown(event);
    };
    try {
        apply::migrate(site, rehearsal.options);
        outcome.summary = batches == 0 ? fmt::format("{} ran with the migrations", count(declared, "backfill"))
                                       : fmt::format("{} in {} {}", count(rows, "row"), batches, batches == 1 ? "batch" : "batches");
        if (batches > 0) {
            outcome.facts.emplace_back("rows", std::to_string(rows));
            outcome.facts.emplace_back("batches", std::to_string(batches));
            outcome.facts.emplace_back("slowest batch, with its pause", showDuration(slowest));
        }
    } catch (const Error& error) {
        if (!blames(error)) throw;
        outcome.outcome = "failed";
        outcome.summary = "a batch failed; nothing is tried again by itself";
        outcome.findings.push_back(findingOf(error));
    }
    site.sink = shown;
    return outcome;
}

extern const Stage stage_backfill = {"backfill", 3, "walks the declared backfills in small batches", backfill};

}  // namespace slipway::stages
