// Where PostgreSQL's parser refuses a statement.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace slipway::postgres {

struct SyntaxProblem {
    std::string message;  ///< the parser's own: "syntax error at or near \"COLUM\""
    size_t at = 0;        ///< the byte of the statement that it stumbled upon
};

/// Why `statement` does not parse; nullopt when it does, or is too large to be parsed.
std::optional<SyntaxProblem> syntaxProblemOf(std::string_view statement);

/// The major version of the PostgreSQL whose grammar the parser has. What it refuses may be good for a newer one.
int parserMajor();

}  // namespace slipway::postgres
