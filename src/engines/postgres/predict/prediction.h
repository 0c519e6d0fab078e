// One statement being played through on a World: what it touches, and how.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "engines/postgres/predict/session.h"
#include "engines/postgres/predict/tree.h"
#include "engines/postgres/predict/world.h"
#include "model/effect.h"

namespace slipway::postgres {

class Describer;

/// Ends the playing of a statement that cannot run: what the server would say, and where in the statement.
struct CannotRun {
    std::string rule;     ///< "unknown-object", "duplicate-object" ...
    std::string message;
    std::string help;
    int64_t location = -1;  ///< a byte of the statement's text; -1: the statement as a whole
};

/// Collects the effects of one statement while the functions of this folder play it. Relations that were made since
/// World::settle() have no effects: nobody else can see them, or waits for them.
class Prediction {
  public:
    Prediction(World& world, SessionState& session) : world(world), session(session), version(world.serverVersion) {}

    World& world;
    SessionState& session;
    const int version;  ///< major

    void lock(Id relation, LockMode mode);
    /// Whether a lock on it was told.
    bool locked(Id relation) const { return effects_.contains(relation); }
    /// The relation and all that inherit from it or are partitions of it.
    void lockWithDescendants(Id relation, LockMode mode);
    void rewrite(Id relation);
    void scan(Id relation);
    void rebuild(Id index);
    void drop(Id relation);  ///< to be told before it leaves the world
    /// An index was made: under the name of one that this statement dropped, it is that one built anew, as it looks to
    /// everybody else.
    void madeIndex(Id index);
    /// To be told before it gets its new name.
    void rename(Id relation, const std::string& newName);

    /// There may be more or less than what was told. The first reason is kept.
    void uncertain(std::string why);
    bool certain() const { return why_.empty(); }

    /// How often something new was told. The same number later says that nothing was told meanwhile.
    size_t told() const { return told_; }

    /// Everything that was told, sorted by relation. To be asked for once, at the end.
    StatementEffects take();

    Describer* describer = nullptr;  ///< is told of each statement before it is played
    int depth = 0;  ///< of functions calling functions
    std::set<std::pair<Id, std::string>> functionsPlayed;  ///< with the event of a trigger: each once
    std::string triggerEvent;  ///< "INSERT" ... while the function of a trigger is played: what it sees as TG_OP

  private:
    /// Notes a value in an effect on the relation.
    template <class T>
    void tell(Id relation, T Effect::*what, const T& value);

    std::unordered_map<Id, Effect> effects_;
    size_t told_ = 0;
    std::string why_;
};

/// Plays one statement of the parse tree: tells its effects to `prediction` and changes the world as the server would
/// change its catalog. Throws CannotRun when a server would refuse it, with the world perhaps half changed.
/// `text` is the statement's own text.
void play(Prediction& prediction, const Node& statement, std::string_view text);

}  // namespace slipway::postgres
