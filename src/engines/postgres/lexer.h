// The lexical rules of PostgreSQL as far as they tell where something ends (manual, 4.1 Lexical Structure).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace slipway::postgres {

struct Token {
    enum class Kind : uint8_t {
        word,         ///< a key word or a name that is not quoted
        quotedName,   ///< "..."
        string,       ///< '...' with its prefix E when it has one, $tag$...$tag$
        number,       ///< a run of digits
        symbol,       ///< any other character, one at a time
        unterminated, ///< a quote or comment that begins here and never ends
        end           ///< of the text
    };
    Kind kind = Kind::end;
    size_t begin = 0;  ///< bytes
    size_t end = 0;
};

/// Walks over SQL from token to token, past blanks and comments. standard_conforming_strings is taken to be on, the
/// default since 9.1. It never fails: what is not SQL comes out as symbols.
class Lexer {
  public:
    explicit Lexer(std::string_view text, size_t at = 0) : text_(text), at_(at) {}

    Token next();
    size_t at() const { return at_; }
    void seek(size_t at) { at_ = at; }

    std::string_view text(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }
    bool is(const Token& token, char symbol) const {
        return token.kind == Token::Kind::symbol && text_[token.begin] == symbol;
    }
    /// Whether the token is this key word, in whichever case; `keyword` in upper case.
    bool is(const Token& token, std::string_view keyword) const;
    /// The name that the token stands for: folded to lower case, or without its quotes.
    std::string name(const Token& token) const;

  private:
    char peek(size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
    Token take(Token::Kind kind, size_t end);
    size_t endOfQuoted(size_t at) const;
    size_t endOfEscapeString(size_t at) const;
    size_t endOfComment(size_t at) const;
    size_t endOfLine(size_t at) const;
    size_t endOfDollarTag(size_t at) const;

    std::string_view text_;
    size_t at_;
};

}  // namespace slipway::postgres
