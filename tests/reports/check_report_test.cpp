#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "reports/check_json.h"
#include "reports/check_text.h"

namespace slipway::reports {
namespace {

/// One script of one statement with these effects.
ReleaseEffects release(std::vector<Effect> effects, const std::string& sql = "ALTER TABLE a ADD b int") {
    ReleaseEffects release{.serverVersion = 15};
    JudgedScript& script = release.scripts.emplace_back();
    script.id = "1";
    script.script = {.file = "V1__a.sql", .text = sql};
    JudgedStatement& one = script.statements.emplace_back();
    one.statement.span = {0, static_cast<uint32_t>(sql.size())};
    one.statement.kind = "alter_table";
    one.effects.effects = std::move(effects);
    return release;
}

std::string jsonOf(const ReleaseEffects& release) {
    std::string text;
    writeCheckJson(release, [&](std::string_view line) { text.append(line).append("\n"); });
    return text;
}

std::vector<std::string> linesOf(const ReleaseEffects& release) {
    std::vector<std::string> lines;
    std::istringstream text(checkText(release));
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
}

const Effect orders{.relation = "public.orders", .lock = LockMode::accessExclusive, .rewrites = true, .scans = true};
const Effect index{.relation = "public.orders_pkey", .kind = RelationKind::index, .lock = LockMode::accessExclusive, .rebuilds = true};

TEST(CheckText, SaysTheStrongestLockInWords) {
    const Effect read{.relation = "public.customers", .lock = LockMode::shareRowExclusive, .scans = true};
    EXPECT_EQ(linesOf(release({read, orders, index})).at(2),
              "        ACCESS EXCLUSIVE on public.orders: blocks reads and writes; rewrites the table; and 1 more;");
    EXPECT_EQ(linesOf(release({read, orders, index})).at(3), "          rebuilds public.orders_pkey");
}

TEST(CheckText, IndexesAreToldWhereNothingElseIs) {
    Effect renamed = index;
    renamed.rebuilds = false;
    renamed.lock = LockMode::shareUpdateExclusive;
    renamed.renamedTo = "public.x";
    EXPECT_EQ(linesOf(release({renamed})).at(2), "        SHARE UPDATE EXCLUSIVE on public.orders_pkey; renames it to public.x");
}

TEST(CheckText, FitsIntoAHundredColumns) {
    ReleaseEffects wide = release({orders}, "UPDATE t SET a =\n\n   '" + std::string(500, 'x') + "'");
    wide.scripts[0].statements[0].effects.certain = false;
    for (int i = 0; i < 50; i++) wide.scripts[0].statements[0].effects.why += "many words ";
    for (const std::string& line : linesOf(wide)) EXPECT_LE(line.size(), 102u) << line;
}

TEST(CheckText, SecretsAreNotShown) {
    EXPECT_EQ(checkText(release({}, "ALTER ROLE app PASSWORD 'hush'")).find("hush"), std::string::npos);
}

TEST(CheckJson, IsWellFormedWhateverStandsInIt) {
    ReleaseEffects odd = release({orders, index}, "SELECT '\t\"\\\x01 \xC3\xA9'");
    odd.scripts[0].script.file = "bad\xFFname.sql";
    odd.scripts[0].findings.push_back({"syntax", Severity::error, "f", 1, 2, "mess\nage", "help"});
    const auto json = nlohmann::json::parse(jsonOf(odd));
    const auto& statement = json.at("migrations").at(0).at("statements").at(0);
    EXPECT_EQ(statement.at("sql"), "SELECT '\t\"\\\x01 \xC3\xA9'");
    EXPECT_EQ(statement.at("locks").at(0), nlohmann::json({{"relation", "public.orders"}, {"mode", "AccessExclusiveLock"}}));
    EXPECT_EQ(statement.at("rebuilds"), nlohmann::json({"public.orders_pkey"}));
    EXPECT_EQ(json.at("verdict"), "fail");
    EXPECT_EQ(nlohmann::json::parse(jsonOf({.serverVersion = 15})).at("migrations"), nlohmann::json::array());
}

}  // namespace
}  // namespace slipway::reports
