// What the first words of a statement say about it, where the parser is not asked or has no answer.
#pragma once

#include <string>
#include <string_view>

#include "model/statement.h"

namespace slipway::postgres {

/// Fills in kind, runs, session and the details of `statement`, whose text is `text`. What cannot be told from words
/// is taken to be an ordinary transactional statement: the server says so when it is not.
void readWords(std::string_view text, Statement& statement);

/// The options of BEGIN and START TRANSACTION in upper case: "ISOLATION LEVEL SERIALIZABLE, READ ONLY".
std::string transactionOptions(std::string_view text);

}  // namespace slipway::postgres
