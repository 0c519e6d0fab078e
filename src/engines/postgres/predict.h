// What statements will do, told without a server.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/catalog.h"
#include "model/change.h"
#include "model/effect.h"
#include "model/finding.h"
#include "model/script.h"
#include "model/statement.h"

namespace slipway::postgres {

/// One statement of a script with its effects.
struct Predicted {
    Statement statement;
    StatementEffects effects;
    std::vector<Change> changes;     ///< what it asks for, before it happens
    std::optional<Finding> problem;  ///< why a server would refuse it
};

/// Plays the statements of scripts on a catalog that starts empty, or with what a snapshot says, and grows with each
/// (docs/decisions/0008). Effects are judged against the state at the last settle(): what was made since is nobody's
/// business yet, so it has none.
class Predictor {
  public:
    /// `serverMajor`: 13 to 18. With `complete`, what no statement made does not exist, and naming it is a problem.
    /// Otherwise it may well be in the database, and the effects on it are told as uncertain.
    Predictor(int serverMajor, bool complete);
    ~Predictor();
    Predictor(Predictor&&) noexcept;
    Predictor& operator=(Predictor&&) noexcept;

    /// All statements of a script, in order, in a session of its own. After one that a server would refuse the rest is
    /// played nevertheless, on what that one left.
    /// Throws what split() throws, for a text that cannot be cut into statements.
    std::vector<Predicted> play(const ScriptText& script);

    /// The same, one after the other, so that not all of a large script's are in memory at once. `take` is called on the
    /// parser's thread, where it must not parse.
    void play(const ScriptText& script, const std::function<void(Predicted&&)>& take);

    /// What each statement asks for where the world stands now, without playing it: no effects, and the next one finds
    /// what the first found.
    std::vector<Predicted> describe(const ScriptText& script) const;

    /// The same without telling effects: for what was applied long ago.
    void replay(const ScriptText& script);

    /// From now on, what no statement made may well be in the database, as with complete = false from the beginning.
    void becomeIncomplete();

    /// Effects are judged against the state as it is now.
    void settle();

    /// SQL that every script's session begins with: a search_path, a role.
    void beginSessionsWith(const ScriptText& settings);

    /// The catalog as it stands: in structure, without the text of expressions.
    Catalog catalog() const;

    /// An independent copy.
    Predictor fork() const;

  private:
    struct State;
    explicit Predictor(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace slipway::postgres
