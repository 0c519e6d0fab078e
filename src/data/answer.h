// What a declared query says.
#pragma once

#include <string>

#include "engines/engine.h"

namespace slipway::data {

/// The answer of a query, or why there is none.
struct Answer {
    std::string text;    ///< for people: "50000"; cells parted by " | ", rows by line ends, NULL for a null
    std::string digest;  ///< tells apart what the text may not: a null from the word NULL
    size_t rows = 0;
    std::string sqlstate;  ///< of the server's refusal
    std::string problem;   ///< why there is no answer; empty when there is one
    bool given() const { return problem.empty(); }
};

/// Asks and leaves no trace: in an open transaction the query runs under a savepoint and is rolled back to it, else
/// in a transaction of its own that only reads. A query that fails, or answers with more than a thousand rows, is an
/// Answer with a problem; a lost connection and an interrupt are thrown.
Answer ask(postgres::Connection& connection, const std::string& sql);

/// Whether an answer is what somebody wrote down: "empty" for no rows, else the text; "true" and "false" for booleans.
bool agrees(const Answer& answer, const std::string& expected);

/// An answer or expectation in a message: in quotes, cut to a line's length.
std::string shown(const std::string& text);

}  // namespace slipway::data
