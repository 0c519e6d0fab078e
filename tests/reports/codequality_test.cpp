#include <nlohmann/json.hpp>

#include "reports/releases.h"

namespace slipway::reports {
namespace {

using Json = nlohmann::json;

TEST(CodeQuality, IsWhatGitlabReads) {
    ReleaseOf of("./db/../db/V1__a.sql");
    of.statement("DROP TABLE a").found(Severity::error, 1, 12, "drops-table", "two\nlines");
    Json issues = Json::parse(told("codequality", of.release));
    ASSERT_EQ(issues.size(), 1u);
    EXPECT_EQ(issues[0].at("fingerprint").get<std::string>().size(), 34u);
    issues[0].erase("fingerprint");
    EXPECT_EQ(issues[0], Json::parse(R"~({"description": "two lines (hint: make it right)", "check_name": "drops-table", "severity": "blocker",
                                         "location": {"path": "db/V1__a.sql", "lines": {"begin": 1}}})~"));
    EXPECT_EQ(told("codequality", {.serverVersion = 15}), "[]\n");
}

TEST(CodeQuality, TheFiveSeveritiesAreUsed) {
    ReleaseOf of;
    of.found(Severity::error, 0, 0).found(Severity::error, 0, 0).found(Severity::warning, 0, 0).found(Severity::warning, 0, 0).found(Severity::note, 0, 0);
    of.script().findings[1].category = Category::safety;
    of.script().findings[3].category = Category::style;
    const Json issues = Json::parse(told("codequality", of.release));
    std::vector<std::string> severities;
    for (const Json& issue : issues) severities.push_back(issue.at("severity"));
    EXPECT_EQ(severities, (std::vector<std::string>{"blocker", "critical", "major", "minor", "info"}));
    EXPECT_EQ(issues[0].at("location").at("lines").at("begin"), 1) << "GitLab leaves out what has no line";
}

TEST(CodeQuality, FingerprintsStayWhenLinesMove) {
    ReleaseOf before, after;
    before.statement("DROP TABLE a").found(Severity::error, 1, 1);
    after.statement("SELECT 1").statement("DROP TABLE a").found(Severity::error, 2, 1);
    EXPECT_EQ(Json::parse(told("codequality", before.release))[0].at("fingerprint"), Json::parse(told("codequality", after.release))[0].at("fingerprint"));
}

}  // namespace
}  // namespace slipway::reports
