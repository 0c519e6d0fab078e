#include "model/version.h"

#include "model/migration.h"

namespace slipway {
namespace {

Version version(const std::string& text) {
    const auto parsed = Version::parse(text);
    if (!parsed) throw std::invalid_argument(text);
    return *parsed;
}

TEST(Version, DotsAndUnderscoresSeparate) {
    EXPECT_EQ(version("1_2_3").text(), "1.2.3");
    EXPECT_EQ(version("1.2_3").text(), "1.2.3");
    EXPECT_EQ(version("001").text(), "001") << "the text stays as it was written";
}

TEST(Version, OtherTextIsNone) {
    for (const char* text : {"", ".", "1.", ".1", "1..2", "1__2", "a", "1a", "v1", "1-2", "+1", "-1", " 1", "1 ", "1,2", "²", "١"})
        EXPECT_FALSE(Version::parse(text)) << text;
}

// Each is smaller than the next one.
TEST(Version, NumbersAreComparedAsNumbers) {
    const std::vector<std::string> order = {
        "0", "0.0.1", "0.1", "1", "1.0.1", "1.1", "1.1.1", "1.2", "1.9", "1.10", "1.10.1", "1.100", "2", "9", "10", "20240101",
        "20240101120000", "20240101120000.1", "99999999999999999999", "100000000000000000000", "340282366920938463463374607431768211456"};
    for (size_t i = 0; i < order.size(); i++)
        for (size_t j = 0; j < order.size(); j++)
            EXPECT_EQ(version(order[i]) <=> version(order[j]), i <=> j) << order[i] << " " << order[j];
}

TEST(Version, ZerosThatSayNothingDoNotCount) {
    EXPECT_EQ(version("1"), version("1.0"));
    EXPECT_EQ(version("1"), version("1.0.0_0"));
    EXPECT_EQ(version("1"), version("001"));
    EXPECT_EQ(version("1.2"), version("01.002.000"));
    EXPECT_EQ(version("0"), version("0.0"));
    EXPECT_NE(version("1"), version("10"));
    EXPECT_NE(version("1.0.1"), version("1.1"));
}

TEST(Version, MigrationsAreNamedByTheirKind) {
    Migration migration;
    migration.version = version("1_2");
    migration.description = "Add it";
    EXPECT_EQ(migration.id(), "V1.2");
    migration.kind = MigrationKind::baseline;
    EXPECT_EQ(migration.id(), "B1.2");
    migration.kind = MigrationKind::repeatable;
    migration.version.reset();
    EXPECT_EQ(migration.id(), "R Add it");
}

TEST(Version, HeaderFieldsAreFoundInAnyCase) {
    const Header header{{{"Author", "ada", {}, 1}, {"author", "bob", {}, 2}}};
    ASSERT_NE(header.find("AUTHOR"), nullptr);
    EXPECT_EQ(header.find("AUTHOR")->value, "ada") << "the first one";
    EXPECT_EQ(header.find("Ticket"), nullptr);
}

}  // namespace
}  // namespace slipway
