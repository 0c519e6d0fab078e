#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::PublicationChange>(view, [&](const change::PublicationChange& publication, const Change& change) {
        if (!publication.withoutIdentity.empty())
            found.add(view, change, fmt::format("updates and deletes of {} fail once it is published: nothing identifies its rows", listed(publication.withoutIdentity)), "give it a primary key or a replica identity first");
    });
}

static constexpr Example bad[] = {
    {"CREATE PUBLICATION shop FOR TABLE events_2026;"},
    {"CREATE PUBLICATION shop FOR ALL TABLES;"},
};
static constexpr Example good[] = {
    {"CREATE PUBLICATION shop FOR TABLE orders;"},
};

extern const Rule rule_publication_without_identity = {
    .id = "publication-without-identity",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a published table has nothing that identifies its rows",
    .because = "UPDATE and DELETE fail on a published table without a primary key or replica identity: "
               "\"cannot update table because it does not have a replica identity and publishes updates\".",
    .instead = "Give it a primary key, or REPLICA IDENTITY USING INDEX; FULL writes whole old rows to the "
               "log.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
