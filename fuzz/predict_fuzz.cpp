// libFuzzer target: whatever the script, playing it on the forms' schema ends, neither crashes nor leaks, and tells effects
// that are in order. script/fuzz builds and runs it, with the forms as its seeds.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "engines/postgres/parse.h"
#include "engines/postgres/predict.h"

namespace {

using slipway::ScriptText;
using slipway::postgres::Predictor;

void require(bool condition) {
    if (!condition) std::abort();
}

std::string schemaText() {
    std::ostringstream text;
    text << std::ifstream(SLIPWAY_SOURCE "/tests/forms/schema.sql").rdbuf();
    return text.str();
}

/// Where statements find something to act on.
const Predictor& base() {
    static const Predictor once = [] {
        Predictor predictor(18, true);
        predictor.replay({.file = "schema.sql", .text = schemaText()});
        predictor.settle();
        return predictor;
    }();
    return once;
}

/// Words, and what stands between them, as pieces of their own.
std::vector<std::string_view> wordsOf(std::string_view text) {
    const auto inWord = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
    std::vector<std::string_view> words;
    for (size_t at = 0; at < text.size();) {
        size_t end = at + 1;
        while (inWord(text[at]) && end < text.size() && inWord(text[end])) end++;
        words.push_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    base();
    return 0;
}

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t most);

/// Bytes that change at random are a syntax error most of the time. Words of the schema, or of the script itself, in the
/// place of others are not.
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t most, unsigned seed) {
    static const std::string schema = schemaText();
    static const std::vector<std::string_view> known = wordsOf(schema);
    std::minstd_rand random(seed);
    if (size == 0 || random() % 4 == 0) return LLVMFuzzerMutate(data, size, most);
    const std::string text(reinterpret_cast<const char*>(data), size);
    std::vector<std::string_view> words = wordsOf(text);
    for (auto changes = random() % 3 + 1; changes > 0; changes--) {
        const size_t at = random() % words.size();
        const std::vector<std::string_view>& source = random() % 2 ? known : words;
        const std::string_view word = source[random() % source.size()];
        switch (random() % 4) {
            case 0: words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), word); break;
            case 1: words[at] = ""; break;
            default: words[at] = word;
        }
    }
    std::string changed;
    for (const std::string_view word : words) changed += word;
    changed.resize(std::min(changed.size(), most));
    std::ranges::copy(changed, data);
    return changed.size();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    ScriptText script{.file = "fuzz", .text = std::string(reinterpret_cast<const char*>(data), size)};
    std::erase(script.text, '\0');  // readScript() refuses it
    Predictor predictor = base().fork();
    try {
        for (const auto& each : predictor.play(script)) {
            require(std::ranges::is_sorted(each.effects.effects, {}, &slipway::Effect::relation));
            require(each.effects.certain || !each.effects.why.empty());
            require(!each.problem || (each.problem->line > 0 && !each.problem->message.empty()));
        }
        predictor.settle();
        if (size % 8 == 0) static_cast<void>(predictor.catalog());  // all of it is written out, which takes longest
    } catch (const slipway::Error& error) {
        require(!error.hint.empty() && error.line > 0 && error.column > 0);
    }
    return 0;
}
