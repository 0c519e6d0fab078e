#include <gmock/gmock.h>

#include "base/width.h"
#include "reports/releases.h"

namespace slipway::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<std::string> textLines(const ReleaseEffects& release) { return linesOf(told("text", release)); }

size_t columnsIn(std::string_view line) {
    size_t columns = 0;
    for (size_t at = 0; at < line.size();) columns += columnsOf(nextCharacter(line, at));
    return columns;
}

TEST(Text, SaysTheStrongestLockInWords) {
    const Effect read{.relation = "public.customers", .lock = LockMode::shareRowExclusive, .scans = true};
    const auto lines = textLines(ReleaseOf().statement("ALTER TABLE a ADD b int", {read, orders, ordersKey}).release);
    EXPECT_EQ(lines.at(2), "        ACCESS EXCLUSIVE on public.orders: blocks reads and writes; rewrites the table; and 1 more;");
    EXPECT_EQ(lines.at(3), "          rebuilds public.orders_pkey");
}

TEST(Text, IndexesAreToldWhereNothingElseIs) {
    const Effect renamed{.relation = "public.i", .kind = RelationKind::index, .lock = LockMode::shareUpdateExclusive, .renamedTo = "public.x"};
    EXPECT_EQ(textLines(ReleaseOf().statement("ALTER INDEX i RENAME TO x", {renamed}).release).at(2),
              "        SHARE UPDATE EXCLUSIVE on public.i; renames it to public.x");
}

TEST(Text, AFindingStandsBelowItsStatementWithItsPlace) {
    ReleaseOf of;
    of.statement("CREATE TABLE a ()").statement("ALTER TABLE b\n    DROP c").statement("DROP TABLE d");
    of.found(Severity::warning, 3, 10, "drops-column").script().findings.back().ground = Ground::byName;
    EXPECT_EQ(told("text", of.release), "db/V1__a.sql\n"
                                        "   1  CREATE TABLE a ()\n"
                                        "   2  ALTER TABLE b DROP c\n"
                                        "      warning: it is wrong [drops-column, by name]\n"
                                        "       --> db/V1__a.sql:3:10\n"
                                        "        3 |     DROP c;\n"
                                        "          |          ^\n"
                                        "        hint: make it right\n"
                                        "   4  DROP TABLE d\n"
                                        "\n"
                                        "PASS: 3 statements can run on PostgreSQL 15; 1 warning.\n");
}

TEST(Text, FindingsWithoutAStatementStandWhereTheyBelong) {
    ReleaseOf of;
    of.script().script.text = "-- Undo: none.sql\n";
    of.statement("DROP TABLE a");
    of.found(Severity::note, 0, 0, "whole").found(Severity::note, 1, 4, "header");
    of.script().findings.push_back({"undo", Severity::note, "U1__a.sql", 7, 1, "elsewhere", ""});
    EXPECT_EQ(told("text", of.release), "db/V1__a.sql\n"
                                        "  note: it is wrong [whole]\n"
                                        "    hint: make it right\n"
                                        "  note: elsewhere [undo]\n"
                                        "   --> U1__a.sql:7:1\n"
                                        "  note: it is wrong [header]\n"
                                        "   --> db/V1__a.sql:1:4\n"
                                        "    1 | -- Undo: none.sql\n"
                                        "      |    ^\n"
                                        "    hint: make it right\n"
                                        "   2  DROP TABLE a\n"
                                        "\n"
                                        "PASS: 1 statement can run on PostgreSQL 15; 3 notes.\n");
}

TEST(Text, TheVerdictCountsBySeverity) {
    ReleaseOf of;
    of.statement("SELECT 1").found(Severity::error, 1, 1).found(Severity::error, 1, 1).found(Severity::note, 1, 1);
    EXPECT_EQ(textLines(of.release).back(), "FAIL: 2 errors, 1 note on PostgreSQL 15.");
    of.script().statements[0].effects.certain = false;
    EXPECT_EQ(textLines(of.release).back(), "FAIL: 2 errors, 1 note on PostgreSQL 15; 1 statement may do more than is told here.");
}

TEST(Text, FitsIntoAHundredColumns) {
    ReleaseOf of;
    of.statement("UPDATE t SET a =\n\n   '" + std::string(500, 'x') + "' || '" + std::string(500, 'y') + "', b = 1", {orders});
    of.found(Severity::error, 3, 506).found(Severity::error, 3, 1).found(Severity::error, 3, 1013);
    of.script().statements[0].effects.certain = false;
    for (int i = 0; i < 50; i++) of.script().statements[0].effects.why += "many words ";
    for (const std::string& line : textLines(of.release)) EXPECT_LE(columnsIn(line), 100u) << line;
}

TEST(Text, SecretsAreNotShown) {
    EXPECT_THAT(told("text", ReleaseOf().statement("ALTER ROLE app PASSWORD 'hush'").found(Severity::error, 1, 16).release), Not(HasSubstr("hush")));
    EXPECT_THAT(told("text", ReleaseOf().statement("ALTER ROLE app PASSWORD\n  'hush'").found(Severity::error, 2, 5).release), Not(HasSubstr("hush")));
}

TEST(Text, HasColoursWhereSomebodyPaints) {
    const ReleaseEffects release = ReleaseOf().statement("SELECT 1").found(Severity::error, 1, 8).release;
    std::string text;
    auto paint = [](std::string_view piece, Tone tone) { return fmt::format("<{}:{}>", static_cast<int>(tone), piece); };
    formatNamed("text")->write(release, {"", "", paint}, [&](std::string_view lines) { text.append(lines).append("\n"); });
    EXPECT_EQ(text, "<1:db/V1__a.sql>\n   1  SELECT 1\n      <4:error>: it is wrong [some-rule]\n       <2:--> db/V1__a.sql:1:8>\n"
                    "        <2:1 |> SELECT 1;\n        <2:  |>        <4:^>\n        hint: make it right\n\n<4:FAIL>: 1 error on PostgreSQL 15.\n");
}

}  // namespace
}  // namespace slipway::reports
