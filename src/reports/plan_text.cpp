#include "reports/plan_text.h"

#include "base/text.h"

namespace slipway::reports {

namespace {

std::string describe(const Segment& segment) {
    switch (segment.kind) {
        case SegmentKind::atomic: {
            std::string text = "one transaction";
            if (segment.timeouts.lock.count()) text += fmt::format(", gives up a lock after {}", showDuration(segment.timeouts.lock));
            if (segment.timeouts.statement.count()) text += fmt::format(", a statement after {}", showDuration(segment.timeouts.statement));
            return text;
        }
        case SegmentKind::verifiable: return "outside transactions; if it stops half way, the catalog tells and migrate repairs";
        case SegmentKind::opaque: return "outside transactions; if it stops half way, a person has to look";
        case SegmentKind::backfill: return "backfill in batches, a transaction each";
    }
    return "";
}

void printStatements(const Step& step, const Segment& segment, std::string& out) {
    for (size_t i = segment.first; i < segment.end; i++) {
        const Statement& statement = step.statements[i];
        if (statement.runs == Runs::begin || statement.runs == Runs::commit) continue;
        out += statement.span.of(step.script.text);
        out += ";\n";
        if (!statement.copyIn) continue;
        const std::string_view data = statement.data.of(step.script.text);
        const auto lines = std::ranges::count(data, '\n');
        out += fmt::format("-- ({} of data, {})\n", count(static_cast<int64_t>(data.size()), "byte"), count(lines, "line"));
    }
}

}  // namespace

std::string planText(const Plan& plan) {
    std::string out = fmt::format("-- Plan for {} ({})\n", plan.environment, plan.server);
    if (plan.steps.empty()) return out + "-- Nothing is pending.";
    for (const Step& step : plan.steps) {
        out += fmt::format("\n-- {} ({})\n", step.label(), step.direction == Direction::up ? step.migration.up.file : step.migration.down->file);
        if (step.resumed) out += "-- goes on where an earlier run stopped\n";
        for (size_t i = 0; i < step.segments.size(); i++) {
            const Segment& segment = step.segments[i];
            const bool done = step.resumed && step.resumed->done(static_cast<int>(i) + 1);
            if (step.segments.size() > 1 || segment.kind != SegmentKind::atomic || done)
                out += fmt::format("-- segment {} of {}: {}\n", i + 1, step.segments.size(), done ? "done already" : describe(segment));
            if (done) continue;
            if (segment.kind == SegmentKind::backfill) {
                const Backfill& backfill = *step.migration.declarations.backfill;
                out += fmt::format("-- UPDATE {} SET {}{} -- {} a batch along {}, {} between batches\n", backfill.table, backfill.set,
                                   backfill.where.empty() ? "" : " WHERE " + backfill.where, count(backfill.batch, "row"), join(backfill.key, ", "),
                                   showDuration(backfill.pause));
                continue;
            }
            if (segment.kind == SegmentKind::atomic) out += segment.begin.empty() ? "BEGIN;\n" : "BEGIN " + segment.begin + ";\n";
            printStatements(step, segment, out);
            if (segment.kind == SegmentKind::atomic) out += "COMMIT;\n";
        }
    }
    return out + fmt::format("\n-- {}, plan {}", count(static_cast<int64_t>(plan.steps.size()), "script"), plan.digest.substr(0, 16));
}

}  // namespace slipway::reports
