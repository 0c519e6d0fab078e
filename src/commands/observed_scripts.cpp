#include "commands/observed_scripts.h"

#include "apply/statements.h"
#include "engines/postgres/observe_relations.h"

namespace slipway::commands {

ObservedScripts::ObservedScripts(postgres::Connection& connection, postgres::Observer::Connect another, std::vector<std::string> session)
    : connection_(connection), observer_(connection, std::move(another)), reset_("RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL;") {
    for (const std::string& setting : session) reset_ += setting + ";";
    settle();
}

void ObservedScripts::settle() {
    there_.clear();
    for (const auto& [oid, relation] : postgres::readRelations(connection_)) there_.insert(relation.name);
}

void ObservedScripts::begin() {
    observer_.scriptEnded();
    connection_.run(reset_);
}

StatementEffects ObservedScripts::run(const ScriptText& script, const Statement& statement) {
    StatementEffects seen;
    try {
        seen = observer_.observe(statement, statement.span.of(script.text), statement.data.of(script.text)).effects;
    } catch (Error& error) {
        apply::locate(error, script, statement);
        throw;
    }
    std::erase_if(seen.effects, [&](const Effect& effect) { return !there_.contains(effect.relation); });
    for (const Effect& effect : seen.effects)
        if (effect.drops || !effect.renamedTo.empty()) there_.erase(effect.relation);
    for (const Effect& effect : seen.effects)
        if (!effect.renamedTo.empty()) there_.insert(effect.renamedTo);
    return seen;
}

void ObservedScripts::replay(const ScriptText& script) {
    begin();
    for (const Statement& statement : postgres::parse(script)) {
        const std::string_view text = statement.span.of(script.text);
        statement.copyIn ? connection_.copyIn(text, statement.data.of(script.text)) : connection_.run(text);
    }
    if (connection_.transaction() != postgres::Transaction::idle) connection_.run("COMMIT");
}

}  // namespace slipway::commands
