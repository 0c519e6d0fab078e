#include "apply/runner.h"

#include "apply/segments.h"
#include "apply/step_runner.h"
#include "base/interrupt.h"

namespace slipway::apply {

namespace {

/// A step is ended by a backfill that no migration follows, at most repeatables, which then wait with it.
bool pausesBefore(const Plan& plan, size_t step) {
    const bool trailing = std::all_of(plan.steps.begin() + static_cast<std::ptrdiff_t>(step) + 1, plan.steps.end(), [](const Step& later) {
        return later.migration.kind == MigrationKind::repeatable;
    });
    return trailing && plan.steps[step].segments.back().kind == SegmentKind::backfill;
}

void quietly(Context& context, const char* event) {
    try {
        runCallbacks(context, event);
    } catch (const Error& error) {
        Event told{Event::Kind::message};
        told.text = fmt::format("the callback {} failed too: {}", event, error.message);
        if (context.sink) context.sink(told);
    }
}

}  // namespace

void runCallbacks(Context& context, const char* event) {
    if (!context.changelog) return;
    for (const Callback& callback : context.changelog->callbacks) {
        if (callback.event != event || !callback.script.config.shouldExecute) continue;
        try {
            StepRunner::runLoose(context, callback.script);
        } catch (Error& error) {
            error.detail += fmt::format("{}in the callback {}; migrations that were applied before it stay", error.detail.empty() ? "" : "\n", event);
            throw;
        }
    }
}

RunResult run(Context& context, Plan& plan, int nextRank) {
    RunResult result;
    Stopwatch since;
    if (plan.steps.empty()) return result;
    const bool forward = plan.steps.front().direction == Direction::up;
    bool repeatables = false;
    bool versioned = false;
    try {
        if (forward) runCallbacks(context, "beforeMigrate");
        for (size_t i = 0; i < plan.steps.size(); i++) {
            Step& step = plan.steps[i];
            checkInterrupted();
            if (forward && step.migration.kind == MigrationKind::repeatable && !repeatables) {
                if (versioned) runCallbacks(context, "afterVersioned");
                runCallbacks(context, "beforeRepeatables");
                repeatables = true;
            }
            versioned = versioned || step.migration.kind != MigrationKind::repeatable;
            const int rank = step.resumed ? step.resumed->rank : nextRank;
            nextRank += (step.resumed ? 0 : 1) + static_cast<int>(step.alsoUndoes.size());
            StepRunner runner(context, step, rank, context.leaveTrailingBackfill && pausesBefore(plan, i));
            if (!runner.run()) {
                StepRunner::resetSession(context);
                result.paused = true;
                result.took = since.elapsed();
                return result;
            }
            result.scripts++;
            step.script = {};  // a script of 50 MB is not kept longer than it runs
            step.statements = {};
        }
        StepRunner::resetSession(context);  // whoever reads the history next is not the role that a script has set
        if (forward) {
            if (versioned && !repeatables) runCallbacks(context, "afterVersioned");
            runCallbacks(context, "afterMigrateApplied");
            runCallbacks(context, "afterMigrate");
        }
    } catch (const Error& error) {
        if (forward && !error.connectionLost && error.exit != Exit::interrupted) quietly(context, "afterMigrateError");
        throw;
    }
    result.took = since.elapsed();
    return result;
}

}  // namespace slipway::apply
