#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::ServerChange>(view, [&](const change::ServerChange& server, const Change& change) {
        found.add(view, change, fmt::format("{} reaches beyond this database and is not undone with the migration", server.what), "keep it with the infrastructure");
    });
}

static constexpr Example bad[] = {
    {"ALTER SYSTEM SET work_mem = '64MB';"},
    {"CREATE ROLE app;"},
};
static constexpr Example good[] = {
    {"SET work_mem = '64MB';"},
};

extern const Rule rule_server_change = {
    .id = "server-change",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "a migration changes what belongs to the server",
    .because = "ALTER SYSTEM, ALTER DATABASE and roles are no part of a schema: they reach other databases, "
               "are not undone with the migration, and need rights that it should not have.",
    .instead = "Keep them with the infrastructure.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
