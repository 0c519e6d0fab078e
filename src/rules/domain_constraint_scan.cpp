#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::AlterDomain>(view, [&](const change::AlterDomain& domain, const Change& change) {
        if (domain.notValid || (domain.known && domain.tables.empty())) return;
        found.add(view, change, RelationRef{.known = domain.known}, fmt::format("SHARE on {} blocks writes while all rows with a {} are read", domain.known ? listed(domain.tables) : "every table that uses it", domain.domain),
                  domain.constraint == "check" ? "add it NOT VALID, then validate it when few write" : "check it on the tables, NOT VALID first, instead of in the domain");
    });
}

static constexpr Example bad[] = {
    {"ALTER DOMAIN price ADD CONSTRAINT cheap CHECK (VALUE < 1000);"},
    {"ALTER DOMAIN price SET NOT NULL;"},
};
static constexpr Example good[] = {
    {"ALTER DOMAIN price ADD CONSTRAINT cheap CHECK (VALUE < 1000) NOT VALID;"},
    {"CREATE DOMAIN rate AS numeric;\nALTER DOMAIN rate ADD CHECK (VALUE > 0);"},
};

extern const Rule rule_domain_constraint_scan = {
    .id = "domain-constraint-scan",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "a domain gets a constraint that all its tables must be read for",
    .because = "ALTER DOMAIN ... ADD CHECK and SET NOT NULL take SHARE on every table with a column of the "
               "domain and read them all: writes wait.",
    .instead = "ADD CONSTRAINT ... NOT VALID, then VALIDATE CONSTRAINT, which reads under SHARE too, but in a "
               "transaction of its own; better, put the check on the tables.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
