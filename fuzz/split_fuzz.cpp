// libFuzzer target: whatever the bytes, the splitter ends, stays inside the text, and cuts a piece into just itself.
//
// clang++-14 -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -Isrc -include string -include vector
//     -include algorithm -include fmt/format.h fuzz/split_fuzz.cpp src/engines/postgres/{split,lexer,psql_command}.cpp
//     src/model/script.cpp src/base/{span,text}.cpp -lfmt -o split_fuzz && ./split_fuzz -max_len=300
#include <cstdint>
#include <cstdlib>

#include "base/error.h"
#include "engines/postgres/parse.h"

namespace {

using slipway::ScriptText;
using slipway::postgres::Piece;

void require(bool condition) {
    if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    ScriptText script;
    script.text.assign(reinterpret_cast<const char*>(data), size);
    std::erase(script.text, '\0');  // readScript() refuses it
    try {
        uint32_t before = 0;
        for (const Piece& piece : slipway::postgres::split(script)) {
            require(piece.span.begin >= before && piece.span.begin < piece.span.end);
            require(piece.span.end <= script.text.size());
            before = piece.span.end;
            if (piece.copyIn) {
                require(piece.data.begin >= before && piece.data.begin <= piece.data.end);
                require(piece.data.end <= script.text.size());
                before = piece.data.end;
            }
            ScriptText alone;
            alone.text = piece.span.of(script.text);
            if (alone.text.starts_with("\xEF\xBB\xBF")) continue;
            const auto again = slipway::postgres::split(alone);
            require(again.size() == 1 && again[0].span == slipway::Span{0, piece.span.end - piece.span.begin});
            require(again[0].copyIn == piece.copyIn);
        }
    } catch (const slipway::Error& error) {
        require(!error.hint.empty() && error.line > 0 && error.column > 0);
    }
    return 0;
}
