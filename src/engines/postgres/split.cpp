#include <limits>

#include "base/error.h"
#include "engines/postgres/lexer.h"
#include "engines/postgres/parse.h"
#include "engines/postgres/psql_command.h"

namespace slipway::postgres {

namespace {

constexpr size_t npos = std::string_view::npos;

/// The statements in which words decide where they end.
enum class Shape { plain, routine, copy };

class Splitter {
  public:
    explicit Splitter(const ScriptText& script) : script_(script), text_(script.text), lexer_(text_) {}

    std::vector<Piece> run() {
        constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
        if (text_.starts_with(byteOrderMark)) lexer_.seek(byteOrderMark.size());
        for (Token token = next(); token.kind != Token::Kind::end; token = next()) {
            if (lexer_.is(token, ';')) continue;
            if (lexer_.is(token, '\\'))
                betweenStatements(token);
            else
                statement(token);
        }
        return std::move(pieces_);
    }

  private:
    Token next() {
        const Token token = lexer_.next();
        if (token.kind == Token::Kind::unterminated) unterminated(token.begin);
        return token;
    }

    void statement(const Token& first) {
        const Shape shape = shapeOf(first);
        Piece piece{.span = {static_cast<uint32_t>(first.begin), 0}};
        int parentheses = 0;
        int blocks = 0;   // BEGIN ATOMIC and the CASEs in it that are still open
        size_t body = 0;  // where BEGIN ATOMIC stands
        bool sawSource = false;
        Token token = first;
        for (Token before; token.kind != Token::Kind::end; before = token, token = next()) {
            if (token.kind == Token::Kind::symbol) {
                const char symbol = text_[token.begin];
                if (symbol == ';' && parentheses == 0 && blocks == 0) break;
                if (symbol == '(') parentheses++;
                if (symbol == ')' && parentheses > 0) parentheses--;
                if (symbol == '\\') psqlCommand(token);
            } else if (shape == Shape::routine) {
                if (blocks > 0)
                    blocks += opens(before, token);
                else if (parentheses == 0 && lexer_.is(before, "BEGIN") && lexer_.is(token, "ATOMIC"))
                    blocks = 1, body = before.begin;
            } else if (shape == Shape::copy && parentheses == 0 && !sawSource && lexer_.is(before, "FROM")) {
                // The grammar takes STDOUT for STDIN behind FROM (gram.y, copy_file_name).
                piece.copyIn = lexer_.is(token, "STDIN") || lexer_.is(token, "STDOUT");
                sawSource = true;
            }
            piece.span.end = static_cast<uint32_t>(token.end);
        }
        if (blocks > 0) unterminated(body);
        if (piece.copyIn) piece.data = rows(token.end);
        pieces_.push_back(piece);
    }

    Shape shapeOf(const Token& first) const {
        if (lexer_.is(first, "COPY")) return Shape::copy;
        if (!lexer_.is(first, "CREATE")) return Shape::plain;
        Lexer ahead = lexer_;
        Token word = ahead.next();
        if (ahead.is(word, "OR")) {
            ahead.next();
            word = ahead.next();
        }
        return ahead.is(word, "FUNCTION") || ahead.is(word, "PROCEDURE") ? Shape::routine : Shape::plain;
    }

    /// How many blocks of a body in SQL the token opens. Behind AS and a dot a key word is a name.
    int opens(const Token& before, const Token& token) const {
        if (lexer_.is(before, "AS") || lexer_.is(before, '.')) return 0;
        return lexer_.is(token, "CASE") ? 1 : lexer_.is(token, "END") ? -1 : 0;
    }

    /// The rows of COPY ... FROM stdin: from the line below its semicolon to a line that is just "\.", or to the end
    /// of the script (manual, COPY, Text Format).
    Span rows(size_t semicolon) {
        const size_t begin = startOfNextLine(semicolon);
        Lexer line(text_.substr(0, begin), semicolon);
        if (const Token token = line.next(); token.kind != Token::Kind::end)
            throw error("copy-line", token.begin, "something stands behind COPY ... FROM stdin; on its line",
                        "move it below the rows, which begin on the next line");
        size_t end = text_.find("\\.", begin);
        while (end != npos && !isWholeLine(end, 2)) end = text_.find("\\.", end + 2);
        if (end == npos) end = text_.size();
        lexer_.seek(startOfNextLine(end));
        return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
    }

    bool isWholeLine(size_t begin, size_t size) const {
        if (begin > 0 && text_[begin - 1] != '\n') return false;
        const std::string_view rest = text_.substr(begin + size, 2);
        return rest.empty() || rest[0] == '\n' || rest == "\r\n";
    }

    size_t startOfNextLine(size_t at) const {
        const size_t end = text_.find('\n', at);
        return end == npos ? text_.size() : end + 1;
    }

    std::string_view psqlName(const Token& backslash) const {
        const size_t end = text_.find_first_of(" \t\r\n\\;'\"", backslash.end);
        const std::string_view name = text_.substr(backslash.begin, end - backslash.begin);
        return name.size() > 1 ? name : text_.substr(backslash.begin, 2);
    }

    /// Since 13.22, 14.19, 15.14, 16.10 and 17.6 pg_dump frames its output with \restrict and \unrestrict, which tell
    /// psql to refuse its other commands (pg_dump manual, --restrict-key); Slipway refuses them anyway.
    void betweenStatements(const Token& backslash) {
        const std::string_view name = psqlName(backslash);
        if (name != "\\restrict" && name != "\\unrestrict") psqlCommand(backslash);
        lexer_.seek(startOfNextLine(backslash.begin));
    }

    [[noreturn]] void psqlCommand(const Token& backslash) const {
        const std::string_view name = psqlName(backslash);
        throw error("psql-command", backslash.begin, fmt::format("{} is a command of psql, not SQL", name),
                    insteadOfPsqlCommand(name));
    }

    [[noreturn]] void unterminated(size_t begin) const {
        const auto because = [&](const char* what, std::string_view end) {
            return error("unterminated", begin, fmt::format("{} that begins here never ends", what),
                         fmt::format("close it with {}", end));
        };
        switch (text_[begin]) {
            case '\'': throw because("the string", "'");
            case '"': throw because("the quoted name", "\"");
            case '/': throw because("the comment", "*/ (each /* inside it needs one, too)");
            case '$': throw because("the dollar quote", text_.substr(begin, text_.find('$', begin + 1) + 1 - begin));
            case 'E':
            case 'e': throw because("the string", "' (a backslash in an E'' string quotes the character behind it)");
            default: throw because("the function body", "END; (each CASE inside it needs one, too)");
        }
    }

    Error error(const char* code, size_t at, std::string message, std::string hint) const {
        const Position position = script_.positionOf(at);
        return Error(code, Exit::usage, std::move(message), std::move(hint))
            .at(script_.file, position.line, position.column);
    }

    const ScriptText& script_;
    std::string_view text_;
    Lexer lexer_;
    std::vector<Piece> pieces_;
};

}  // namespace

std::vector<Piece> split(const ScriptText& script) {
    if (script.text.size() > std::numeric_limits<uint32_t>::max())
        throw Error("script-too-large", Exit::usage, "the script is larger than 4 GB",
                    "divide it into several migrations, or load the rows outside of them")
            .at(script.file);
    return Splitter(script).run();
}

}  // namespace slipway::postgres
