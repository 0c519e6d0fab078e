#include "engines/postgres/lexer.h"

#include <array>

#include "base/text.h"

namespace slipway::postgres {

namespace {

constexpr size_t npos = std::string_view::npos;

enum Class : uint8_t { blank, letter, digit, other };

/// A letter begins a name: ASCII letters, the underscore and every byte of a character outside ASCII.
constexpr std::array<Class, 256> classes = [] {
    std::array<Class, 256> table{};
    for (int c = 0; c < 256; c++) {
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
        const bool isBlank = c == ' ' || (c >= '\t' && c <= '\r');
        table[static_cast<size_t>(c)] = isLetter ? letter : c >= '0' && c <= '9' ? digit : isBlank ? blank : other;
    }
    return table;
}();

Class classOf(char c) { return classes[static_cast<unsigned char>(c)]; }

bool continuesTag(char c) { return classOf(c) == letter || classOf(c) == digit; }
bool continuesName(char c) { return continuesTag(c) || c == '$'; }

}  // namespace

Token Lexer::take(Token::Kind kind, size_t end) {
    const size_t begin = at_;
    if (end == npos) {
        kind = Token::Kind::unterminated;
        end = text_.size();
    }
    at_ = end;
    return {kind, begin, end};
}

Token Lexer::next() {
    for (; at_ < text_.size(); at_++) {
        const char c = text_[at_];
        switch (classOf(c)) {
            case blank: continue;
            case letter: {
                size_t end = at_ + 1;
                while (end < text_.size() && continuesName(text_[end])) end++;
                if (end == at_ + 1 && (c == 'E' || c == 'e') && peek(end) == '\'')
                    return take(Token::Kind::string, endOfEscapeString(end));
                return take(Token::Kind::word, end);
            }
            case digit: {
                size_t end = at_ + 1;
                while (end < text_.size() && classOf(text_[end]) == digit) end++;
                return take(Token::Kind::number, end);
            }
            case other: break;
        }
        switch (c) {
            case '\'': return take(Token::Kind::string, endOfQuoted(at_));
            case '"': return take(Token::Kind::quotedName, endOfQuoted(at_));
            case '$': {
                const size_t opened = endOfDollarTag(at_);
                if (opened == npos) break;
                const std::string_view tag = text_.substr(at_, opened - at_);
                const size_t closed = text_.find(tag, opened);
                return take(Token::Kind::string, closed == npos ? npos : closed + tag.size());
            }
            case '-':
                if (peek(at_ + 1) != '-') break;
                at_ = endOfLine(at_) - 1;
                continue;
            case '/': {
                if (peek(at_ + 1) != '*') break;
                const size_t end = endOfComment(at_);
                if (end == npos) return take(Token::Kind::unterminated, npos);
                at_ = end - 1;
                continue;
            }
            default: break;
        }
        return take(Token::Kind::symbol, at_ + 1);
    }
    return take(Token::Kind::end, text_.size());
}

/// One past the closing quote; a doubled quote is part of what is quoted.
size_t Lexer::endOfQuoted(size_t at) const {
    const char quote = text_[at];
    for (at = text_.find(quote, at + 1); at != npos; at = text_.find(quote, at + 2))
        if (peek(at + 1) != quote) return at + 1;
    return npos;
}

/// A string with backslash escapes whose opening quote is at `at`. It goes on in another pair of quotes when nothing
/// but blanks with a line end among them and comments lie between (4.1.2.1), and escapes count there too.
size_t Lexer::endOfEscapeString(size_t at) const {
    for (at++; at < text_.size(); at++) {
        if (text_[at] == '\\') {
            at++;
        } else if (text_[at] == '\'') {
            if (peek(at + 1) == '\'') {
                at++;
                continue;
            }
            size_t next = at + 1;
            bool newLine = false;
            for (; next < text_.size(); next++) {
                if (newLine && peek(next) == '-' && peek(next + 1) == '-') next = endOfLine(next);
                if (classOf(peek(next)) != blank) break;
                newLine |= text_[next] == '\n' || text_[next] == '\r';
            }
            if (!newLine || peek(next) != '\'') return at + 1;
            at = next;
        }
    }
    return npos;
}

/// Comments between slash and star nest (4.1.5).
size_t Lexer::endOfComment(size_t at) const {
    int depth = 0;
    for (; at + 1 < text_.size(); at++) {
        if (text_[at] == '/' && text_[at + 1] == '*') {
            depth++;
            at++;
        } else if (text_[at] == '*' && text_[at + 1] == '/') {
            at++;
            if (--depth == 0) return at + 1;
        }
    }
    return npos;
}

size_t Lexer::endOfLine(size_t at) const { return std::min(text_.find_first_of("\r\n", at), text_.size()); }

/// One past "$tag$", or npos when the dollar at `at` opens none. It cannot stand right behind a name, which would
/// have taken it as its own character: next() sees to that.
size_t Lexer::endOfDollarTag(size_t at) const {
    size_t end = at + 1;
    if (classOf(peek(end)) == digit) return npos;
    while (end < text_.size() && continuesTag(text_[end])) end++;
    return peek(end) == '$' ? end + 1 : npos;
}

bool Lexer::is(const Token& token, std::string_view keyword) const {
    return token.kind == Token::Kind::word && equalsIgnoringCase(text(token), keyword);
}

std::string Lexer::name(const Token& token) const {
    if (token.kind != Token::Kind::quotedName) return lower(text(token));
    return replaceAll(std::string(text_.substr(token.begin + 1, token.end - token.begin - 2)), "\"\"", "\"");
}

}  // namespace slipway::postgres
