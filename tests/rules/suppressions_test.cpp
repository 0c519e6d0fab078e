#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "commands/check.h"
#include "rules/rule.h"
#include "support/folder.h"

namespace slipway::tests {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// The rules that find something in a file by itself, with the lines, safety and comments only.
std::vector<std::string> found(const std::string& sql) {
    const Folder folder;
    folder.write("a.sql", sql);
    commands::CheckRequest request;
    request.files = {"a.sql"};
    request.serverVersion = 15;
    request.observe = commands::Observe::never;
    std::vector<std::string> all;
    for (const JudgedScript& script : commands::check(request, {}).scripts)
        for (const Finding& each : script.findings)
            if (each.rule == "drop-table" || each.rule == "truncate" || each.rule.starts_with("suppression")) all.push_back(fmt::format("{}:{}", each.rule, each.line));
    return all;
}

}  // namespace

TEST(Suppressions, ACommentBeforeTheStatementIsAboutIt) {
    EXPECT_THAT(found("DROP TABLE a;\nDROP TABLE b;\n"), ElementsAre("drop-table:1", "drop-table:2"));
    EXPECT_THAT(found("-- slipway:ignore drop-table: it is empty\nDROP TABLE a;\nDROP TABLE b;\n"), ElementsAre("drop-table:3"));
    EXPECT_THAT(found("-- slipway:ignore drop-table: it is empty\n\n-- and more\nDROP TABLE a;\n"), IsEmpty());
}

TEST(Suppressions, BehindTheStatementOnItsLineItIsAboutThatOne) {
    EXPECT_THAT(found("DROP TABLE a; -- slipway:ignore drop-table: it is empty\nDROP TABLE b;\n"), ElementsAre("drop-table:2"));
}

TEST(Suppressions, AFileCanBeLeftOutAsAWhole) {
    EXPECT_THAT(found("-- slipway:ignore-file drop-table: all of them are empty\nDROP TABLE a;\nTRUNCATE c;\nDROP TABLE b;\n"), ElementsAre("truncate:3"));
}

TEST(Suppressions, SeveralRulesShareAReason) {
    EXPECT_THAT(found("-- slipway:ignore drop-table, truncate: it is empty\nDROP TABLE a;\n"), ElementsAre("suppression-unused:1"));
    EXPECT_THAT(found("-- slipway:ignore drop-table, Truncate: it is empty\nTRUNCATE a;\n"), ElementsAre("suppression-unused:1"));
}

TEST(Suppressions, NeedAReasonAndARule) {
    EXPECT_THAT(found("-- slipway:ignore drop-table\nDROP TABLE a;\n"), ElementsAre("suppression-reason:1", "drop-table:2"));
    EXPECT_THAT(found("-- slipway:ignore drop-table:   \nDROP TABLE a;\n"), ElementsAre("suppression-reason:1", "drop-table:2"));
    EXPECT_THAT(found("-- slipway:ignore drop-tabel: why not\nDROP TABLE a;\n"), ElementsAre("suppression-unknown:1", "drop-table:2"));
    EXPECT_THAT(found("-- slipway:ignore\nDROP TABLE a;\n"), ElementsAre("suppression-unknown:1", "drop-table:2"));
}

TEST(Suppressions, WhatLooksLikeOneIsNone) {
    EXPECT_THAT(found("SELECT '-- slipway:ignore drop-table: x';\nDROP TABLE a;\n"), ElementsAre("drop-table:2"));
    EXPECT_THAT(found("/* -- slipway:ignore drop-table: x */ DROP TABLE a;\n"), ElementsAre("drop-table:1"));
    EXPECT_THAT(found("DROP TABLE\n-- slipway:ignore drop-table: x\na;\n"), ElementsAre("drop-table:1"));
}

}  // namespace slipway::tests
