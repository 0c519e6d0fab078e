#include "reports/releases.h"

namespace slipway::reports {
namespace {

TEST(Junit, ACaseIsAStatement) {
    ReleaseOf of;
    of.statement("DROP TABLE a", {orders}).statement("SELECT 1").statement("SELECT 2").statement("SELECT 3");
    of.found(Severity::error, 2, 8, "one").found(Severity::error, 2, 1, "two").found(Severity::warning, 3, 1, "three", "a < b & \"c\"");
    EXPECT_EQ(told("junit", of.release),
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
              "<testsuites name=\"slipway check\" tests=\"4\" failures=\"1\" errors=\"0\">\n"
              "  <testsuite name=\"db/V1__a.sql\" tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"0\">\n"
              "    <testcase classname=\"db/V1__a.sql\" name=\"line 1: DROP TABLE a\" file=\"db/V1__a.sql\" line=\"1\">\n"
              "      <system-out>ACCESS EXCLUSIVE on public.orders: blocks reads and writes; rewrites the table</system-out>\n"
              "    </testcase>\n"
              "    <testcase classname=\"db/V1__a.sql\" name=\"line 2: SELECT 1\" file=\"db/V1__a.sql\" line=\"2\">\n"
              "      <failure type=\"two\" message=\"it is wrong\">error: it is wrong [two]&#10;at db/V1__a.sql:2:1&#10;hint: make it right&#10;&#10;"
              "error: it is wrong [one]&#10;at db/V1__a.sql:2:8&#10;hint: make it right</failure>\n"
              "    </testcase>\n"
              "    <testcase classname=\"db/V1__a.sql\" name=\"line 3: SELECT 2\" file=\"db/V1__a.sql\" line=\"3\">\n"
              "      <system-out>warning: a &lt; b &amp; &quot;c&quot; [three]&#10;at db/V1__a.sql:3:1&#10;hint: make it right</system-out>\n"
              "    </testcase>\n"
              "    <testcase classname=\"db/V1__a.sql\" name=\"line 4: SELECT 3\" file=\"db/V1__a.sql\" line=\"4\"/>\n"
              "  </testsuite>\n"
              "</testsuites>\n");
}

TEST(Junit, NoTwoCasesHaveOneName) {
    ReleaseOf of;
    of.statement("SELECT 1");
    JudgedStatement again = of.script().statements[0];
    of.script().statements.push_back(again);
    of.script().statements.push_back(again);
    of.found(Severity::error, 0, 0);
    const std::string text = told("junit", of.release);
    for (const char* name : {"name=\"the file as a whole\"", "name=\"line 1: SELECT 1\"", "name=\"line 1: SELECT 1 (again 2)\"", "name=\"line 1: SELECT 1 (again 3)\""})
        EXPECT_NE(text.find(name), std::string::npos) << name << " in " << text;
}

TEST(Junit, HoldsNothingThatXmlCannot) {
    const std::string text = told("junit", ReleaseOf("a\x01\xFF.sql").found(Severity::error, 0, 0, "r", "tab\tnul\x02\xC3\xA9").release);
    EXPECT_NE(text.find("classname=\"a??.sql\""), std::string::npos) << text;
    EXPECT_NE(text.find("tab&#9;nul?\xC3\xA9"), std::string::npos) << text;
    EXPECT_EQ(told("junit", {.serverVersion = 15}),
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"slipway check\" tests=\"0\" failures=\"0\" errors=\"0\">\n</testsuites>\n");
}

TEST(Junit, ShowsPlaceholdersAndNotWhatFillsThem) {
    ReleaseOf of;
    of.statement("ALTER ROLE app RENAME TO secret");
    ScriptText& script = of.script().script;
    script.raw = "ALTER ROLE app RENAME TO ${name};\n";
    script.replacements = {{{25, 32}, {25, 31}}};
    const std::string text = told("junit", of.release);
    EXPECT_NE(text.find("RENAME TO ${name}\""), std::string::npos) << text;
    EXPECT_EQ(text.find("secret"), std::string::npos) << text;
}

}  // namespace
}  // namespace slipway::reports
