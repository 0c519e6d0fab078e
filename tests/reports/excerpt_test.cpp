#include "reports/file_lines.h"

namespace slipway::reports {
namespace {

Excerpt at(std::string_view text, int line, int column, size_t width = 40) { return excerptAt(text, FileLines(text), {line, column}, 0, width); }

TEST(FileLines, FindsPlacesAsPositionOfCountsThem) {
    for (const std::string text : {"one\ntwo\r\nthree\rf\xC3\xBCnf\n", "\xEF\xBB\xBF\xC3\xA9\n\nx", ""}) {
        const FileLines lines(text);
        for (size_t offset = text.starts_with('\xEF') ? 3 : 0; offset < text.size(); offset++) {
            const bool inside = (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80;
            if (inside || text[offset] == '\n' || text[offset] == '\r') continue;
            EXPECT_EQ(lines.offsetOf(positionOf(text, offset)), offset) << text;
            EXPECT_EQ(lines.lineOf(offset), positionOf(text, offset).line) << text;
        }
    }
    const FileLines lines("ab\ncd");
    EXPECT_EQ(lines.offsetOf({1, 9}), 2u);
    EXPECT_EQ(lines.offsetOf({9, 1}), 5u);
    EXPECT_EQ(lines.line(2), "cd");
    EXPECT_EQ(lines.line(3), "");
}

TEST(Excerpt, TheCaretStandsUnderThePlace) {
    EXPECT_EQ(at("SELECT 1;\nSELECT x;", 2, 8).line, "SELECT x;");
    EXPECT_EQ(at("SELECT 1;\nSELECT x;", 2, 8).caret, "       ^");
    EXPECT_EQ(at("SELECT", 1, 7).caret, "      ^") << "behind the end";
    EXPECT_EQ(at("SELECT", 1, 99).caret, "      ^");
    EXPECT_EQ(at("a\n\nb", 2, 1).line, "") << "an empty line says nothing";
    EXPECT_EQ(at("a", 7, 1).line, "");
}

TEST(Excerpt, TabsAndWideCharactersTakeTheirRoom) {
    EXPECT_EQ(at("\ta\tb", 1, 4).line, "    a   b");
    EXPECT_EQ(at("\ta\tb", 1, 4).caret, "        ^");
    EXPECT_EQ(at("'\u65E5\u672C' x", 1, 6).caret, "       ^") << "two columns each";
    EXPECT_EQ(at("e\u0301 x", 1, 4).caret, "  ^") << "a combining accent takes none";
    EXPECT_EQ(at("\xEF\xBB\xBFx y", 1, 3).caret, "  ^") << "nor does a byte order mark";
    EXPECT_EQ(at("a\x1B[31mb", 1, 7).line, "a?[31mb") << "and no terminal is told what to do";
}

TEST(Excerpt, LongLinesAreCutAroundThePlace) {
    const std::string digits = "0123456789", line = digits + digits + digits + digits + digits;
    EXPECT_EQ(at(line, 1, 1, 20).line, "0123456789012345678…");
    EXPECT_EQ(at(line, 1, 1, 20).caret, "^");
    EXPECT_EQ(at(line, 1, 26, 20).line, "…901234567890123456…");
    EXPECT_EQ(at(line, 1, 26, 20).caret, "       ^");
    EXPECT_EQ(at(line, 1, 50, 20).line, "…1234567890123456789");
    EXPECT_EQ(at(line, 1, 50, 20).caret, "                   ^");
    EXPECT_EQ(at(line, 1, 3, 50).line, line);
}

TEST(Excerpt, HidesSecretsThatBeganAbove) {
    const std::string sql = "ALTER ROLE a PASSWORD\n 'hush', x";
    EXPECT_EQ(at(sql, 2, 10).line, " '***', x");
    EXPECT_EQ(at(sql, 2, 10).caret, "        ^");
}

}  // namespace
}  // namespace slipway::reports
