// Digests: SHA-256 for what people approve and auditors verify, CRC-32 where the history table wants it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace slipway {

/// The SHA-256 of `bytes`, 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

/// A SHA-256 that is fed piece by piece. Each piece is preceded by its length, so that ("ab","c") and ("a","bc") differ.
class Digester {
  public:
    Digester();
    ~Digester();
    Digester(const Digester&) = delete;
    Digester& operator=(const Digester&) = delete;
    Digester& add(std::string_view piece);
    Digester& add(int64_t number);
    std::string hex();

  private:
    void* context_;
};

/// CRC-32 as in zlib and java.util.zip.CRC32; `start` is the value so far (0 to begin).
uint32_t crc32(std::string_view bytes, uint32_t start = 0);

}  // namespace slipway
