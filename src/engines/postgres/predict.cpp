#include "engines/postgres/predict.h"

#include <simdjson.h>

#include "engines/postgres/describe/describe.h"
#include "engines/postgres/parser_thread.h"
#include "engines/postgres/predict/parsed.h"
#include "engines/postgres/predict/prediction.h"
#include "engines/postgres/predict/read_ahead.h"

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

/// What is done with statements.
enum class Work { play, describe, both };

/// Plays the statements of one script.
class Player {
  public:
    Player(World& world, SessionState& session, const ScriptText& script, Work work)
        : world_(world), session_(session), script_(script), work_(work), places_(script) {}

    Predicted play(const ReadStatement& read) {
        Predicted predicted{.statement = read.statement};
        Prediction prediction(world_, session_);
        if (work_ == Work::both) prediction.describer = &describer_;
        if (read.problem.empty())
            playTree(prediction, predicted, read);
        else
            prediction.uncertain(read.problem);
        predicted.effects = prediction.take();
        predicted.changes = describer_.take();
        return predicted;
    }

  private:
    void playTree(Prediction& prediction, Predicted& predicted, const ReadStatement& read) {
        simdjson::dom::element tree;
        simdjson::dom::array statements;
        const std::string& json = read.tree;
        const std::string_view text = read.statement.span.of(script_.text);
        // The tree has simdjson's padding behind it, so it need not be copied, unless constants in it must be repaired.
        const bool repair = text.find('-') != std::string_view::npos && json.find(":{}") != std::string_view::npos;
        const auto result = repair ? parser_.parse(withNegativeConstants(json, text)) : parser_.parse(json.data(), json.size(), false);
        if (result.get(tree) != simdjson::SUCCESS || tree["stmts"].get(statements) != simdjson::SUCCESS)
            return prediction.uncertain("it nests too deeply to be read here");
        for (simdjson::dom::element raw : statements) {
            const Node node = Node(raw).node("stmt");
            try {
                if (work_ == Work::describe) describer_.describe(world_, session_, node, false);
                else slipway::postgres::play(prediction, node, text);
            } catch (const CannotRun& refusal) {
                predicted.problem = findingOf(refusal, predicted.statement);
            }
        }
    }

    Finding findingOf(const CannotRun& refusal, const Statement& statement) {
        Finding finding;
        finding.rule = refusal.rule;
        finding.severity = Severity::error;
        finding.message = refusal.message;
        finding.help = refusal.help;
        finding.file = script_.file;
        const size_t within = refusal.location > 0 ? static_cast<size_t>(refusal.location) : 0;
        const Position position = places_.positionOf(std::min<size_t>(statement.span.begin + within, statement.span.end));
        finding.line = position.line;
        finding.column = position.column;
        return finding;
    }

    World& world_;
    SessionState& session_;
    const ScriptText& script_;
    Work work_;
    Describer describer_;
    LineCounter places_;
    simdjson::dom::parser parser_;
};

/// Plays all statements of a script, which are parsed ahead where that is worth a second thread.
void playAll(World& world, SessionState& session, const ScriptText& script, Work work, const std::function<void(Predicted&&)>& take) {
    constexpr size_t worthReadingAhead = 200;
    const std::vector<Piece> pieces = split(script);
    Player player(world, session, script, work);
    StatementReader reader(script, world.serverVersion);
    if (pieces.size() < worthReadingAhead)
        return ParserThread::instance().run([&] {
            ReadStatement read;
            for (const Piece& piece : pieces) {
                reader.read(piece, read);
                take(player.play(read));
            }
        });
    ReadAhead ahead;
    const auto play = [&] {
        const struct AtEnd {
            ReadAhead& ahead;
            ~AtEnd() { ahead.stop(); }
        } atEnd{ahead};
        for (size_t i = 0; i < pieces.size(); ++i) take(player.play(ahead.next()));
    };
    ParserThread::runBoth(play, [&] { ahead.readAll(reader, pieces); });
}

}  // namespace

std::vector<Predicted> Predictor::play(const ScriptText& script) {
    std::vector<Predicted> predicted;
    play(script, [&](Predicted&& one) { predicted.push_back(std::move(one)); });
    return predicted;
}

void Predictor::play(const ScriptText& script, const std::function<void(Predicted&&)>& take) {
    SessionState session = state_->session;
    playAll(state_->world, session, script, Work::both, take);
}

std::vector<Predicted> Predictor::describe(const ScriptText& script) const {
    SessionState session = state_->session;
    std::vector<Predicted> described;
    playAll(state_->world, session, script, Work::describe, [&](Predicted&& one) { described.push_back(std::move(one)); });
    return described;
}

void Predictor::replay(const ScriptText& script) {
    SessionState session = state_->session;
    playAll(state_->world, session, script, Work::play, [](Predicted&&) {});
}

void Predictor::beginSessionsWith(const ScriptText& settings) {
    playAll(state_->world, state_->session, settings, Work::play, [](Predicted&&) {});
}

void Predictor::becomeIncomplete() { state_->world.complete = false; }

void Predictor::settle() { state_->world.settle(); }

Catalog Predictor::catalog() const { return catalogOf(state_->world); }

Predictor Predictor::fork() const { return Predictor(std::make_unique<State>(*state_)); }

}  // namespace slipway::postgres
