#include "base/digest.h"

#include <openssl/evp.h>
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

Digester::Digester() : context_(EVP_MD_CTX_new()) {
    EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_), EVP_sha256(), nullptr);
}
Digester::~Digester() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }

Digester& Digester::add(std::string_view piece) {
    auto* context = static_cast<EVP_MD_CTX*>(context_);
    const std::string length = std::to_string(piece.size()) + ":";
    EVP_DigestUpdate(context, length.data(), length.size());
    EVP_DigestUpdate(context, piece.data(), piece.size());
    return *this;
}
Digester& Digester::add(int64_t number) { return add(std::to_string(number)); }

std::string Digester::hex() {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), out, &size);
    return toHex(out, size);
}

std::string sha256(std::string_view bytes) {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), out, &size, EVP_sha256(), nullptr);
    return toHex(out, size);
}

uint32_t crc32(std::string_view bytes, uint32_t start) {
    return static_cast<uint32_t>(
        ::crc32(start, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

}  // namespace slipway
