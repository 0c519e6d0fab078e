// docs/reference/rules.md is what the rules say of themselves. SLIPWAY_UPDATE=1 writes it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "rules/rule.h"

namespace slipway::tests {

namespace {

const std::string page = std::string(SLIPWAY_SOURCE) + "/docs/reference/rules.md";

std::string fenced(std::span<const rules::Example> examples) {
    std::string text;
    for (const rules::Example& example : examples) {
        if (!text.empty()) text += "\n";
        if (example.serverVersion != 15) text += fmt::format("-- PostgreSQL {}\n", example.serverVersion);
        text += std::string(trim(example.sql)) + "\n";
    }
    return "```sql\n" + text + "```\n";
}

std::string written() {
    std::string text = R"(# Rules

(Written from `src/rules` by `SLIPWAY_UPDATE=1 build/tests/test_rules --gtest_filter=RulesPage.*`; do not edit it by hand.)

What `slipway check` looks for, in three categories: **safety** (locks, loss, failure at run time, broken dependents),
**review** (headers, rollbacks, process) and **style**. `slipway check --only safety` runs one of them. A finding stands on one of
three grounds: *predicted* from the catalog that the migrations make (or that a snapshot tells), *observed* on a server, or *by
name* only, where nothing else is known of the object. Nothing is said about tables that the release makes itself.

A rule that does not fit is ignored for one statement by a comment before it, or behind it on its last line, and for a whole
file by `slipway:ignore-file`. A reason must be given:

```sql
-- slipway:ignore drop-column: nobody reads it since release 41
ALTER TABLE orders DROP COLUMN note;
```

`suppression-reason` and `suppression-unknown` are errors of such comments, `suppression-unused` is a note.

Every example below is a test. They begin with this schema:

)";
    text += "```sql\n" + std::string(rules::exampleSchema()) + "```\n";
    for (const Category category : {Category::safety, Category::review, Category::style}) {
        text += fmt::format("\n## {}{}\n", static_cast<char>(nameOf(category)[0] - 'a' + 'A'), nameOf(category) + 1);
        for (const rules::Rule* rule : rules::allRules()) {
            if (rule->category != category) continue;
            text += fmt::format("\n### {}\n\n*{}*: {}.\n\n{}\n\n**Instead:** {}\n\nFound:\n\n{}\nNot found:\n\n{}", rule->id, nameOf(rule->severity), rule->finds, rule->because,
                                rule->instead, fenced(rule->bad), fenced(rule->good));
        }
    }
    return text;
}

}  // namespace

TEST(RulesPage, IsWhatTheRulesSay) {
    if (std::getenv("SLIPWAY_UPDATE")) std::ofstream(page) << written();
    std::ostringstream text;
    text << std::ifstream(page).rdbuf();
    EXPECT_EQ(text.str(), written());
}

}  // namespace slipway::tests
