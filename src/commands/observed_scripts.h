// Scripts run statement by statement on a database that may be thrown away, and what each statement was seen to do.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engines/engine.h"
#include "engines/postgres/observe.h"
#include "model/script.h"

namespace slipway::commands {

class ObservedScripts {
  public:
    /// `session` holds the settings that each script's session begins with.
    ObservedScripts(postgres::Connection& connection, postgres::Observer::Connect another, std::vector<std::string> session);

    /// What is there now is what was there before the release; what comes later is left out of the effects.
    void settle();

    /// Begins a script with a session as it was at first.
    void begin();

    /// Runs one statement and tells what it did to what was there before the release. Throws what postgres::Observer
    /// throws, with the place in the script.
    StatementEffects run(const ScriptText& script, const Statement& statement);

    /// Runs a whole script without looking.
    void replay(const ScriptText& script);

  private:
    postgres::Connection& connection_;
    postgres::Observer observer_;
    std::string reset_;
    std::set<std::string> there_;  ///< by the names that they have now
};

}  // namespace slipway::commands
