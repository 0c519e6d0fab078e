#include "base/digest.h"

namespace slipway {
namespace {

using namespace std::string_literals;

// FIPS 180-4: the examples that NIST publishes with it.
TEST(Digest, Sha256IsThatOfTheStandard) {
    EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    EXPECT_NE(sha256("a\0b"s), sha256("a"));
}

// 0xCBF43926 is the check value of CRC-32/ISO-HDLC, which zlib and java.util.zip.CRC32 compute.
TEST(Digest, Crc32IsThatOfZlib) {
    EXPECT_EQ(crc32("123456789"), 0xCBF43926u);
    EXPECT_EQ(crc32(""), 0u);
    EXPECT_EQ(crc32("6789", crc32("12345")), crc32("123456789"));
    EXPECT_EQ(crc32("", 42), 42u);
}

TEST(Digest, PiecesAreKeptApart) {
    EXPECT_NE(Digester().add("ab").add("c").hex(), Digester().add("a").add("bc").hex());
    EXPECT_NE(Digester().add("").add("a").hex(), Digester().add("a").add("").hex());
    EXPECT_NE(Digester().add("a").hex(), Digester().add("a").add("").hex());
    EXPECT_NE(Digester().add("1:a").hex(), Digester().add("1").add("a").hex());
    EXPECT_EQ(Digester().add("a").add("b").hex(), Digester().add("a").add("b").hex());
}

TEST(Digest, APieceIsItsLengthAndItsBytes) {
    EXPECT_EQ(Digester().add("abc").add("").hex(), sha256("3:abc0:"));
    EXPECT_EQ(Digester().add(int64_t{-12}).hex(), sha256("3:-12"));
}

}  // namespace
}  // namespace slipway
