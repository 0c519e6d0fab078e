// Places in text.
#pragma once

#include <cstdint>
#include <string_view>

namespace slipway {

/// A half-open range of bytes [begin, end).
struct Span {
    uint32_t begin = 0;
    uint32_t end = 0;
    bool empty() const { return begin == end; }
    std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
    bool operator==(const Span&) const = default;
};

/// A place as people count: lines and columns from 1, columns in characters (UTF-8 code points).
struct Position {
    int line = 1;
    int column = 1;
    bool operator==(const Position&) const = default;
};

/// Where byte `offset` of `text` lies. Line ends are \n, \r\n and a lone \r.
Position positionOf(std::string_view text, size_t offset);

}  // namespace slipway
