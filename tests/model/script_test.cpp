#include "model/script.h"

#include "base/text.h"

namespace slipway {
namespace {

/// Fills in placeholders as the changelogs do, but by hand: each {name, value} in the order of the text.
ScriptText filled(const std::string& raw, const std::vector<std::pair<std::string, std::string>>& values) {
    ScriptText script{.file = "V1__a.sql", .text = "", .raw = raw, .replacements = {}};
    size_t at = 0;
    for (const auto& [name, value] : values) {
        const size_t begin = raw.find("${" + name + "}", at);
        const size_t end = begin + name.size() + 3;
        script.text += raw.substr(at, begin - at);
        const auto filledBegin = static_cast<uint32_t>(script.text.size());
        script.text += value;
        script.replacements.push_back({{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)},
                                       {filledBegin, static_cast<uint32_t>(script.text.size())}});
        at = end;
    }
    script.text += raw.substr(at);
    return script;
}

/// Where in the file the first `word` of the text was written.
std::pair<int, int> placeOf(const ScriptText& script, const std::string& word) {
    const Position at = script.positionOf(script.text.find(word));
    return {at.line, at.column};
}

using Place = std::pair<int, int>;

TEST(ScriptText, WithoutPlaceholdersThePlaceIsThatInTheText) {
    const ScriptText script{.file = "f", .text = "SELECT 1;\nSELECT ü, x;", .raw = "", .replacements = {}};
    EXPECT_EQ(placeOf(script, "x"), Place(2, 11));
}

TEST(ScriptText, BeforeInAndBehindAPlaceholder) {
    const ScriptText script = filled("a ${long_name} b\nc", {{"long_name", "V1\nV2\nV3"}});
    ASSERT_EQ(script.text, "a V1\nV2\nV3 b\nc");
    EXPECT_EQ(placeOf(script, "a"), Place(1, 1));
    EXPECT_EQ(placeOf(script, "V1"), Place(1, 3));
    EXPECT_EQ(placeOf(script, "V3"), Place(1, 3)) << "lines of the value are no lines of the file";
    EXPECT_EQ(placeOf(script, "b"), Place(1, 16));
    EXPECT_EQ(placeOf(script, "c"), Place(2, 1));
    EXPECT_EQ(script.positionOf(script.text.size()), (Position{2, 2}));
}

TEST(ScriptText, SeveralPlaceholders) {
    const ScriptText script = filled("${a}${b} x ${c}\ny", {{"a", ""}, {"b", "BBBBBBBBBBBB"}, {"c", "C"}});
    ASSERT_EQ(script.text, "BBBBBBBBBBBB x C\ny");
    EXPECT_EQ(placeOf(script, "BBB"), Place(1, 5)) << "the empty value before it takes no place";
    EXPECT_EQ(placeOf(script, "x"), Place(1, 10));
    EXPECT_EQ(placeOf(script, "C"), Place(1, 12));
    EXPECT_EQ(placeOf(script, "y"), Place(2, 1));
}

TEST(ScriptText, EmptyValuesLeaveNoTrace) {
    const ScriptText script = filled("${a}x${a}y${a}", {{"a", ""}, {"a", ""}, {"a", ""}});
    ASSERT_EQ(script.text, "xy");
    EXPECT_EQ(placeOf(script, "x"), Place(1, 5));
    EXPECT_EQ(placeOf(script, "y"), Place(1, 10));
    EXPECT_EQ(script.positionOf(2), (Position{1, 15}));
}

TEST(ScriptText, LinesAreCountedOnward) {
    for (const ScriptText& script : {filled("one\n\ntwo ${a} three\r\nfour", {{"a", "x\ny\nz"}}), ScriptText{.text = "\xEF\xBB\xBFone\rtwo\n\nthree"}}) {
        LineCounter lines(script), places(script);
        for (size_t offset = 0; offset <= script.text.size(); offset++) {
            EXPECT_EQ(lines.lineOf(offset), script.positionOf(offset).line) << offset;
            EXPECT_EQ(places.positionOf(offset), script.positionOf(offset)) << offset;
        }
    }
}

}  // namespace
}  // namespace slipway
