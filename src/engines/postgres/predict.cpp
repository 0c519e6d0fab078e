#include "engines/postgres/predict.h"

#include <simdjson.h>

#include "engines/postgres/describe/describe.h"
#include "engines/postgres/parse.h"
#include "engines/postgres/parse_tree.h"
#include "engines/postgres/parse_words.h"
#include "engines/postgres/parser_thread.h"
#include "engines/postgres/predict/newer_syntax.h"
#include "engines/postgres/predict/parsed.h"
#include "engines/postgres/predict/prediction.h"

namespace slipway::postgres {

struct Predictor::State {
    World world;
    SessionState session;  ///< as each script finds it: Slipway restores it between two
};

Predictor::Predictor(std::unique_ptr<State> state) : state_(std::move(state)) {}
Predictor::Predictor(int serverMajor, bool complete) : state_(std::make_unique<State>()) {
    state_->world.serverVersion = serverMajor;
    state_->world.complete = complete;
}
Predictor::~Predictor() = default;
Predictor::Predictor(Predictor&&) noexcept = default;
Predictor& Predictor::operator=(Predictor&&) noexcept = default;

namespace {

/// Plays one script on the parser's thread.
class Player {
  public:
    Player(World& world, SessionState& session, const ScriptText& script, bool describes, bool plays = true)
        : world_(world), session_(session), script_(script), describes_(describes), plays_(plays) {}

    Predicted play(const Piece& piece) {
        Predicted predicted;
        Statement& statement = predicted.statement;
        statement.span = piece.span;
        statement.data = piece.data;
        statement.copyIn = piece.copyIn;
        const std::string_view text = piece.span.of(script_.text);
        Prediction prediction(world_, session_);
        if (describes_) prediction.describer = &describer_;
        std::string error = read(text, statement);
        std::optional<std::string> older;
        if (!error.empty()) older = inOlderSyntax(text, world_.serverVersion);
        if (older && read(*older, statement).empty()) error.clear();
        if (!error.empty()) {
            readWords(text, statement);
            statement.why = std::make_shared<const std::string>(error);
            prediction.uncertain(error);
        } else {
            playTree(prediction, predicted, text);
        }
        predicted.effects = prediction.effects();
        predicted.changes = describer_.take();
        return predicted;
    }

  private:
    std::string read(std::string_view text, Statement& statement) {
        if (text.size() > ParserThread::instance().largestStatement()) return "it is too large to be parsed";
        return reader_.read(text, statement);
    }

    void playTree(Prediction& prediction, Predicted& predicted, std::string_view text) {
        simdjson::dom::element tree;
        const std::string_view json = reader_.tree();
        simdjson::dom::array statements;
        // The tree has simdjson's padding behind it, so it need not be copied, unless constants in it must be repaired.
        const bool repair = json.find(":{}") != std::string_view::npos && text.find('-') != std::string_view::npos;
        const auto result = repair ? parser_.parse(withNegativeConstants(json, text)) : parser_.parse(json.data(), json.size(), false);
        if (result.get(tree) != simdjson::SUCCESS || tree["stmts"].get(statements) != simdjson::SUCCESS)
            return prediction.uncertain("it nests too deeply to be read here");
        for (simdjson::dom::element raw : statements) {
            const Node node = Node(raw).node("stmt");
            try {
                if (plays_) slipway::postgres::play(prediction, node, text);
                else describer_.describe(world_, session_, node, false);
            } catch (const CannotRun& refusal) {
                predicted.problem = findingOf(refusal, predicted.statement);
            }
        }
    }

    Finding findingOf(const CannotRun& refusal, const Statement& statement) const {
        Finding finding;
        finding.rule = refusal.rule;
        finding.severity = Severity::error;
        finding.message = refusal.message;
        finding.help = refusal.help;
        finding.file = script_.file;
        const size_t within = refusal.location > 0 ? static_cast<size_t>(refusal.location) : 0;
        const Position position = script_.positionOf(std::min<size_t>(statement.span.begin + within, statement.span.end));
        finding.line = position.line;
        finding.column = position.column;
        return finding;
    }

    World& world_;
    SessionState& session_;
    const ScriptText& script_;
    bool describes_, plays_;
    Describer describer_;
    TreeReader reader_;
    simdjson::dom::parser parser_;
};

}  // namespace

std::vector<Predicted> Predictor::play(const ScriptText& script) {
    std::vector<Predicted> predicted;
    play(script, [&](Predicted&& one) { predicted.push_back(std::move(one)); });
    return predicted;
}

void Predictor::play(const ScriptText& script, const std::function<void(Predicted&&)>& take) {
    const std::vector<Piece> pieces = split(script);
    SessionState session = state_->session;
    ParserThread::instance().run([&] {
        Player player(state_->world, session, script, true);
        for (const Piece& piece : pieces) take(player.play(piece));
    });
}

std::vector<Predicted> Predictor::describe(const ScriptText& script) const {
    const std::vector<Piece> pieces = split(script);
    SessionState session = state_->session;
    std::vector<Predicted> described;
    ParserThread::instance().run([&] {
        Player player(state_->world, session, script, true, false);
        for (const Piece& piece : pieces) described.push_back(player.play(piece));
    });
    return described;
}

void Predictor::replay(const ScriptText& script) {
    const std::vector<Piece> pieces = split(script);
    SessionState session = state_->session;
    ParserThread::instance().run([&] {
        Player player(state_->world, session, script, false);
        for (const Piece& piece : pieces) player.play(piece);
    });
}

void Predictor::beginSessionsWith(const ScriptText& settings) {
    const std::vector<Piece> pieces = split(settings);
    ParserThread::instance().run([&] {
        Player player(state_->world, state_->session, settings, false);
        for (const Piece& piece : pieces) player.play(piece);
    });
}

void Predictor::becomeIncomplete() { state_->world.complete = false; }

void Predictor::settle() { state_->world.settle(); }

Catalog Predictor::catalog() const { return catalogOf(state_->world); }

Predictor Predictor::fork() const { return Predictor(std::make_unique<State>(*state_)); }

}  // namespace slipway::postgres
