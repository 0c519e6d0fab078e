#include "changelogs/layout.h"
#include "support/folder.h"

namespace slipway::changelogs {
namespace {

using tests::errorOf;

class PlaceholdersTest : public ::testing::Test {
  protected:
    ScriptText load(const std::string& text) {
        folder.write("db/V1__x.sql", text);
        script.path = folder.path("db/V1__x.sql");
        script.file = "db/V1__x.sql";
        return loadScript(script, settings, {{"flyway:database", "shop"}});
    }

    tests::Folder folder;
    ProjectSettings settings{.placeholders = {{"col", "id"}, {"empty", ""}}};
    Script script;
};

TEST_F(PlaceholdersTest, AreFilledInWhereverTheyStand) {
    const ScriptText text =
        load("-- ${col}\nSELECT '${COL}', $$${Col}$$ FROM ${flyway:database}${empty}; -- ${flyway:filename}\n");
    EXPECT_EQ(text.text, "-- id\nSELECT 'id', $$id$$ FROM shop; -- V1__x.sql\n");
    EXPECT_EQ(text.file, "db/V1__x.sql");
    EXPECT_EQ(text.positionOf(text.text.find("FROM")), (Position{2, 29}));
    EXPECT_EQ(text.positionOf(text.text.find("shop") + 2), (Position{2, 34}));
}

TEST_F(PlaceholdersTest, LeaveATextWithoutAnyAsItIs) {
    const ScriptText text = load("SELECT '$2b$12$x', $1, '{}';");
    EXPECT_EQ(text.text, "SELECT '$2b$12$x', $1, '{}';");
    EXPECT_EQ(text.raw, "");
    EXPECT_TRUE(text.replacements.empty());
}

TEST_F(PlaceholdersTest, HaveConfigurableMarks) {
    settings.placeholderPrefix = "@@";
    settings.placeholderSuffix = "@@";
    settings.placeholderSeparator = "_";
    EXPECT_EQ(load("@@col@@ ${col} @@flyway_database@@").text, "id ${col} shop");
}

TEST_F(PlaceholdersTest, AreLeftAloneWhenTheSettingsOrTheScriptSaySo) {
    script.config.placeholderReplacement = false;
    EXPECT_EQ(load("${col}").text, "${col}");
    script.config.placeholderReplacement.reset();
    settings.placeholderReplacement = false;
    EXPECT_EQ(load("${col}").text, "${col}");
    script.config.placeholderReplacement = true;
    EXPECT_EQ(load("${col}").text, "id");
}

TEST_F(PlaceholdersTest, WithoutAValueAreRefusedWithTheirPlaceAndTheNearestName) {
    const Error error = errorOf([&] { load("SELECT 1;\nSELECT é ${cil};"); });
    EXPECT_EQ(error.code, "placeholder-missing");
    EXPECT_EQ(error.exit, Exit::usage);
    EXPECT_EQ(error.message, "the placeholder ${cil} has no value");
    EXPECT_EQ(error.hint,
              "did you mean ${col}? give it a value: 'cil = \"...\"' under [project.placeholders] in slipway.toml, "
              "flyway.placeholders.cil=... in flyway.conf, or the environment variable FLYWAY_PLACEHOLDERS_CIL; "
              "if it is no placeholder, write placeholderReplacement=false into db/V1__x.sql.conf");
    EXPECT_EQ(error.file, "db/V1__x.sql");
    EXPECT_EQ(error.line, 2);
    EXPECT_EQ(error.column, 10);
}

TEST_F(PlaceholdersTest, WithoutAnEndAreRefused) {
    const Error error = errorOf([&] { load("SELECT ${col"); });
    EXPECT_EQ(error.code, "placeholder-missing");
    EXPECT_EQ(error.column, 8);
}

TEST_F(PlaceholdersTest, NeedAPrefix) {
    settings.placeholderPrefix = "";
    EXPECT_EQ(errorOf([&] { load("x"); }).code, "config-value");
}

TEST_F(PlaceholdersTest, ScriptsMustBeText) {
    EXPECT_EQ(errorOf([&] { load(std::string("a\nb\0c", 5)); }).code, "file-nul");
    const Error error = errorOf([&] { load("a\nbc\xFF"); });
    EXPECT_EQ(error.code, "file-utf8");
    EXPECT_EQ(error.line, 2);
    EXPECT_EQ(error.column, 3);
}

TEST_F(PlaceholdersTest, OtherEncodingsAreConverted) {
    settings.encoding = "ISO-8859-1";
    EXPECT_EQ(load("SELECT 'caf\xE9'").text, "SELECT 'café'");
    script.config.encoding = "windows-1252";
    EXPECT_EQ(load("SELECT '\x80'").text, "SELECT '€'");
    script.config.encoding = "US-ASCII";
    const Error error = errorOf([&] { load("-- ok\nSELECT '\x80'"); });
    EXPECT_EQ(error.code, "file-encoding");
    EXPECT_EQ(error.message, "byte 0x80 has no meaning in US-ASCII");
    EXPECT_EQ(error.line, 2);
    EXPECT_EQ(error.column, 9);
    script.config.encoding = "UFT-8";
    EXPECT_EQ(errorOf([&] { load("x"); }).message, "there is no encoding named 'UFT-8'");
}

}  // namespace
}  // namespace slipway::changelogs
