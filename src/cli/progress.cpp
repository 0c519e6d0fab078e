#include "cli/progress.h"

#include "base/text.h"

namespace slipway::cli {

EventSink Progress::sink() {
    return [this](const Event& event) {
        if (!terminal_.document) show(event);
        // A document on standard output must stay whole, but waiting in silence helps nobody.
        if (terminal_.document && (event.kind == Event::Kind::waitingForRelease || event.kind == Event::Kind::message) && !event.text.empty())
            terminal_.note(event.text);
    };
}

std::string describeProgress(int64_t done, int64_t total, Milliseconds took) {
    std::string text = total > 0 ? fmt::format("{} of {}", count(done, "row"), count(total, "row")) : count(done, "row");
    if (took.count() >= 500 && done > 0) {
        const int64_t rate = done * 1000 / took.count();
        text += fmt::format(", {}/s", count(rate, "row"));
        if (total > done && rate > 0) text += fmt::format(", {} to go", showDuration(Milliseconds((total - done) * 1000 / rate)));
    }
    return text;
}

void Progress::showWaiting(const Event& event) {
    const std::string first = event.sql.substr(0, event.sql.find('\n'));
    std::string text = fmt::format("    {} … {}", showDuration(event.took), abbreviate(first, 60));
    if (event.blockers.empty()) {
        terminal_.transient(text);
        return;
    }
    terminal_.transient("");
    if (statement_ == event.sql) return;  // who is in the way is said once a statement
    statement_ = event.sql;
    terminal_.note(fmt::format("  waiting for a lock; in the way: {}", join(event.blockers, "; ")));
}

void Progress::show(const Event& event) {
    const std::string indent = inStage_ ? "    " : "  ";
    switch (event.kind) {
        case Event::Kind::stageStarted:
            inStage_ = true;
            terminal_.transient(fmt::format("{} …", event.subject));
            break;
        case Event::Kind::stageFinished: {
            inStage_ = false;
            const bool failed = event.outcome == "failed";
            const std::string mark = failed ? terminal_.styled("✗", Style::red) : event.outcome == "skipped" ? "-" : terminal_.styled("✓", Style::green);
            terminal_.line(fmt::format("{} {}{} {} ({})", mark, event.subject, std::string(event.subject.size() < 14 ? 14 - event.subject.size() : 0, ' '),
                                       event.text, showDuration(event.took)));
            break;
        }
        case Event::Kind::scriptStarted:
            script_ = event.subject;
            terminal_.transient(indent + event.subject + " …");
            break;
        case Event::Kind::scriptFinished:
            if (inStage_) break;  // the stage itself tells how it went
            if (event.outcome == "ok") terminal_.line(fmt::format("{}{} {} ({})", indent, terminal_.styled("✓", Style::green), event.subject, showDuration(event.took)));
            if (event.outcome == "failed") terminal_.line(fmt::format("{}{} {}", indent, terminal_.styled("✗", Style::red), event.subject));
            if (event.outcome == "paused") terminal_.line(fmt::format("{}- {}: its backfill follows", indent, event.subject));
            break;
        case Event::Kind::statementWaiting: showWaiting(event); break;
        case Event::Kind::statementStarted:
            if (event.total == 0 && !script_.empty())
                terminal_.transient(fmt::format("{}{}: {}", indent, script_, event.sql.substr(0, event.sql.find('\n'))));
            break;
        case Event::Kind::notice:
            if (event.severity == "WARNING" && !inStage_) terminal_.line(fmt::format("{}  {}: {}", indent, lower(event.severity), event.text));
            break;
        case Event::Kind::retry:
            terminal_.note(fmt::format("{}{}; trying again in {}{}", indent, event.text, showDuration(event.took),
                                       event.blockers.empty() ? "" : " (" + event.blockers[0] + ")"));
            break;
        case Event::Kind::waitingForRelease: terminal_.note(event.text); break;
        case Event::Kind::backfillProgress:
            terminal_.transient(fmt::format("{}{}: {}", indent, event.subject, describeProgress(event.done, event.total, event.took)));
            break;
        case Event::Kind::message:
            if (event.text.empty()) break;
            terminal_.note(indent + (event.line ? fmt::format("{}:{}: ", event.file, event.line) : event.subject.empty() ? "" : event.subject + ": ") + event.text);
            break;
        default: break;
    }
}

}  // namespace slipway::cli
