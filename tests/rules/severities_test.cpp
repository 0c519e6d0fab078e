// slipway.toml may give a rule another severity, for the project or for one environment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "commands/check.h"
#include "support/folder.h"

namespace slipway::tests {

namespace {

class Severities : public testing::Test {
  protected:
    Severities() {
        folder_.write("db/V1__a.sql", "CREATE TABLE a (id bigint PRIMARY KEY);\n");
        folder_.write("db/V2__b.sql", "DROP TABLE a;\n");
    }

    /// What is said of DROP TABLE: its severity, or "nothing".
    std::string said(const std::string& toml, std::optional<std::string> environment = std::nullopt) {
        folder_.write("slipway.toml", "[project]\nmigrations = \"db\"\n[environments.dev]\nurl = \"embedded:dev\"\n[environments.production]\nurl = \"embedded:production\"\n" + toml);
        commands::CheckRequest request;
        request.common.environment = std::move(environment);
        request.serverVersion = 15;
        request.observe = commands::Observe::never;
        for (const JudgedScript& script : commands::check(request, {}).scripts)
            for (const Finding& each : script.findings)
                if (each.rule == "drop-table") return nameOf(each.severity);
        return "nothing";
    }

    Folder folder_;
};

TEST_F(Severities, AreThoseOfTheRulesUnlessSomebodySaysOtherwise) {
    EXPECT_EQ(said(""), "error");
    EXPECT_EQ(said("[rules]\ndrop-table = \"warning\"\n"), "warning");
    EXPECT_EQ(said("[rules]\ndrop-table = \"note\"\n"), "note");
    EXPECT_EQ(said("[rules]\ndrop-table = \"off\"\n"), "nothing");
}

TEST_F(Severities, OfAnEnvironmentComeFirst) {
    const std::string toml = "[environments.production.rules]\ndrop-table = \"error\"\n[rules]\ndrop-table = \"off\"\n";
    EXPECT_EQ(said(toml), "nothing");
    EXPECT_EQ(said(toml, "production"), "error");
}

TEST_F(Severities, AreRefusedWhenTheyNameNoRuleOrNoSeverity) {
    EXPECT_THAT([&] { said("[rules]\ndrop-tabel = \"off\"\n"); }, testing::ThrowsMessage<Error>(testing::HasSubstr("'drop-tabel', which is no rule")));
    EXPECT_THAT([&] { said("[rules]\ndrop-table = \"fatal\"\n"); }, testing::ThrowsMessage<Error>(testing::HasSubstr("drop-table")));
}

}  // namespace

}  // namespace slipway::tests
