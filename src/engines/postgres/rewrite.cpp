#include "engines/postgres/rewrite.h"

#include <vector>

#include "engines/postgres/lexer.h"

namespace slipway::postgres {

namespace {

std::vector<Token> tokensOf(std::string_view text) {
    Lexer lexer(text);
    std::vector<Token> tokens;
    for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next()) tokens.push_back(token);
    return tokens;
}

std::string inserted(std::string_view text, size_t at) { return std::string(text.substr(0, at)) + " CONCURRENTLY" + std::string(text.substr(at)); }

}  // namespace

std::optional<std::string> withConcurrently(std::string_view statement) {
    const Lexer lexer(statement);
    const auto tokens = tokensOf(statement);
    const auto is = [&](size_t i, std::string_view word) { return i < tokens.size() && lexer.is(tokens[i], word); };
    for (size_t i = 0; i < tokens.size(); i++)
        if (is(i, "CONCURRENTLY")) return std::nullopt;
    if (is(0, "CREATE")) {
        const size_t index = is(1, "UNIQUE") ? 2 : 1;
        if (is(index, "INDEX")) return inserted(statement, tokens[index].end);
    } else if (is(0, "DROP") && is(1, "INDEX")) {
        return inserted(statement, tokens[1].end);
    } else if (is(0, "REFRESH") && is(1, "MATERIALIZED") && is(2, "VIEW")) {
        return inserted(statement, tokens[2].end);
    } else if (is(0, "REINDEX")) {
        for (size_t i = 1; i < tokens.size(); i++)
            for (const char* scope : {"INDEX", "TABLE", "SCHEMA", "DATABASE"})
                if (is(i, scope)) return inserted(statement, tokens[i].end);
    } else if (is(0, "ALTER") && is(1, "TABLE")) {
        for (size_t i = 2; i + 1 < tokens.size(); i++)
            if (is(i, "DETACH") && is(i + 1, "PARTITION")) return inserted(statement, tokens.back().end);
    }
    return std::nullopt;
}

std::string withNotValid(std::string_view statement) {
    const auto tokens = tokensOf(statement);
    const size_t end = tokens.empty() ? statement.size() : tokens.back().end;  // a comment may follow
    return std::string(statement.substr(0, end)) + " NOT VALID" + std::string(statement.substr(end));
}

}  // namespace slipway::postgres
