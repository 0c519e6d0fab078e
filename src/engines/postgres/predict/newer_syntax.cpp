#include "engines/postgres/predict/newer_syntax.h"

#include <algorithm>
#include <vector>

#include "engines/postgres/lexer.h"

namespace slipway::postgres {

namespace {

/// Walks the tokens of a statement and gathers what to write instead of some of them.
class Rewriter {
  public:
    Rewriter(std::string_view text, int serverMajor) : text_(text), lexer_(text), major_(serverMajor) {
        for (Token token = lexer_.next(); token.kind != Token::Kind::end && token.kind != Token::Kind::unterminated; token = lexer_.next()) tokens_.push_back(token);
    }

    std::optional<std::string> run() {
        for (size_t i = 0; i < tokens_.size(); ++i) {
            numberAt(i);
            generatedAt(i);
            notNullAt(i);
            enforcedAt(i);
            alterColumnAt(i);
            temporalAt(i);
            storageAt(i);
            mergeAt(i);
            subqueryAt(i);
        }
        unnamedObject();
        if (changes_.empty()) return std::nullopt;
        std::ranges::sort(changes_, {}, &Change::begin);
        std::string older;
        size_t done = 0;
        for (const Change& change : changes_) {
            if (change.begin < done) continue;
            older.append(text_, done, change.begin - done).append(change.text);
            done = change.end;
        }
        return older.append(text_, done);
    }

  private:
    struct Change {
        size_t begin, end;
        std::string text;
    };

    bool word(size_t i, std::string_view keyword) const { return i < tokens_.size() && lexer_.is(tokens_[i], keyword); }
    bool words(size_t i, std::initializer_list<std::string_view> keywords) const {
        return std::ranges::all_of(keywords, [&](std::string_view keyword) { return word(i++, keyword); });
    }
    bool symbol(size_t i, char symbol) const { return i < tokens_.size() && lexer_.is(tokens_[i], symbol); }
    void replace(size_t first, size_t last, std::string text) { changes_.push_back({tokens_[first].begin, tokens_[last].end, std::move(text)}); }
    void insertAfter(size_t i, std::string text) { changes_.push_back({tokens_[i].end, tokens_[i].end, std::move(text)}); }
    void insertBefore(size_t i, std::string text) { changes_.push_back({tokens_[i].begin, tokens_[i].begin, std::move(text)}); }

    /// The token that closes the parenthesis at `open`; the last one when none does.
    size_t closing(size_t open) const {
        int depth = 0;
        for (size_t i = open; i < tokens_.size(); ++i) {
            if (symbol(i, '(')) ++depth;
            if (symbol(i, ')') && --depth == 0) return i;
        }
        return tokens_.size() - 1;
    }

    void wrap(size_t open, std::string_view function) {
        insertAfter(open, std::string(function) + "(");
        insertBefore(closing(open), ")");
    }

    /// 1_000_000, since 16.
    void numberAt(size_t i) {
        if (major_ < 16 || tokens_[i].kind != Token::Kind::number || i + 1 >= tokens_.size()) return;
        const Token& next = tokens_[i + 1];
        if (next.begin != tokens_[i].end || text_[next.begin] != '_') return;
        std::string digits(text_.substr(next.begin, next.end - next.begin));
        std::erase(digits, '_');
        replace(i + 1, i + 1, digits);
    }

    /// GENERATED ALWAYS AS (...) VIRTUAL, or without a word, since 18.
    void generatedAt(size_t i) {
        if (major_ < 18 || !words(i, {"GENERATED", "ALWAYS", "AS"}) || !symbol(i + 3, '(')) return;
        const size_t close = closing(i + 3);
        if (word(close + 1, "STORED")) return;
        wrap(i + 3, marker::isVirtual);
        if (word(close + 1, "VIRTUAL")) replace(close + 1, close + 1, "STORED");
        else insertAfter(close, " STORED");
    }

    /// CONSTRAINT name NOT NULL column, since 18; NO INHERIT behind a NOT NULL of a column.
    void notNullAt(size_t i) {
        if (major_ < 18 || !words(i, {"NOT", "NULL"}) || i == 0) return;
        const size_t before = i >= 2 && word(i - 2, "CONSTRAINT") ? i - 3 : i - 1;
        const bool ofTable = before < tokens_.size() && (word(before, "ADD") || symbol(before, ',') || symbol(before, '('));
        const bool named = i + 2 < tokens_.size() && (tokens_[i + 2].kind == Token::Kind::word || tokens_[i + 2].kind == Token::Kind::quotedName);
        if (ofTable && named) {
            const Token& column = tokens_[i + 2];
            replace(i, i + 2, "CHECK (" + std::string(marker::notNull) + "(" + std::string(text_.substr(column.begin, column.end - column.begin)) + "))");
        } else if (words(i + 2, {"NO", "INHERIT"})) {
            replace(i + 2, i + 3, "");
        }
    }

    /// NOT ENFORCED and ENFORCED, since 18.
    void enforcedAt(size_t i) {
        if (major_ < 18 || !word(i, "ENFORCED")) return;
        const bool negated = i > 0 && word(i - 1, "NOT");
        const size_t first = negated ? i - 1 : i;
        if (first >= 2 && word(first - 2, "CONSTRAINT") && first >= 3 && word(first - 3, "ALTER")) {
            const Token& name = tokens_[first - 1];
            replace(first - 3, i, "ALTER COLUMN " + std::string(text_.substr(name.begin, name.end - name.begin)) + " SET (" + std::string(marker::enforced) + " = " + (negated ? "off" : "on") + ")");
            return;
        }
        if (!negated) return replace(i, i, "");
        // The check that it belongs to stands right before it; otherwise it is a foreign key's.
        if (symbol(first - 1, ')')) {
            for (size_t open = first - 1; open-- > 0;)
                if (symbol(open, '(') && closing(open) == first - 1) {
                    if (open == 0 || !word(open - 1, "CHECK")) break;
                    wrap(open, marker::notEnforced);
                    return replace(first, i, "");
                }
        }
        bool ofTable = false;
        for (size_t k = first; k-- > 0 && !symbol(k, ',') && !ofTable;) ofTable = words(k, {"FOREIGN", "KEY"});
        replace(first, i, ofTable ? "NOT VALID" : "");
    }

