// What functions do when they are called.

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "engines/postgres/lexer.h"
#include "engines/postgres/predict/parsed.h"
#include "engines/postgres/predict/plpgsql.h"
#include "engines/postgres/predict/query_effects.h"
#include "engines/postgres/predict/results.h"

namespace slipway::postgres {

namespace {

constexpr int deepest = 32;  ///< of functions calling functions

/// Puts things back when the function was played. What it sets outlives it, but for a function with settings of its
/// own.
class Inside {
  public:
    explicit Inside(Prediction& prediction, bool keepsSession = false) : prediction_(prediction) {
        ++prediction_.depth;
        if (keepsSession) session_ = prediction.session;
    }
    ~Inside() {
        --prediction_.depth;
        if (session_) prediction_.session = *session_;
    }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

  private:
    Prediction& prediction_;
    std::optional<SessionState> session_;
};

/// The settings of a function hold while it runs: "search_path=app, public".
void apply(const WorldFunction& function, SessionState& session) {
    constexpr std::string_view path = "search_path=";
    for (const std::string& each : function.settings)
        if (each.starts_with(path)) session.searchPath = searchPathOf(std::string_view(each).substr(path.size()));
}

void playStatements(Prediction& prediction, std::string_view body, const std::string& name) {
    const Parsed parsed = Parsed::sql(body);
    if (!parsed.error().empty())
        return prediction.uncertain(fmt::format("{} cannot be read: {}", name, parsed.error()));
    for (const Parsed::Statement& each : parsed.statements())
        play(prediction, each.node, body.substr(each.begin, each.length));
}

/// BEGIN ATOMIC ... END, and RETURN: `definition` is the whole CREATE FUNCTION.
void playAtomic(Prediction& prediction, const std::string& definition, const std::string& name) {
    const Parsed parsed = Parsed::sql(definition);
    if (parsed.statements().empty())
        return prediction.uncertain(fmt::format("{} cannot be read: {}", name, parsed.error()));
    const Node body = parsed.statements().front().node.node("sql_body");
    if (body.is("ReturnStmt")) {
        const Uses uses = usesOfExpression(prediction.world, prediction.session, body.node("returnval"), 0);
        return playExpression(prediction, uses);
    }
    for (const Node& list : body.list("items"))
        for (const Node& each : list.list("items")) play(prediction, each, definition);
}

std::string dollarQuoted(std::string_view body) {
    std::string tag = "$body$";
    while (body.find(tag) != std::string_view::npos) tag.insert(tag.size() - 1, "_");
    return tag + std::string(body) + tag;
}

/// libpg_query (15-4.0.0) knows no OUT parameters: it takes RETURN NEXT without an expression for an error. For what is
/// done it is as good as NULL.
std::string withoutBareReturnNext(std::string body) {
    Lexer lexer(body);
    Token before, token;
    std::vector<std::pair<size_t, size_t>> found;
    size_t begin = 0;
    for (Token next = lexer.next(); next.kind != Token::Kind::end && next.kind != Token::Kind::unterminated;
         next = lexer.next()) {
        if (lexer.is(before, "RETURN") && lexer.is(token, "NEXT") && lexer.is(next, ';'))
            found.emplace_back(begin, token.end);
        before = token;
        token = next;
        begin = before.begin;
    }
    for (const auto& [from, to] : found) {
        for (size_t i = from; i < to; ++i)
            if (body[i] != '\n') body[i] = ' ';
        body.replace(from, 4, "NULL");
    }
    return body;
}

/// A CREATE FUNCTION with that body which libpg_query reads: argument names count, types do not.
std::string definitionFor(const WorldFunction& function) {
    std::string arguments;
    for (const std::string& each : function.argumentNames)
        if (!each.empty()) arguments += fmt::format("{}{} int", arguments.empty() ? "" : ", ", sqlName(each));
    const bool hasResults = function.argumentNames.size() > function.arguments.size();
    const std::string_view type = function.returns.builtin;
    std::string_view returns = "int";
    if (function.returnsTrigger)
        returns = "trigger";
    else if (function.returnsSet || function.returnsTable)
        returns = "SETOF int";
    else if (type == "event_trigger")
        returns = type;
    else if (type == "void" || hasResults || function.kind == FunctionKind::procedure)
        returns = "void";
    return fmt::format("CREATE FUNCTION f({}) RETURNS {} LANGUAGE plpgsql AS {}", arguments, returns,
                       dollarQuoted(withoutBareReturnNext(function.body)));
}

void playPlpgsql(Prediction& prediction, const std::string& definition, const std::string& name) {
    const Parsed parsed = Parsed::plpgsql(definition);
    if (!parsed.error().empty() || parsed.statements().empty())
        return prediction.uncertain(fmt::format("{} cannot be read: {}", name, parsed.error()));
    PlpgsqlPlayer(prediction, name).play(parsed.statements().front().node);
}

}  // namespace

void playFunction(Prediction& prediction, Id id) {
    if (!prediction.world.functions.contains(id)) return;
    const WorldFunction function = prediction.world.functions.at(id);
    if (!prediction.functionsPlayed.emplace(id, function.returnsTrigger ? prediction.triggerEvent : "").second) return;
    const std::string name = fmt::format("{} {}", nameOf(function.kind), prediction.world.shown(id));
    if (prediction.depth > deepest)
        return prediction.uncertain(
            fmt::format("{} is called by functions that call functions, too deeply to be followed", name));
    if (function.aggregate || function.language == "internal") return;
    const Inside inside(prediction, !function.settings.empty());
    apply(function, prediction.session);
    try {
        if (function.language == "sql")
            playStatements(prediction, function.body, name);
        else if (function.language == "sql atomic")
            playAtomic(prediction, function.body, name);
        else if (function.language == "plpgsql")
            playPlpgsql(prediction, definitionFor(function), name);
        else
            prediction.uncertain(
                fmt::format("{} is written in {}", name,
                            function.language.empty() ? "a language that is not known" : function.language));
    } catch (const CannotRun& reason) {
        prediction.uncertain(fmt::format("{} may not run: {}", name, reason.message));
    }
}

void lockFunctionBody(Prediction& prediction, Id id) {
    const WorldFunction function = prediction.world.functions.at(id);
    const Parsed parsed = Parsed::sql(function.body);
    SessionState session = prediction.session;
    apply(function, session);
    std::swap(session, prediction.session);
    const auto restore = [&] { std::swap(session, prediction.session); };
    try {
        for (const Parsed::Statement& each : parsed.statements())
            for (const char* type : {"SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"})
                if (each.node.is(type)) analyseQuery(prediction, each.node);
    } catch (CannotRun& reason) {
        // Places in the body say nothing about the whole.
        reason.location = -1;
        restore();
        throw;
    }
    restore();
}

void playBlock(Prediction& prediction, std::string_view language, std::string_view body) {
    if (!language.empty() && language != "plpgsql")
        return prediction.uncertain(fmt::format("the DO block is written in {}", language));
    const Inside inside(prediction);
    try {
        playPlpgsql(prediction, fmt::format("DO {}", dollarQuoted(body)), "the DO block");
    } catch (CannotRun& reason) {
        // Places in the body's statements say nothing about the whole.
        reason.location = -1;
        throw;
    }
}

}  // namespace slipway::postgres
