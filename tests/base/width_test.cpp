#include "base/width.h"

namespace slipway {
namespace {

TEST(Width, IsThatOfATerminal) {
    EXPECT_EQ(columnsOf(U'a'), 1u);
    EXPECT_EQ(columnsOf(U'\u00E9'), 1u);
    EXPECT_EQ(columnsOf(U'\u0301'), 0u);
    EXPECT_EQ(columnsOf(U'\u2713'), 1u);
    EXPECT_EQ(columnsOf(U'\u65E5'), 2u);
    EXPECT_EQ(columnsOf(U'\uAC00'), 2u);
    EXPECT_EQ(columnsOf(U'\U0001F600'), 2u);
    EXPECT_EQ(columnsOf(U'\U0010FFFF'), 1u);
}

TEST(Width, CharactersAreReadOneByOne) {
    const std::string text = "a\xC3\xA9\xE6\x97\xA5\xF0\x9F\x98\x80\xFF";
    std::u32string read;
    for (size_t at = 0; at < text.size();) read += nextCharacter(text, at);
    EXPECT_EQ(read.substr(0, 4), U"a\u00E9\u65E5\U0001F600");
    EXPECT_EQ(read.size(), 5u);
}

}  // namespace
}  // namespace slipway