    /// SET EXPRESSION (17), SET STATISTICS DEFAULT (17), SET STORAGE DEFAULT (16), SET ACCESS METHOD DEFAULT (17), and [NO] INHERIT of a
    /// constraint (18).
    void alterColumnAt(size_t i) {
        if (major_ >= 17 && words(i, {"SET", "EXPRESSION", "AS"})) replace(i, i + 2, "TYPE " + std::string(marker::setExpression) + " USING");
        if (major_ >= 17 && words(i, {"SET", "STATISTICS", "DEFAULT"})) replace(i + 2, i + 2, "-1");
        if (major_ >= 16 && words(i, {"SET", "STORAGE", "DEFAULT"})) replace(i + 2, i + 2, "\"default\"");
        if (major_ >= 17 && words(i, {"SET", "ACCESS", "METHOD", "DEFAULT"})) replace(i + 3, i + 3, "heap");
        if (major_ >= 18 && words(i, {"ALTER", "CONSTRAINT"})) {
            if (words(i + 3, {"NO", "INHERIT"})) replace(i + 3, i + 4, "");
            else if (word(i + 3, "INHERIT")) replace(i + 3, i + 3, "");
        }
    }

    /// WITHOUT OVERLAPS and PERIOD, since 18.
    void temporalAt(size_t i) {
        if (major_ < 18) return;
        if (words(i, {"WITHOUT", "OVERLAPS"})) replace(i, i + 1, "");
        const bool inList = i > 0 && symbol(i - 1, ',');
        const bool named = i + 1 < tokens_.size() && tokens_[i + 1].kind == Token::Kind::word;
        if (inList && word(i, "PERIOD") && named) replace(i, i, "");
    }

    /// A column with STORAGE, since 16.
    void storageAt(size_t i) {
        if (major_ < 16 || !word(i, "STORAGE") || i == 0) return;
        if (word(i - 1, "SET") || word(i - 1, "INCLUDING") || word(i - 1, "EXCLUDING") || i + 1 >= tokens_.size() || tokens_[i + 1].kind != Token::Kind::word) return;
        replace(i, i + 1, "");
    }

    /// MERGE: NOT MATCHED BY SOURCE and BY TARGET, RETURNING, since 17.
    void mergeAt(size_t i) {
        if (major_ < 17 || !std::ranges::any_of(tokens_, [&](const Token& token) { return lexer_.is(token, "MERGE"); })) return;
        if (words(i, {"NOT", "MATCHED", "BY", "SOURCE"})) replace(i, i + 3, "MATCHED");
        if (words(i, {"MATCHED", "BY", "TARGET"})) replace(i + 1, i + 2, "");
        if (word(i, "RETURNING")) replace(i, tokens_.size() - 1, "");
    }

    /// A subquery in FROM without a name, since 16.
    void subqueryAt(size_t i) {
        const bool from = (word(i, "FROM") && !(i > 0 && word(i - 1, "DISTINCT"))) || word(i, "JOIN") || word(i, "LATERAL");
        if (major_ < 16 || !from || !symbol(i + 1, '(')) return;
        size_t first = i + 1;
        while (symbol(first, '(')) ++first;
        if (!word(first, "SELECT") && !word(first, "VALUES") && !word(first, "WITH")) return;
        const size_t close = closing(i + 1), next = close + 1;
        constexpr std::string_view follows[] = {"WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR", "UNION", "INTERSECT", "EXCEPT",
                                                "JOIN", "LEFT", "RIGHT", "FULL", "INNER", "CROSS", "NATURAL", "ON", "USING", "TABLESAMPLE", "RETURNING"};
        const bool unnamed = next >= tokens_.size() || tokens_[next].kind == Token::Kind::symbol ||
                             std::ranges::any_of(follows, [&](std::string_view keyword) { return word(next, keyword); });
        if (unnamed) insertAfter(close, fmt::format(" AS {}_{}", marker::unnamed, i));
    }

    /// REINDEX DATABASE and SYSTEM, and CREATE STATISTICS, without a name, since 16.
    void unnamedObject() {
        if (major_ < 16 || tokens_.empty()) return;
        const size_t last = tokens_.size() - 1;
        if (word(0, "REINDEX") && (word(last, "DATABASE") || word(last, "SYSTEM") || (word(last, "CONCURRENTLY") && last > 0 && (word(last - 1, "DATABASE") || word(last - 1, "SYSTEM")))))
            insertAfter(last, " " + std::string(marker::unnamed));
        for (size_t i = 0; i + 1 < tokens_.size(); ++i)
            if (words(i, {"STATISTICS", "ON"})) insertAfter(i, " " + std::string(marker::unnamed));
    }

    std::string_view text_;
    Lexer lexer_;
    int major_;
    std::vector<Token> tokens_;
    std::vector<Change> changes_;
};

}  // namespace

std::optional<std::string> inOlderSyntax(std::string_view text, int serverMajor) {
    constexpr size_t longest = size_t{1} << 20;  // a longer statement is rows, not DDL
    if (serverMajor < 16 || text.size() > longest) return std::nullopt;
    return Rewriter(text, serverMajor).run();
}

}  // namespace slipway::postgres
