#include "engines/postgres/parse.h"

#include "base/text.h"
#include "engines/postgres/parse_tree.h"
#include "engines/postgres/parse_words.h"
#include "engines/postgres/parser_thread.h"

namespace slipway::postgres {

namespace {

/// The kind of an INSERT, UPDATE or DELETE, nullptr for all else. Their first word tells all that is wanted here, and
/// with the parser a script of half a million rows takes ten times as long to read (bench/split_bench.cpp).
const char* plainChange(std::string_view text) {
    for (const char* kind : {"insert", "update", "delete"})
        if (equalsIgnoringCase(text.substr(0, 6), kind)) return kind;
    return nullptr;
}

void classifyInto(TreeReader& reader, std::string_view text, Statement& statement) {
    if (const char* kind = plainChange(text)) {
        statement.kind = kind;
        return;
    }
    std::string why = text.size() > ParserThread::instance().largestStatement()
                          ? "it is too large to be parsed and was told by its first words"
                          : reader.read(text, statement);
    if (why.empty()) return;
    readWords(text, statement);
    if (!statement.why) statement.why = std::make_shared<const std::string>(std::move(why));
}

}  // namespace

std::vector<Statement> parse(const ScriptText& script) {
    const std::vector<Piece> pieces = split(script);
    std::vector<Statement> statements;
    if (pieces.empty()) return statements;
    statements.reserve(pieces.size());
    ParserThread::instance().run([&] {
        TreeReader reader;
        for (const Piece& piece : pieces) {
            Statement& statement = statements.emplace_back();
            statement.span = piece.span;
            statement.data = piece.data;
            statement.copyIn = piece.copyIn;
            classifyInto(reader, piece.span.of(script.text), statement);
        }
    });
    return statements;
}

Statement classify(std::string_view text) {
    Statement statement;
    statement.span = {0, static_cast<uint32_t>(text.size())};
    ParserThread::instance().run([&] {
        TreeReader reader;
        classifyInto(reader, text, statement);
    });
    return statement;
}

}  // namespace slipway::postgres
