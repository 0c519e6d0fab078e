// How statements stand to transactions, for the two readers: of the parse tree and of the first words.
#pragma once

#include "model/statement.h"

namespace slipway::postgres {

/// What no migration may do.
enum class Forbidden {
    prepareTransaction,  ///< PREPARE TRANSACTION, COMMIT PREPARED, ROLLBACK PREPARED
    chain,               ///< COMMIT AND CHAIN, ROLLBACK AND CHAIN
    discardAll           ///< DISCARD ALL
};

/// Marks the statement as forbidden, with the reason.
void forbid(Statement& statement, Forbidden what);

/// Marks the statement as one that PostgreSQL refuses inside a transaction block.
void runAlone(Statement& statement, NonTransactional details);

/// Marks the statement as the beginning of a transaction, with its options.
void beginTransaction(Statement& statement, std::string options);

}  // namespace slipway::postgres
