#include "base/digest.h"

// The EVP interface initialises the whole library at its first use, which takes longer than all the rest of a start.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <zlib.h>

namespace slipway {

namespace {
std::string toHex(const unsigned char* bytes, unsigned size) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(size * 2);
    for (unsigned i = 0; i < size; i++) {
        out += digits[bytes[i] >> 4];
        out += digits[bytes[i] & 15];
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

std::string Digester::hex() {
    unsigned char out[SHA256_DIGEST_LENGTH];
    SHA256_Final(out, static_cast<SHA256_CTX*>(context_));
    return toHex(out, sizeof out);
}

std::string sha256(std::string_view bytes) {
    unsigned char out[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), out);
    return toHex(out, sizeof out);
}

uint32_t crc32(std::string_view bytes, uint32_t start) {
    return static_cast<uint32_t>(
        ::crc32(start, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

}  // namespace slipway
