#include "apply/planner.h"

#include <nlohmann/json.hpp>

#include "apply/segments.h"
#include "base/digest.h"
#include "base/text.h"

namespace slipway::apply {

namespace {

std::string digestOf(const std::vector<HistoryRow>& rows) {
    Digester digester;
    for (const HistoryRow& row : rows)
        digester.add(row.rank).add(row.version.value_or("")).add(row.type).add(row.checksum.value_or(0)).add(row.success);
    return digester.hex();
}

/// What must not change while a backfill is half done; batch and pause may.
std::string digestOf(const Backfill& backfill) {
    Digester digester;
    digester.add(backfill.table).add(backfill.set).add(backfill.where);
    for (const std::string& column : backfill.key) digester.add(column);
    return digester.hex();
}

void seal(Plan& plan) {
    Digester digester;
    digester.add("slipway plan 1").add(plan.environment).add(plan.server).add(plan.historyDigest);
    for (const Step& step : plan.steps) {
        digester.add(step.direction == Direction::up ? "up" : "down").add(step.migration.id()).add(step.migration.checksum);
        digester.add(step.migration.declarations.digest).add(step.resumed ? step.resumed->rank : 0);
        for (size_t i = 0; i < step.segments.size(); i++) {
            const Segment& segment = step.segments[i];
            digester.add(nameOf(segment.kind)).add(segment.begin).add(segment.digest);
            digester.add(segment.timeouts.lock.count()).add(segment.timeouts.statement.count());
            if (step.resumed) digester.add(step.resumed->done(static_cast<int>(i) + 1));
        }
    }
    plan.digest = digester.hex();
}

Plan begun(const PlanInputs& inputs) {
    Plan plan;
    plan.environment = inputs.environment;
    plan.server = inputs.server;
    plan.historyDigest = digestOf(inputs.rows);
    return plan;
}

std::set<size_t> cutsOf(const Step& step) {
    std::set<size_t> cuts;
    if (!step.resumed) return cuts;
    for (const JournalRow& row : step.resumed->journal)
        if (row.state == "cut") cuts.insert(nlohmann::json::parse(row.facts).value("statement", size_t{0}));
    return cuts;
}

/// What must agree before a half-done script is gone on with: the file as it is now, and what the journal wrote down.
void checkResumable(const Step& step) {
    const Script& script = step.direction == Direction::up ? step.migration.up : *step.migration.down;
    const int32_t checksum = step.direction == Direction::up ? step.migration.checksum : script.checksum;
    const int segments = static_cast<int>(step.segments.size());
    bool same = true;
    for (const JournalRow& row : step.resumed->journal) {
        same = same && row.checksum == checksum;
        if (row.state == "cut") continue;
        same = same && row.segment <= segments && row.digest == step.segments[static_cast<size_t>(row.segment) - 1].digest;
    }
    if (same) return;
    throw Error("journal-disagrees", Exit::no,
                fmt::format("{} stopped half way, and its file has changed since: what the journal says was done is not "
                            "what stands there now", step.label()),
                "put the file back as it was and run `slipway migrate`, which goes on where it stopped; or run `slipway repair`, "
                "which keeps what was done as long as those statements are unchanged").at(script.file);
}

}  // namespace

void prepare(Step& step, const PlanInputs& inputs) {
    const Script& script = step.direction == Direction::up ? step.migration.up : *step.migration.down;
    step.script = inputs.load(script);
    step.statements = postgres::parse(step.script);
    CutOptions options;
    options.executeInTransaction = script.config.executeInTransaction.value_or(inputs.project.executeInTransaction);
    options.mixed = inputs.project.mixed;
    options.timeouts = inputs.timeouts;
    options.alone = cutsOf(step);
    options.backfill = step.direction == Direction::up && step.migration.declarations.backfill.has_value();
    step.segments = cut(step.script, step.statements, options);
    if (options.backfill) step.segments.back().digest = digestOf(*step.migration.declarations.backfill);
    if (step.resumed) checkResumable(step);
}

Plan planUp(const PlanInputs& inputs, const std::vector<Status>& statuses) {
    Plan plan = begun(inputs);
    for (const Status& status : statuses) {
        if (!status.row || status.row->success) continue;
        const HistoryRow& row = *status.row;
        const std::string name = row.version ? "version " + *row.version : row.description;
        const auto journal = inputs.journal ? inputs.journal(row.rank) : std::vector<JournalRow>();
        if (row.type == "DELETE" || row.type == "UNDO_SQL")
            throw Error("undo-interrupted", Exit::no, fmt::format("the undo of {} stopped half way", name),
                        "run `slipway undo` to finish it, then migrate");
        if (journal.empty() || !status.migration)
            throw Error("failed-migration", Exit::no,
                        fmt::format("the history says that the migration to {} failed, and the journal has no word of it: "
                                    "another tool ran it, or the database was restored", name),
                        "put the database right by hand, then run `slipway repair` to remove the failed row");
        Step step{Direction::up, *status.migration};
        step.resumed = Resumed{row.rank, journal};
        prepare(step, inputs);
        plan.steps.push_back(std::move(step));
    }
    for (const Migration* migration : pendingOf(statuses)) {
        if (!migration->up.config.shouldExecute) continue;
        Step step{Direction::up, *migration};
        prepare(step, inputs);
        plan.steps.push_back(std::move(step));
    }
    seal(plan);
    return plan;
}

Plan planDown(const PlanInputs& inputs, const std::vector<Status>& statuses, int count, const std::optional<Version>& target) {
    Plan plan = begun(inputs);
    auto take = [&](const Migration& migration, const HistoryRow& row, std::optional<Resumed> resumed) {
        if (migration.declarations.irreversible && !migration.down)
            throw Error("irreversible", Exit::no,
                        fmt::format("{} has no way back: {}", migration.id(), *migration.declarations.irreversible),
                        "restore from a backup, or write a new migration that goes forward").at(migration.up.file);
        if (!migration.down)
            throw Error("undo-missing", Exit::no, fmt::format("{} {} has no undo script", migration.id(), migration.description),
                        "write its undo script beside it, or declare why there is none: irreversible = \"reason\"").at(migration.up.file);
        Step step{Direction::down, migration};
        step.resumed = std::move(resumed);
        step.undoes = row;
        prepare(step, inputs);
        plan.steps.push_back(std::move(step));
    };
    for (const Status& status : statuses) {
        if (!status.row || status.row->success) continue;
        const bool undoing = status.row->type == "DELETE" || status.row->type == "UNDO_SQL";
        const auto journal = undoing && inputs.journal ? inputs.journal(status.row->rank) : std::vector<JournalRow>();
        if (!undoing || journal.empty() || !status.migration)
            throw Error("failed-migration", Exit::no, "the last migration stopped half way; nothing can be undone before it is whole",
                        "run `slipway migrate` to finish it");
        take(*status.migration, *status.row, Resumed{status.row->rank, journal});
        count--;
    }
    // A repeatable may have built upon what is undone, so its row goes with the first step that was applied before it ran.
    std::vector<HistoryRow> repeatables;
    for (const Status& status : statuses)
        if (status.applied() && status.migration && status.repeatable())
            repeatables.push_back(*status.row);
    auto takeAlong = [&](Step& step, int rank) {
        std::erase_if(repeatables, [&](const HistoryRow& row) {
            if (row.rank < rank) return false;
            step.alsoUndoes.push_back(row);
            return true;
        });
    };
    for (const Status& status : undoableOf(statuses)) {
        if (!plan.steps.empty() && plan.steps.front().resumed && plan.steps.front().migration.version == status.version()) {
            takeAlong(plan.steps.front(), status.row->rank);  // it is being finished
            continue;
        }
        if (target ? *status.version() <= *target : count <= 0) break;
        count--;
        if (!status.migration)
            throw Error("undo-missing", Exit::no, fmt::format("version {} was applied, but its files are not here", *status.row->version),
                        "check out the commit that it was applied from");
        take(*status.migration, *status.row, std::nullopt);
        takeAlong(plan.steps.back(), status.row->rank);
    }
    seal(plan);
    return plan;
}

}  // namespace slipway::apply
