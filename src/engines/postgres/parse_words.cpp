#include "engines/postgres/parse_words.h"

#include <cctype>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "engines/postgres/lexer.h"
#include "engines/postgres/parse_facts.h"
#include "engines/postgres/parse_kinds.h"

namespace slipway::postgres {

namespace {

using Details = NonTransactional;

/// Reads a statement word by word.
class Words {
  public:
    explicit Words(std::string_view text) : lexer_(text) { skip(); }

    bool atEnd() const { return token_.kind == Token::Kind::end || token_.kind == Token::Kind::unterminated; }
    bool atWord() const { return token_.kind == Token::Kind::word; }
    bool at(std::string_view keyword) const { return lexer_.is(token_, keyword); }
    bool at(char symbol) const { return lexer_.is(token_, symbol); }
    std::string_view text() const { return lexer_.text(token_); }
    void skip() { token_ = lexer_.next(); }

    /// Passes over the word or symbol if it stands here.
    template <class What>
    bool take(What what) {
        if (!at(what)) return false;
        skip();
        return true;
    }
    /// IF EXISTS, IF NOT EXISTS
    bool takeIfExists() {
        if (!take("IF")) return false;
        take("NOT");
        return take("EXISTS");
    }

    std::string name() {
        if (!atWord() && token_.kind != Token::Kind::quotedName) return "";
        std::string name = lexer_.name(token_);
        skip();
        return name;
    }
    /// [schema.]name
    void name(std::string& schema, std::string& name) {
        name = this->name();
        while (take('.')) schema = std::exchange(name, this->name());
    }
    /// Goes to this word outside parentheses, or to the end.
    bool find(std::string_view keyword) {
        for (int depth = 0; !atEnd(); skip()) {
            if (depth == 0 && at(keyword)) return true;
            depth += at('(') ? 1 : at(')') ? -1 : 0;
        }
        return false;
    }

    /// [WORK | TRANSACTION] options: what is left, in upper case, with one blank between words.
    std::string transactionOptions() {
        if (!take("WORK")) take("TRANSACTION");
        std::string options;
        for (; !atEnd(); skip()) {
            if (!options.empty() && !at(',')) options += ' ';
            std::ranges::transform(text(), std::back_inserter(options),
                                   [](unsigned char c) { return std::toupper(c); });
        }
        return options;
    }

