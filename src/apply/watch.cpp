#include "apply/watch.h"

#include "base/text.h"

namespace slipway::apply {

namespace {

/// pg_blocking_pids() knows those who wait for a transaction to end, too, as concurrent index builds do.
std::vector<std::string> blockersOf(postgres::Connection& watcher, int pid) {
    const postgres::Result found = watcher.query(
        "SELECT pid, coalesce(a.application_name, ''), coalesce(a.state, ''), "
        "coalesce(extract(epoch FROM clock_timestamp() - a.xact_start)::int, 0), coalesce(a.query, '') "
        "FROM (SELECT DISTINCT unnest(pg_blocking_pids($1::int)) AS pid) b "
        "LEFT JOIN pg_catalog.pg_stat_activity a USING (pid) ORDER BY pid",
        {std::to_string(pid)});
    std::vector<std::string> blockers;
    for (size_t i = 0; i < found.rows.size(); i++) {
        if (found.text(i, 0) == "0") {
            blockers.emplace_back("a prepared transaction (pg_prepared_xacts lists them)");
            continue;
        }
        blockers.push_back(fmt::format("{} (process {}{}, in its transaction for {} s): {}",
                                       found.text(i, 1).empty() ? "a session" : found.text(i, 1), found.text(i, 0),
                                       found.text(i, 2).empty() ? "" : ", " + found.text(i, 2), found.text(i, 3),
                                       abbreviate(replaceAll(found.text(i, 4), "\n", " "), 80)));
    }
    return blockers;
}

}  // namespace

Watch::Watch(Context& context, Event about) : context_(context), about_(std::move(about)) {
    context.connection.onWait([this](Milliseconds since) { look(since); });
}

Watch::~Watch() { context_.connection.onWait({}); }

void Watch::look(Milliseconds since) {
    // At once for the first time: with a short lock_timeout there is no second one.
    if (!context_.sink || (looked_ && since - *looked_ < std::chrono::seconds(1))) return;
    looked_ = since;
    Event waiting = about_;
    waiting.kind = Event::Kind::statementWaiting;
    waiting.took = since;
    if (context_.watch) {
        try {
            if (!context_.watcher) context_.watcher = context_.watch();
            waiting.blockers = blockersOf(*context_.watcher, context_.backendPid);
            if (!waiting.blockers.empty()) blockers_ = waiting.blockers;
        } catch (const Error&) {
            context_.watcher.reset();  // whoever watches must not fail the work
        }
    }
    context_.sink(waiting);
}

}  // namespace slipway::apply
