#include "base/span.h"

namespace slipway {
namespace {

using Place = std::pair<int, int>;

Place placeOf(std::string_view text, size_t offset) {
    const Position at = positionOf(text, offset);
    return {at.line, at.column};
}

TEST(Span, IsAPieceOfItsText) {
    EXPECT_EQ((Span{2, 5}).of("SELECT"), "LEC");
    EXPECT_EQ((Span{6, 6}).of("SELECT"), "");
    EXPECT_TRUE((Span{3, 3}).empty());
    EXPECT_FALSE((Span{3, 4}).empty());
}

TEST(Span, LinesAndColumnsCountFromOne) {
    EXPECT_EQ(placeOf("", 0), Place(1, 1));
    EXPECT_EQ(placeOf("ab\ncd", 0), Place(1, 1));
    EXPECT_EQ(placeOf("ab\ncd", 2), Place(1, 3));
    EXPECT_EQ(placeOf("ab\ncd", 3), Place(2, 1));
    EXPECT_EQ(placeOf("ab\ncd", 5), Place(2, 3));
    EXPECT_EQ(placeOf("ab\ncd", 99), Place(2, 3)) << "behind the end is at the end";
}

TEST(Span, LinesEndAsTheyDoOnAnySystem) {
    EXPECT_EQ(placeOf("a\r\nb\r\nc", 6), Place(3, 1));
    EXPECT_EQ(placeOf("a\rb\rc", 4), Place(3, 1));
    EXPECT_EQ(placeOf("a\n\r\n\rb", 5), Place(4, 1));
    EXPECT_EQ(placeOf("a\r\nb", 1), Place(1, 2));
    EXPECT_EQ(placeOf("a\r", 2), Place(2, 1));
}

TEST(Span, ColumnsAreCharacters) {
    EXPECT_EQ(placeOf("größe x", 8), Place(1, 7));
    EXPECT_EQ(placeOf("😀x", 4), Place(1, 2));
    EXPECT_EQ(placeOf("\tx", 1), Place(1, 2)) << "a tab is one character";
}

TEST(Span, AByteOrderMarkTakesNoColumn) {
    EXPECT_EQ(placeOf("\xEF\xBB\xBFSELECT", 3), Place(1, 1));
    EXPECT_EQ(placeOf("\xEF\xBB\xBFSELECT", 0), Place(1, 1));
    EXPECT_EQ(placeOf("\xEF\xBB\xBF\nx", 4), Place(2, 1));
    EXPECT_EQ(placeOf("a\xEF\xBB\xBF" "b", 4), Place(1, 3)) << "elsewhere it is a character";
}

}  // namespace
}  // namespace slipway
