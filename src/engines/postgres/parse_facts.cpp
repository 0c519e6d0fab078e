#include "engines/postgres/parse_facts.h"

namespace slipway::postgres {

namespace {

using Text = std::shared_ptr<const std::string>;

const Text& reason(Forbidden what) {
    static const Text prepare = std::make_shared<const std::string>(
        "a prepared transaction outlives the run: it keeps its locks and holds back VACUUM until somebody ends it");
    static const Text chain = std::make_shared<const std::string>(
        "AND CHAIN opens the next transaction by itself, and Slipway must know where each begins and ends");
    static const Text discard = std::make_shared<const std::string>(
        "DISCARD ALL would free the release lock, which keeps other runs out; RESET ALL resets the settings alone");
    switch (what) {
        case Forbidden::prepareTransaction: return prepare;
        case Forbidden::chain: return chain;
        case Forbidden::discardAll: break;
    }
    return discard;
}

}  // namespace

void forbid(Statement& statement, Forbidden what) {
    statement.runs = Runs::forbidden;
    statement.why = reason(what);
}

void runAlone(Statement& statement, NonTransactional details) {
    statement.runs = Runs::alone;
    statement.alone = std::make_shared<const NonTransactional>(std::move(details));
}

void beginTransaction(Statement& statement, std::string options) {
    static const Text none = std::make_shared<const std::string>();
    statement.runs = Runs::begin;
    statement.begin = options.empty() ? none : std::make_shared<const std::string>(std::move(options));
}

}  // namespace slipway::postgres
