#include "base/error.h"

namespace slipway {
namespace {

TEST(Error, CarriesWhereItHappenedAndWhatTheServerSaid) {
    const Error error = Error("checksum-mismatch", Exit::no, "V4 was changed", "run `slipway repair`")
                            .at("V4__a.sql", 3, 7).withState("42P01").withDetail("in function f");
    EXPECT_STREQ(error.what(), "V4 was changed");
    EXPECT_EQ(error.code, "checksum-mismatch");
    EXPECT_EQ(error.exit, Exit::no);
    EXPECT_EQ(error.hint, "run `slipway repair`");
    EXPECT_EQ(error.file, "V4__a.sql");
    EXPECT_EQ(error.line, 3);
    EXPECT_EQ(error.column, 7);
    EXPECT_EQ(error.sqlstate, "42P01");
    EXPECT_EQ(error.detail, "in function f");
}

TEST(Error, PromisesNothingUnlessTold) {
    const Error error("x", Exit::outside, "m", "h");
    EXPECT_TRUE(error.file.empty());
    EXPECT_EQ(error.line, 0);
    EXPECT_FALSE(error.connectionLost);
    EXPECT_FALSE(error.outcomeInDoubt);
}

TEST(Error, IsCaughtAsAStandardException) {
    try {
        throw Error("x", Exit::usage, "said", "h");
    } catch (const std::exception& caught) {
        EXPECT_STREQ(caught.what(), "said");
    }
}

// docs/reference/exit-codes.md: scripts rely on these numbers.
TEST(Error, ExitCodesAreAContract) {
    EXPECT_EQ(static_cast<int>(Exit::yes), 0);
    EXPECT_EQ(static_cast<int>(Exit::no), 1);
    EXPECT_EQ(static_cast<int>(Exit::usage), 2);
    EXPECT_EQ(static_cast<int>(Exit::outside), 3);
    EXPECT_EQ(static_cast<int>(Exit::doubt), 4);
    EXPECT_EQ(static_cast<int>(Exit::interrupted), 130);
}

}  // namespace
}  // namespace slipway
