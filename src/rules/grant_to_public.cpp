#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::GrantChange>(view, [&](const change::GrantChange& grant, const Change& change) {
        if (!grant.revokes && grant.all && grant.toPublic) found.add(view, change, fmt::format("every role may do everything with {}", grant.name.empty() ? "it" : grant.name), "name the privileges and the role");
    });
}

static constexpr Example bad[] = {
    {"GRANT ALL ON orders TO PUBLIC;"},
};
static constexpr Example good[] = {
    {"GRANT SELECT ON orders TO reader;"},
};

extern const Rule rule_grant_to_public = {
    .id = "grant-to-public",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "everybody gets all privileges",
    .because = "GRANT ALL gives more than anybody asked for, and PUBLIC is every role, also those of "
               "tomorrow.",
    .instead = "Name the privileges, and a role.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
