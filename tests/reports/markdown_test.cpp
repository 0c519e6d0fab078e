#include <gmock/gmock.h>

#include <regex>

#include "reports/markdown.h"
#include "reports/releases.h"

namespace slipway::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr size_t most = 65'000;  // GitHub's own limit is 65,536

/// The comment without the line of its marker.
std::string commentOf(const ReleaseEffects& release) {
    const std::string text = told("markdown", release);
    EXPECT_TRUE(std::regex_search(text, std::regex("^<!-- slipway:[0-9a-f]{64} -->\n"))) << text;
    EXPECT_LT(text.size(), most);
    return text.substr(text.find('\n') + 1);
}

TEST(Markdown, IsOneComment) {
    ReleaseOf of;
    of.statement("ALTER TABLE orders ALTER total TYPE bigint", {orders, ordersKey}).statement("CREATE INDEX CONCURRENTLY ON orders (a)");
    of.script().statements[1].statement.runs = Runs::alone;
    of.script().statements[1].segment = 2;
    of.found(Severity::warning, 1, 20, "rewrites").found(Severity::error, 2, 1, "wrong").script().findings[0].ground = Ground::predicted;
    EXPECT_EQ(commentOf(of.release),
              "### ✗ FAIL: 1 error, 1 warning on PostgreSQL 15.\n"
              "\n"
              "#### Changes\n"
              "\n"
              "| Statement | Object | Lock | Blocks | Cost |\n"
              "|---|---|---|---|---|\n"
              "| <code>V1\\_\\_a.sql:1</code> | <code>public.orders</code> | ACCESS EXCLUSIVE | reads and writes | rewrites the table; rebuilds public.orders\\_pkey |\n"
              "\n"
              "#### Errors\n"
              "\n"
              "- <code>db/V1\\_\\_a.sql:2:1</code> wrong: **it is wrong**\n"
              "  <br><code>CREATE INDEX CONCURRENTLY ON orders (a)</code>\n"
              "  <br>Hint: make it right\n"
              "\n"
              "#### Warnings\n"
              "\n"
              "- <code>db/V1\\_\\_a.sql:1:20</code> rewrites: **it is wrong** (predicted)\n"
              "  <br><code>ALTER TABLE orders ALTER total TYPE bigint</code>\n"
              "  <br>Hint: make it right\n"
              "\n"
              "<details><summary>The SQL (2 statements)</summary>\n"
              "\n"
              "```sql\n"
              "-- db/V1__a.sql\n"
              "-- segment 1 of 2, one transaction\n"
              "ALTER TABLE orders ALTER total TYPE bigint;\n"
              "-- segment 2 of 2, outside of transactions\n"
              "CREATE INDEX CONCURRENTLY ON orders (a);\n"
              "```\n"
              "\n"
              "</details>\n");
}

TEST(Markdown, SaysWhenNothingIsTouchedOrKnown) {
    ReleaseOf of;
    of.statement("CREATE TABLE a ()");
    EXPECT_THAT(commentOf(of.release), HasSubstr("### ✓ PASS: 1 statement can run on PostgreSQL 15.\n\n#### Changes\n\nNo statement touches anything that was there before.\n"));
    of.script().statements[0].effects.certain = false;
    of.script().statements[0].effects.why = "EXECUTE";
    EXPECT_THAT(commentOf(of.release), HasSubstr("| <code>V1\\_\\_a.sql:1</code> | not known |  |  | perhaps more: EXECUTE |\n"));
    EXPECT_EQ(commentOf({.serverVersion = 15}), "### ✓ There is nothing to check.\n");
}

TEST(Markdown, TheMarkerNamesTheRelease) {
    auto markerOf = [](const ReleaseEffects& release) { return linesOf(told("markdown", release)).at(0); };
    const ReleaseEffects release = ReleaseOf().statement("SELECT 1").release;
    EXPECT_EQ(markerOf(release), markerOf(ReleaseOf().statement("SELECT 1").found(Severity::error, 1, 1).release)) << "whatever was found";
    EXPECT_NE(markerOf(release), markerOf(ReleaseOf().statement("SELECT 2").release));
    EXPECT_NE(markerOf(release), markerOf(ReleaseOf("V2.sql").statement("SELECT 1").release));
}

