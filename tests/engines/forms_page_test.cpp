// docs/reference/statement-forms.md is the table of forms. SLIPWAY_UPDATE=1 writes it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "engines/postgres/predict/forms.h"

namespace slipway::tests {

namespace {

constexpr const char* page = SLIPWAY_SOURCE "/docs/reference/statement-forms.md";

std::string written() {
    std::string text = R"(# What DDL locks, rewrites and reads

(Written from the table in `src/engines/postgres/predict/forms.cpp` by `SLIPWAY_UPDATE=1 build/tests/test_engines
--gtest_filter=FormsPage.*`; do not edit it by hand.)

`slipway check` predicts these effects without a server, and `tests/forms` proves them against PostgreSQL 13 to 18. "Lock" is
what the form takes on its target whatever the table looks like; ACCESS EXCLUSIVE blocks reads and writes, SHARE and SHARE ROW
EXCLUSIVE block writes, the others neither. What a statement that is not listed here locks is what it reads and writes. "Since" is
the first PostgreSQL that has the form, where that is newer than 13.

| statement | lock | on | also locked | rewrites | reads all rows | since | source |
|---|---|---|---|---|---|---|---|
)";
    for (const postgres::Form& form : postgres::forms())
        text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n", form.production, wordsFor(form.lock), form.target, form.also, form.rewrites,
                            form.scans, form.since ? std::to_string(form.since) : "", form.source);
    return text;
}

TEST(FormsPage, IsWhatTheTableSays) {
    if (std::getenv("SLIPWAY_UPDATE")) std::ofstream(page) << written();
    std::ostringstream text;
    text << std::ifstream(page).rdbuf();
    EXPECT_EQ(text.str(), written());
}

TEST(FormsPage, EachFormIsNamedOnceAndHasASource) {
    std::set<std::string_view> keys;
    for (const postgres::Form& form : postgres::forms()) {
        EXPECT_TRUE(keys.insert(form.key).second) << form.key;
        EXPECT_FALSE(form.source.empty()) << form.key;
        EXPECT_EQ(&postgres::formOf(form.key), &form);
    }
}

}  // namespace

}  // namespace slipway::tests