  private:
    Lexer lexer_;
    Token token_;
};

/// The statement that WITH belongs to.
std::string_view afterWith(Words words) {
    for (int depth = 0; !words.atEnd(); words.skip()) {
        depth += words.at('(') ? 1 : words.at(')') ? -1 : 0;
        if (depth == 0)
            for (const char* verb : {"INSERT", "UPDATE", "DELETE", "MERGE"})
                if (words.at(verb)) return words.text();
    }
    return "select";
}

struct Synonym {
    std::string_view word;
    const char* kind;
};
constexpr Synonym synonyms[] = {
    {"abort", "rollback"},       {"analyse", "analyze"},  {"close", "close_cursor"}, {"declare", "declare_cursor"},
    {"end", "commit"},           {"lock", "lock_table"},  {"table", "select"},       {"truncate", "truncate_table"},
    {"values", "select"},
};

/// Words between CREATE, ALTER or DROP and the type of object.
bool passOver(Words& words, std::string_view verb) {
    for (const char* word : {"OR", "REPLACE", "GLOBAL", "LOCAL", "TEMP", "TEMPORARY", "UNLOGGED", "RECURSIVE", "UNIQUE",
                             "CONSTRAINT", "TRUSTED", "PROCEDURAL"})
        if (words.take(word)) return true;
    return verb == "create" && words.take("DEFAULT");  // CREATE DEFAULT CONVERSION; not ALTER DEFAULT PRIVILEGES
}

const char* kindOf(Words words) {
    std::string kind = lower(words.text());
    if (kind == "(") return "select";
    if (kind == "with") kind = lower(afterWith(words));
    words.skip();
    for (const Synonym& synonym : synonyms)
        if (kind == synonym.word) return synonym.kind;
    if (kind == "grant" || kind == "revoke") return kindNamed(words.find("ON") ? kind : kind + "_role");
    const bool ofObject = kind == "create" || kind == "alter" || kind == "drop";
    while (ofObject && passOver(words, kind)) continue;
    const char* known = kindNamed(kind);
    if (ofObject && (words.at("USER") || words.at("GROUP"))) known = kindNamed(kind + "_role");
    constexpr int mostWords = 4;  // CREATE TEXT SEARCH CONFIGURATION has three after its verb
    Words ahead = words;
    for (int i = 0; i < mostWords && ahead.atWord(); i++) {
        kind += "_" + lower(ahead.text());
        ahead.skip();
        if (const char* longer = kindNamed(kind)) known = longer;
    }
    const char* const table = kindNamed("create_table");
    if (known == table) return words.find("AS") ? kindNamed("create_table_as") : table;
    return known ? known : "opaque";
}

// One function a kind; `words` stand behind the first word. The facts are those of parse_tree.cpp.

/// CREATE [UNIQUE] INDEX [CONCURRENTLY] [[IF NOT EXISTS] name] ON [ONLY] table
void createIndex(Words words, Statement& statement) {
    Details details{.kind = Details::Kind::createIndex};
    details.unique = words.take("UNIQUE");
    words.take("INDEX");
    if (!words.take("CONCURRENTLY")) return;
    details.ifExists = words.takeIfExists();
    if (!words.at("ON")) details.name = words.name();
    if (!words.take("ON")) return;
    words.take("ONLY");
    words.name(details.tableSchema, details.table);
    details.schema = details.tableSchema;
    runAlone(statement, std::move(details));
}

/// DROP INDEX [CONCURRENTLY] [IF EXISTS] name
void dropIndex(Words words, Statement& statement) {
    words.take("INDEX");
    if (!words.take("CONCURRENTLY")) return;
    Details details{.kind = Details::Kind::dropIndex};
    details.ifExists = words.takeIfExists();
    words.name(details.schema, details.name);
    runAlone(statement, std::move(details));
}

/// REINDEX [(options)] {INDEX | TABLE | SCHEMA | DATABASE | SYSTEM} [CONCURRENTLY] [name]
void reindex(Words words, Statement& statement) {
    bool concurrently = false;
    for (bool inside = words.take('('); inside && !words.atEnd() && !words.take(')');) {
        if (words.take("CONCURRENTLY"))
            concurrently = !words.at("OFF") && !words.at("FALSE") && words.text() != "0";
        else
            words.skip();
    }
    Details details;
    details.scope = lower(words.text());
    words.skip();
    concurrently |= words.take("CONCURRENTLY");
    if (!concurrently && (details.scope == "index" || details.scope == "table")) return;
    details.kind = concurrently ? Details::Kind::reindex : Details::Kind::repeatable;
    words.name(details.schema, details.name);
    runAlone(statement, std::move(details));
}

/// ALTER TABLE [IF EXISTS] [ONLY] table [*] DETACH PARTITION name {CONCURRENTLY | FINALIZE}
void alterTable(Words words, Statement& statement) {
    Details details{.kind = Details::Kind::detachPartition};
    words.take("TABLE");
    details.ifExists = words.takeIfExists();
    words.take("ONLY");
    words.name(details.tableSchema, details.table);
    words.take('*');
    if (!words.take("DETACH") || !words.take("PARTITION")) return;
    words.name(details.schema, details.name);
    if (words.at("CONCURRENTLY") || words.at("FINALIZE")) runAlone(statement, std::move(details));
}

/// verb TYPE [IF EXISTS] name
template <Details::Kind kind>
void named(Words words, Statement& statement) {
    words.skip();
    Details details{.kind = kind};
    details.ifExists = words.takeIfExists();
    details.name = words.name();
    runAlone(statement, std::move(details));
}

void alterDatabase(Words words, Statement& statement) {
    if (Words ahead = words; ahead.find("TABLESPACE")) named<Details::Kind::repeatable>(words, statement);
}

void alterSubscription(Words words, Statement& statement) {
    if (Words ahead = words; ahead.find("REFRESH")) named<Details::Kind::unknown>(words, statement);
}

void alterSystem(Words, Statement& statement) { runAlone(statement, {}); }
void vacuum(Words, Statement& statement) { runAlone(statement, {.kind = Details::Kind::repeatable}); }

void cluster(Words words, Statement& statement) {
    words.take("VERBOSE");
    if (words.atEnd()) runAlone(statement, {.kind = Details::Kind::repeatable});
}

void mayCommit(Words, Statement& statement) { statement.runs = Runs::mayCommit; }
void savepoint(Words, Statement& statement) { statement.runs = Runs::savepoint; }
void prepared(Words, Statement& statement) { forbid(statement, Forbidden::prepareTransaction); }

void begin(Words words, Statement& statement) { beginTransaction(statement, words.transactionOptions()); }

/// {COMMIT | END | ROLLBACK | ABORT} [WORK | TRANSACTION] [AND [NO] CHAIN | TO savepoint]
template <Runs runs>
void end(Words words, Statement& statement) {
    if (!words.take("WORK")) words.take("TRANSACTION");
    statement.runs = words.at("TO") ? Runs::savepoint : runs;
    if (words.take("AND") && words.at("CHAIN")) forbid(statement, Forbidden::chain);
}

void set(Words words, Statement& statement) {
    statement.session = !words.at("LOCAL") && !words.at("TRANSACTION");
}

void discard(Words words, Statement& statement) {
    statement.session = true;
    if (words.at("ALL")) forbid(statement, Forbidden::discardAll);
}

void select(Words words, Statement& statement) {
    for (; !words.atEnd() && !statement.session; words.skip()) statement.session = words.at("SET_CONFIG");
}

struct Reader {
    std::string_view kind;
    void (*read)(Words words, Statement& statement);
};

constexpr Reader readers[] = {
    {"alter_database", alterDatabase},
    {"alter_subscription", alterSubscription},
    {"alter_system", alterSystem},
    {"alter_table", alterTable},
    {"begin", begin},
    {"call", mayCommit},
    {"cluster", cluster},
    {"commit", end<Runs::commit>},
    {"commit_prepared", prepared},
    {"create_database", named<Details::Kind::createDatabase>},
    {"create_index", createIndex},
    {"create_subscription", named<Details::Kind::createSubscription>},
    {"create_tablespace", named<Details::Kind::createTablespace>},
    {"discard", discard},
    {"do", mayCommit},
    {"drop_database", named<Details::Kind::dropDatabase>},
    {"drop_index", dropIndex},
    {"drop_subscription", named<Details::Kind::dropSubscription>},
    {"drop_tablespace", named<Details::Kind::dropTablespace>},
    {"prepare_transaction", prepared},
    {"reindex", reindex},
    {"release", savepoint},
    {"reset", set},
    {"rollback", end<Runs::rollback>},
    {"rollback_prepared", prepared},
    {"savepoint", savepoint},
    {"select", select},
    {"set", set},
    {"start_transaction", begin},
    {"vacuum", vacuum},
};

}  // namespace

void readWords(std::string_view text, Statement& statement) {
    Words words(text);
    statement.kind = kindOf(words);
    words.skip();
    const auto reader = std::ranges::find(readers, std::string_view(statement.kind), &Reader::kind);
    if (reader != std::end(readers)) reader->read(words, statement);
}

std::string transactionOptions(std::string_view text) {
    Words words(text);
    words.skip();
    return words.transactionOptions();
}

}  // namespace slipway::postgres
