#include <nlohmann/json.hpp>

#include "reports/releases.h"

namespace slipway::reports {
namespace {

using Json = nlohmann::json;

Json sarifOf(const ReleaseEffects& release, const std::string& docsUrl = "") { return Json::parse(told("sarif", release, docsUrl)); }

/// What the schema of SARIF 2.1.0 requires, and what GitHub's code scanning requires beside it.
void expectValid(const Json& document) {
    EXPECT_EQ(document.at("version"), "2.1.0");
    EXPECT_EQ(document.at("$schema"), "https://json.schemastore.org/sarif-2.1.0.json");
    ASSERT_EQ(document.at("runs").size(), 1u);
    const Json& run = document.at("runs").at(0);
    const Json& rules = run.at("tool").at("driver").at("rules");
    EXPECT_EQ(run.at("tool").at("driver").at("name"), "Slipway");
    EXPECT_EQ(run.at("columnKind"), "unicodeCodePoints") << "else columns would count UTF-16 units";
    for (const Json& rule : rules) {
        EXPECT_FALSE(rule.at("id").get<std::string>().empty());
        EXPECT_FALSE(rule.at("shortDescription").at("text").get<std::string>().empty());
        EXPECT_FALSE(rule.at("help").at("text").get<std::string>().empty());
    }
    for (const Json& result : run.at("results")) {
        EXPECT_EQ(rules.at(result.at("ruleIndex").get<size_t>()).at("id"), result.at("ruleId"));
        EXPECT_TRUE(result.at("level") == "error" || result.at("level") == "warning" || result.at("level") == "note") << result;
        EXPECT_FALSE(result.at("message").at("text").get<std::string>().empty());
        const Json& place = result.at("locations").at(0).at("physicalLocation");
        EXPECT_GE(place.at("region").at("startLine"), 1);
        EXPECT_GE(place.at("region").value("startColumn", 1), 1);
        EXPECT_FALSE(place.at("artifactLocation").at("uri").get<std::string>().empty());
        EXPECT_EQ(result.at("partialFingerprints").size(), 1u);
    }
}

TEST(Sarif, TellsEachFindingWithItsRule) {
    ReleaseOf of;
    of.statement("DROP TABLE a").statement("DROP TABLE b");
    of.found(Severity::error, 1, 12, "drops-table").found(Severity::warning, 2, 1, "other").found(Severity::note, 2, 12, "drops-table");
    of.script().findings[1].category = Category::review;
    of.script().findings[1].ground = Ground::predicted;
    const Json document = sarifOf(of.release, "https://example.org/docs");
    expectValid(document);
    const Json& run = document.at("runs").at(0);
    EXPECT_EQ(run.at("tool").at("driver").at("version"), "1.2.3");
    EXPECT_EQ(run.at("tool").at("driver").at("rules").size(), 2u);
    EXPECT_EQ(run.at("tool").at("driver").at("rules").at(0), Json::parse(R"({
        "id": "drops-table", "shortDescription": {"text": "Drops table"}, "help": {"text": "make it right"},
        "helpUri": "https://example.org/docs/reference/error-codes.md#findings", "defaultConfiguration": {"level": "error"}})"));
    EXPECT_EQ(run.at("tool").at("driver").at("rules").at(1).at("properties"), Json::parse(R"({"tags": ["review"]})"));
    ASSERT_EQ(run.at("results").size(), 3u);
    Json first = run.at("results").at(0);
    first.erase("partialFingerprints");
    EXPECT_EQ(first, Json::parse(R"({
        "ruleId": "drops-table", "ruleIndex": 0, "level": "error", "message": {"text": "it is wrong\nHint: make it right"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": "db/V1__a.sql", "uriBaseId": "%SRCROOT%"},
                                            "region": {"startLine": 1, "startColumn": 12}}}]})"));
    EXPECT_EQ(run.at("results").at(1).at("properties"), Json::parse(R"({"ground": "predicted"})"));
    EXPECT_EQ(run.at("results").at(2).at("ruleIndex"), 0);
}

TEST(Sarif, IsValidWithoutFindingsAndForWhatHasNoPlace) {
    expectValid(sarifOf({.serverVersion = 15}));
    EXPECT_EQ(sarifOf(ReleaseOf().statement("SELECT 1").release).at("runs").at(0).at("results"), Json::array());
    const Json document = sarifOf(ReleaseOf("/abs/a b\xC3\xA9%.sql").found(Severity::error, 0, 0).release);
    expectValid(document);
    const Json& place = document.at("runs").at(0).at("results").at(0).at("locations").at(0).at("physicalLocation");
    EXPECT_EQ(place, Json::parse(R"({"artifactLocation": {"uri": "file:///abs/a%20b%C3%A9%25.sql"}, "region": {"startLine": 1}})"));
}

std::vector<std::string> fingerprintsOf(const ReleaseEffects& release) {
    std::vector<std::string> all;
    const Json document = sarifOf(release);
    for (const Json& result : document.at("runs").at(0).at("results")) all.push_back(result.at("partialFingerprints").at("slipway/v1"));
    return all;
}

TEST(Sarif, FingerprintsStayWhenLinesMove) {
    ReleaseOf before;
    before.statement("DROP TABLE a").statement("DROP TABLE b").found(Severity::error, 1, 12).found(Severity::error, 2, 12).found(Severity::error, 2, 1);
    ReleaseOf after;
    after.script().script.text = "-- A comment\n\n";
    after.statement("DROP\n  TABLE a").statement("SELECT 1").statement("DROP TABLE b");
    after.found(Severity::error, 4, 9).found(Severity::error, 6, 12).found(Severity::error, 6, 1);
    const auto prints = fingerprintsOf(before.release);
    EXPECT_EQ(prints, fingerprintsOf(after.release));
    EXPECT_EQ(std::set<std::string>(prints.begin(), prints.end()).size(), 3u) << "each has its own";
    const auto other = fingerprintsOf(ReleaseOf("db/V2__a.sql").statement("DROP TABLE a").found(Severity::error, 1, 12).release);
    EXPECT_NE(prints[0], other[0]) << "another file";
}

}  // namespace
}  // namespace slipway::reports
