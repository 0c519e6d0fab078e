#include "engines/postgres/connect.h"
#include "support/database.h"

namespace slipway::postgres {
namespace {

const std::vector<std::string> oddNames = {
    "a", "_", "a_b9", "A", "aB", "9a", "a b", " ", "a\"b", "\"", "a'b", "a.b", "a$b", "a-b", "a;--", "größe", "ü", "表", "😀", "a\\b",
    "a\tb", "a\nb", "%s", "$1", "null", "\"; DROP TABLE x; --", "pg_temp", std::string(63, 'x')};

TEST(Quote, IdentifiersAreQuotedAsTheServerQuotesThem) {
    const tests::Database database;
    const auto connection = database.connect();
    for (const std::string& name : oddNames) EXPECT_EQ(quoteIdentifier(name), connection->value("SELECT quote_ident($1)", {name}));
    EXPECT_EQ(quoteIdentifier(""), "\"\"");
}

// A version that has a keyword which is not in the list here would take an unquoted name for that keyword.
TEST(Quote, NoKeywordOfTheServerGoesUnquoted) {
    const tests::Database database;
    const Result words = database.connect()->query("SELECT word, quote_ident(word) FROM pg_get_keywords()");
    ASSERT_GT(words.rows.size(), 400u);
    for (size_t i = 0; i < words.rows.size(); i++) {
        const std::string quoted = quoteIdentifier(words.text(i, 0));
        // Keywords of later versions are quoted too.
        if (words.text(i, 1).starts_with('"')) EXPECT_EQ(quoted, words.text(i, 1));
        else EXPECT_TRUE(quoted == words.text(i, 0) || quoted == '"' + words.text(i, 0) + '"') << quoted;
    }
}

TEST(Quote, ATableOfAnyNameIsFoundAgain) {
    const tests::Database database;
    const auto connection = database.connect();
    for (const std::string& name : oddNames) {
        if (name.starts_with("pg_")) continue;  // reserved for schemas of the system
        const std::string table = qualified(name, name);
        connection->run("CREATE SCHEMA " + quoteIdentifier(name) + "; CREATE TABLE " + table + " ()");
        EXPECT_EQ(connection->value("SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
                                    "WHERE c.oid = to_regclass($1) AND c.relname = $2", {table, name}), name);
    }
    EXPECT_EQ(qualified("", "Order"), "\"Order\"");
    EXPECT_EQ(qualified("public", "order"), "public.\"order\"");
}

TEST(Quote, LiteralsComeBackAsTheyWere) {
    const tests::Database database;
    const auto connection = database.connect();
    for (const char* setting : {"on", "off"}) {
        connection->run(std::string("SET escape_string_warning = off; SET standard_conforming_strings = ") + setting);
        for (const std::string& text : oddNames) EXPECT_EQ(connection->run("SELECT " + connection->literal(text)).rows.at(0).at(0), text);
        for (const std::string text : {"", "\\", "'", "\\'", "''", "\\\\'; DROP TABLE x; --", "a\\nb", "E'x'"})
            EXPECT_EQ(connection->run("SELECT " + connection->literal(text)).rows.at(0).at(0), text);
    }
}

}  // namespace
}  // namespace slipway::postgres