TEST(Markdown, WhatStandsInScriptsIsNoMarkup) {
    EXPECT_EQ(literal("a|b `c` <img> & *d* _e_ [f](g) \\ ~h~ #1 @team $x$\nnext"),
              "a\\|b \\`c\\` &lt;img&gt; &amp; \\*d\\* \\_e\\_ \\[f\\](g) \\\\ \\~h\\~ \\#\u200B1 @\u200Bteam <span>$</span>x<span>$</span> next");
    EXPECT_EQ(codeBlock("sql", "a\n```\n</details>"), "````sql\na\n```\n</details>\n````\n");
    const Effect odd{.relation = "public.\"a|b`c<d>\"", .lock = LockMode::accessExclusive};
    ReleaseOf of;
    of.statement("SELECT '```' || '|' || '</details><script>'", {odd}).found(Severity::error, 1, 1, "r", "table \"x|y\" `z` <b> @ada");
    const std::string comment = commentOf(of.release);
    EXPECT_THAT(comment, HasSubstr("| <code>public.\"a\\|b\\`c&lt;d&gt;\"</code> |"));
    EXPECT_THAT(comment, HasSubstr("**table \"x\\|y\" \\`z\\` &lt;b&gt; @\u200Bada**"));
    EXPECT_THAT(comment, HasSubstr("````sql\n-- db/V1__a.sql\nSELECT '```' || '|' || '</details><script>';\n````\n"));
    EXPECT_THAT(comment.substr(0, comment.find("````")), Not(HasSubstr("<script>")));
}

TEST(Markdown, TwoThousandStatementsFitAndTheStrongestStay) {
    ReleaseOf of;
    const Effect weak{.relation = "public.weak", .lock = LockMode::rowExclusive};
    for (int i = 1; i <= 2'000; i++) of.statement(fmt::format("UPDATE weak SET a = {} WHERE b = {}", i, i), {i == 1'999 ? orders : weak}).found(Severity::warning, i, 1);
    of.found(Severity::error, 2'000, 3, "worst");
    const std::string comment = commentOf(of.release);
    EXPECT_THAT(comment, HasSubstr("<code>V1\\_\\_a.sql:1999</code> | <code>public.orders</code> | ACCESS EXCLUSIVE"));
    EXPECT_THAT(comment, HasSubstr("worst: **it is wrong**")) << "errors go first";
    std::smatch left;
    ASSERT_TRUE(std::regex_search(comment, left, std::regex("Left out of this table: ([0-9,]+) rows of 2,000 rows")));
    const auto shown = std::ranges::count_if(linesOf(comment), [](const std::string& line) { return line.starts_with("| <code>"); });
    EXPECT_EQ(left[1], fmt::format("1,{}", 1'000 - shown));
    EXPECT_TRUE(std::regex_search(comment, std::regex("Left out of this list: 1,[0-9]+ warnings\\."))) << comment;
    EXPECT_TRUE(std::regex_search(comment, std::regex("-- left out here: 1,[0-9]+ statements of 2,000 statements\n")));
    EXPECT_THAT(comment, HasSubstr("UPDATE weak SET a = 1 WHERE b = 1;\n"));
    EXPECT_THAT(comment, HasSubstr("```\n\n</details>\n")) << "what was opened is closed";
}

TEST(Markdown, NeverTooLongWhateverStandsInIt) {
    for (const char* piece : {"x", "`", "|", "<", "\n", "\xF0\x9F\x98\x80", "@", "$", "\\"}) {
        std::string much;
        while (much.size() < 20'000) much += piece;
        const Effect effect{.relation = "public." + much, .lock = LockMode::accessExclusive, .renamedTo = much};
        ReleaseOf of("db/" + much.substr(0, 4'000) + "/V1.sql");
        for (int i = 0; i < 40; i++) of.statement("SELECT '" + much + "'", {effect}).found(Severity::error, 1 + i, 1, "r", much);
        of.script().statements[0].effects.certain = false;
        of.script().statements[0].effects.why = much;
        EXPECT_THAT(commentOf(of.release), HasSubstr(" more)")) << piece;
    }
}

TEST(Markdown, WhatIsCutSaysHowMuch) {
    EXPECT_EQ(cutTo("abcdef", 6), "abcdef");
    EXPECT_EQ(cutTo("abcdef", 4), "abcd… (2 characters more)");
    EXPECT_EQ(cutTo("\xC3\xA9\xC3\xA9", 3), "\xC3\xA9… (1 character more)");
    const std::string sql = "INSERT INTO a VALUES ('" + std::string(1'000, 'x') + "')";
    EXPECT_THAT(commentOf(ReleaseOf().statement(sql).release), HasSubstr("xxx… (625 characters more);\n"));
}

TEST(Markdown, HoldsNoSecrets) {
    EXPECT_THAT(commentOf(ReleaseOf().statement("ALTER ROLE app PASSWORD\n 'hush'").found(Severity::error, 2, 3).release), Not(HasSubstr("hush")));
}

}  // namespace
}  // namespace slipway::reports
