#include <nlohmann/json.hpp>

#include "reports/releases.h"

namespace slipway::reports {
namespace {

TEST(Json, IsWellFormedWhateverStandsInIt) {
    ReleaseOf of("bad\xFFname.sql");
    of.statement("SELECT '\t\"\\\x01 \xC3\xA9'", {orders, ordersKey}).found(Severity::error, 1, 2, "syntax", "mess\nage");
    const auto json = nlohmann::json::parse(told("json", of.release));
    const auto& statement = json.at("migrations").at(0).at("statements").at(0);
    EXPECT_EQ(statement.at("sql"), "SELECT '\t\"\\\x01 \xC3\xA9'");
    EXPECT_EQ(statement.at("locks").at(0), nlohmann::json({{"relation", "public.orders"}, {"mode", "AccessExclusiveLock"}}));
    EXPECT_EQ(statement.at("rebuilds"), nlohmann::json({"public.orders_pkey"}));
    EXPECT_EQ(json.at("verdict"), "fail");
    EXPECT_EQ(nlohmann::json::parse(told("json", {.serverVersion = 15})).at("migrations"), nlohmann::json::array());
}

TEST(Json, FindingsHaveCategoryAndGroundWhereTheyHaveOne) {
    ReleaseOf of;
    of.statement("SELECT 1").found(Severity::note, 1, 1).found(Severity::note, 1, 2);
    of.script().findings[1].category = Category::safety;
    of.script().findings[1].ground = Ground::byName;
    const auto findings = nlohmann::json::parse(told("json", of.release)).at("migrations").at(0).at("findings");
    const nlohmann::json plain = {{"rule", "some-rule"}, {"severity", "note"}, {"line", 1}, {"column", 1}, {"message", "it is wrong"}, {"help", "make it right"}};
    EXPECT_EQ(findings.at(0), plain);
    EXPECT_EQ(findings.at(1).at("category"), "safety");
    EXPECT_EQ(findings.at(1).at("ground"), "by name");
}

}  // namespace
}  // namespace slipway::reports
