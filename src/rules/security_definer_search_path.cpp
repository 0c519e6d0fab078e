#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    each<change::CreateFunction>(view, [&](const change::CreateFunction& function, const Change& change) {
        if (function.securityDefiner && !function.fixesSearchPath)
            found.add(view, change, fmt::format("whoever calls {} chooses what its names mean, with its owner's rights", function.name), "add SET search_path to the function");
    });
}

static constexpr Example bad[] = {
    {"CREATE FUNCTION f() RETURNS void LANGUAGE sql SECURITY DEFINER AS $$ SELECT 1 $$;"},
};
static constexpr Example good[] = {
    {"CREATE FUNCTION f() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ SELECT 1 $$;"},
};

extern const Rule rule_security_definer_search_path = {
    .id = "security-definer-search-path",
    .category = Category::review,
    .severity = Severity::warning,
    .finds = "a SECURITY DEFINER function leaves its search_path to the caller",
    .because = "The caller can put objects of his own in front of those that the function means, and has them "
               "used with its owner's rights (manual, CREATE FUNCTION, \"Writing SECURITY DEFINER Functions "
               "Safely\").",
    .instead = "SET search_path = a schema that others cannot write to, pg_temp last.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
