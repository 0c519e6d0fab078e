#include "base/digest.h"

// The EVP interface, and SHA256(), which calls it, bring all of the library into the program and initialise it at their
// first use, which takes longer than all the rest of a start.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <zlib.h>

namespace slipway {

namespace {
/// The digest in hexadecimal.
std::string finish(SHA256_CTX& context) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256_Final(digest, &context);
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(2 * sizeof digest);
    for (const unsigned char byte : digest) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}
}  // namespace

Digester::Digester() : context_(new SHA256_CTX) { SHA256_Init(static_cast<SHA256_CTX*>(context_)); }
Digester::~Digester() { delete static_cast<SHA256_CTX*>(context_); }

Digester& Digester::add(std::string_view piece) {
    auto* context = static_cast<SHA256_CTX*>(context_);
    const std::string length = std::to_string(piece.size()) + ":";
    SHA256_Update(context, length.data(), length.size());
    SHA256_Update(context, piece.data(), piece.size());
    return *this;
}
Digester& Digester::add(int64_t number) { return add(std::to_string(number)); }

std::string Digester::hex() { return finish(*static_cast<SHA256_CTX*>(context_)); }

std::string sha256(std::string_view bytes) {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, bytes.data(), bytes.size());
    return finish(context);
}

uint32_t crc32(std::string_view bytes, uint32_t start) {
    return static_cast<uint32_t>(
        ::crc32(start, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

}  // namespace slipway
