// What a prediction and an observation of one statement disagree about.
#pragma once

#include <string>

#include "engines/postgres/predict.h"

namespace slipway::tests {

/// Whether the prediction tells at least all that was seen. A statement about rows does more where there are some to set
/// off triggers and cascades.
bool covers(const StatementEffects& predicted, const StatementEffects& observed);

/// A line for each relation on which the two do not say the same, indented by four; "" when they agree. What the observer
/// cannot see is not compared; `alone`: the statement ran outside transactions.
std::string disagreements(const postgres::Predicted& predicted, const StatementEffects& observed, bool alone);

}  // namespace slipway::tests
