#include "base/text.h"

#include <gmock/gmock.h>

#include <limits>

namespace slipway {
namespace {

using testing::ElementsAre;

TEST(Text, TrimTakesAsciiBlanksAway) {
    EXPECT_EQ(trim(""), "");
    EXPECT_EQ(trim(" \t\r\n\f\v"), "");
    EXPECT_EQ(trim("a"), "a");
    EXPECT_EQ(trim("\r\n a b \t"), "a b");
    EXPECT_EQ(trim("\u00A0a"), "\u00A0a") << "a no-break space is a character of the text";
}

TEST(Text, CaseIsThatOfAsciiOnly) {
    EXPECT_EQ(lower("AZaz09_ÄÖ"), "azaz09_ÄÖ");
    EXPECT_EQ(upper("AZaz09_äö"), "AZAZ09_äö");
    EXPECT_EQ(lower("@["), "@[") << "the neighbours of A and Z";
    EXPECT_EQ(upper("`{"), "`{");
    EXPECT_TRUE(equalsIgnoringCase("", ""));
    EXPECT_TRUE(equalsIgnoringCase("Rollback", "rOLLBACK"));
    EXPECT_FALSE(equalsIgnoringCase("Rollback", "Rollbac"));
    EXPECT_FALSE(equalsIgnoringCase("ä", "Ä"));
}

TEST(Text, SplitKeepsEmptyParts) {
    EXPECT_THAT(split("", ','), ElementsAre(""));
    EXPECT_THAT(split("a", ','), ElementsAre("a"));
    EXPECT_THAT(split("a,b", ','), ElementsAre("a", "b"));
    EXPECT_THAT(split(",a,,", ','), ElementsAre("", "a", "", ""));
}

TEST(Text, JoinIsTheWayBack) {
    EXPECT_EQ(join(std::vector<std::string>{}, ","), "");
    for (const char* text : {"", "a", "a,b", ",a,,"}) EXPECT_EQ(join(split(text, ','), ","), text);
    EXPECT_EQ(join(std::vector<std::string>{"a", "b"}, ", "), "a, b");
}

TEST(Text, ReplaceAllDoesNotReplaceWhatItPutThere) {
    EXPECT_EQ(replaceAll("", "a", "b"), "");
    EXPECT_EQ(replaceAll("aaa", "a", "aa"), "aaaaaa");
    EXPECT_EQ(replaceAll("aaa", "aa", "b"), "ba");
    EXPECT_EQ(replaceAll("a_b_c", "_", ""), "abc");
    EXPECT_EQ(replaceAll("a", "b", "c"), "a");
}

TEST(Text, NearestFindsSlipsOfTheKeyboard) {
    const std::vector<std::string> verbs = {"info", "validate", "migrate", "undo", "baseline", "repair"};
    EXPECT_EQ(nearest("migarte", verbs), "migrate");
    EXPECT_EQ(nearest("MIGRATE", verbs), "migrate");
    EXPECT_EQ(nearest("valdate", verbs), "validate");
    EXPECT_EQ(nearest("und", verbs), "undo");
    EXPECT_EQ(nearest("nifo", verbs), "info");
    EXPECT_EQ(nearest("deploy", verbs), "");
    EXPECT_EQ(nearest("xyz", verbs), "");
    EXPECT_EQ(nearest("info", std::vector<std::string>{}), "");
}

TEST(Text, NearestPrefersTheNearer) {
    EXPECT_EQ(nearest("stagin", std::vector<std::string>{"testing", "staging"}), "staging");
    EXPECT_EQ(nearest("dev", std::vector<std::string>{"dew", "dev"}), "dev");
}

TEST(Text, AbbreviateCountsCharacters) {
    EXPECT_EQ(abbreviate("größe", 5), "größe");
    EXPECT_EQ(abbreviate("größer", 5), "größ…");
    EXPECT_EQ(abbreviate("äöü", 2), "ä…");
    EXPECT_EQ(abbreviate("😀😀😀", 2), "😀…");
    EXPECT_EQ(abbreviate("ab", 1), "…");
    EXPECT_EQ(abbreviate("", 0), "");
    EXPECT_EQ(abbreviate("ab", 0), "");
    for (size_t most = 0; most < 9; most++) EXPECT_LE(displayWidth(abbreviate("aäb😀cödé", most)), most);
}

TEST(Text, WidthIsInCharacters) {
    EXPECT_EQ(displayWidth(""), 0u);
    EXPECT_EQ(displayWidth("größe"), 5u);
    EXPECT_EQ(displayWidth("✓ 😀"), 3u);
}

TEST(Text, CountSaysOneOrMany) {
    EXPECT_EQ(count(0, "row"), "0 rows");
    EXPECT_EQ(count(1, "row"), "1 row");
    EXPECT_EQ(count(999, "row"), "999 rows");
    EXPECT_EQ(count(1000, "row"), "1,000 rows");
    EXPECT_EQ(count(50'000'000, "row"), "50,000,000 rows");
    EXPECT_EQ(count(-123, "row"), "-123 rows");
    EXPECT_EQ(count(-1234, "row"), "-1,234 rows");
    EXPECT_EQ(count(std::numeric_limits<int64_t>::max(), "row"), "9,223,372,036,854,775,807 rows");
    EXPECT_EQ(count(3000, "index", "indexes"), "3,000 indexes");
    EXPECT_EQ(count(1, "index", "indexes"), "1 index");
}

TEST(Text, PasswordsAreLeftOutOfSqlThatIsShown) {
    EXPECT_EQ(withoutSecrets("CREATE ROLE a PASSWORD 'x''y' LOGIN"), "CREATE ROLE a PASSWORD '***' LOGIN");
    EXPECT_EQ(withoutSecrets("alter role a encrypted password\n  E'x'; b"), "alter role a encrypted password\n  E'***'; b");
    EXPECT_EQ(withoutSecrets("UPDATE users SET password = 'x' WHERE id = 1"), "UPDATE users SET password = '***' WHERE id = 1");
    EXPECT_EQ(withoutSecrets("CONNECTION 'host=h password=x dbname=d'"), "CONNECTION 'host=h password=*** dbname=d'");
    EXPECT_EQ(withoutSecrets("OPTIONS (user 'u', password 'x')"), "OPTIONS (user 'u', password '***')");
    EXPECT_EQ(withoutSecrets("PASSWORD 'never closed"), "PASSWORD '***'");
}

TEST(Text, TheRestOfSqlIsShownAsItIs) {
    for (const char* sql : {"", "SELECT 1", "CREATE TABLE t (password text NOT NULL)", "ALTER ROLE a PASSWORD NULL", "SELECT password",
                            "password", "SELECT password, 'x'"})
        EXPECT_EQ(withoutSecrets(sql), sql);
}

}  // namespace
}  // namespace slipway
