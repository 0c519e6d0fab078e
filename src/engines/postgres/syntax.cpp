#include "engines/postgres/syntax.h"

#include <pg_query.h>

#include "engines/postgres/parser_thread.h"

namespace slipway::postgres {

namespace {

/// The byte at which the character number `character` (from 1) begins.
size_t byteOf(std::string_view text, int character) {
    size_t at = 0;
    for (int seen = 0; at < text.size(); at++)
        if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && ++seen >= character) break;
    return at;
}

}  // namespace

std::optional<SyntaxProblem> syntaxProblemOf(std::string_view statement) {
    if (statement.size() > ParserThread::instance().largestStatement()) return std::nullopt;
    std::optional<SyntaxProblem> problem;
    const std::string text(statement);
    ParserThread::instance().run([&] {
        const PgQueryParseResult parsed = pg_query_parse(text.c_str());
        if (parsed.error) problem = SyntaxProblem{parsed.error->message, byteOf(text, parsed.error->cursorpos)};
        pg_query_free_parse_result(parsed);
    });
    return problem;
}

int parserMajor() { return PG_VERSION_NUM / 10'000; }

}  // namespace slipway::postgres
