// The way back, proved: undo, compare schema and rows with what was there before, apply again (R58 to R64).
#include "base/text.h"
#include "stages/stage.h"

namespace slipway::stages {

namespace {

constexpr size_t mostShown = 20;

void compareCatalogs(const Catalog& wanted, const Catalog& got, bool undone, StageOutcome& outcome) {
    const auto differences = compare(wanted, got);
    const bool orderOnly = onlyColumnOrder(differences);
    for (const Difference& difference : differences) {
        if (outcome.findings.size() == mostShown) break;
        outcome.findings.push_back({undone ? "rollback-differs" : "reapply-differs", orderOnly ? Severity::note : Severity::error, "", 0, 0,
                                    undone ? difference.messageAfterUndo() : difference.message() + " after applying the release again",
                                    undone ? "correct the undo script so that it restores what was there before"
                                           : "make the scripts give the same result each time they run"});
    }
}

data::RowsDigest rowsOf(const Picture& picture, bool withContents) {
    data::RowsDigest rows = picture.rows;
    if (!withContents)
        for (auto& [table, digest] : rows) digest.checksum.clear();
    return rows;
}

bool anyError(const StageOutcome& outcome) {
    return std::ranges::any_of(outcome.findings, [](const Finding& finding) { return finding.severity == Severity::error; });
}

StageOutcome rollbackTest(Rehearsal& rehearsal) {
    StageOutcome outcome{"rollback-test"};
    apply::Site& site = rehearsal.ground->site();
    if (rehearsal.versions.empty()) {
        outcome.outcome = "skipped";
        outcome.summary = "no versioned migration was applied";
        return outcome;
    }
    if (rehearsal.irreversible) {
        outcome.outcome = "skipped";
        outcome.summary = *rehearsal.irreversible;
        return outcome;
    }
    const auto failed = [&](std::string summary) {
        outcome.outcome = "failed";
        outcome.summary = std::move(summary);
        return outcome;
    };
    try {
        const Picture applied = pictureOf(site);
        apply::undo(site, static_cast<int>(rehearsal.versions.size()), std::nullopt);
        const Picture undone = pictureOf(site);
        outcome.facts.emplace_back("catalog before", digest(rehearsal.before.catalog));
        outcome.facts.emplace_back("catalog after the undo", digest(undone.catalog));
        compareCatalogs(rehearsal.before.catalog, undone.catalog, true, outcome);
        // Where columns differ every row does, which says nothing new: then only the numbers of rows are compared.
        const bool sameShape = !anyError(outcome);
        for (Finding& finding : data::compare(rowsOf(rehearsal.before, sameShape), rowsOf(undone, sameShape))) outcome.findings.push_back(std::move(finding));
        if (anyError(outcome)) return failed("the way back does not restore what was there before");

        apply::migrate(site, rehearsal.options);
        const Picture again = pictureOf(site);
        outcome.facts.emplace_back("catalog after applying again", digest(again.catalog));
        compareCatalogs(applied.catalog, again.catalog, false, outcome);
        if (anyError(outcome)) return failed("applied once more, the release gives another schema");
    } catch (const Error& error) {
        if (!blames(error)) throw;
        outcome.findings.push_back(findingOf(error));
        return failed("an undo script failed or is missing");
    }
    outcome.summary = fmt::format("{} undone: schema and rows of {} as before; applied again", count(static_cast<int64_t>(rehearsal.versions.size()), "migration"),
                                  count(static_cast<int64_t>(rehearsal.before.rows.size()), "table"));
    return outcome;
}

}  // namespace

extern const Stage stage_rollback_test = {"rollback-test", 5, "runs the undo scripts, compares with before, and applies again", rollbackTest};

}  // namespace slipway::stages
