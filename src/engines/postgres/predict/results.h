// What a query gives back, and what making its result reads.
#pragma once

#include <string>
#include <vector>

#include "engines/postgres/predict/queries.h"

namespace slipway::postgres {

/// The locks that the analysis of a query takes, before anybody plans or runs it: on what it names, not on indexes.
/// A name that is not in the world ends the statement, where the world is complete.
void lockNamed(Prediction& prediction, const QueryUse& use);

/// The locks that checking the body of an SQL function takes when it is created: what its statements name, through views.
void lockFunctionBody(Prediction& prediction, Id function);

/// Tells that the tables behind the query, through views, are read whole: for CREATE TABLE AS and REFRESH.
void scanSources(Prediction& prediction, const Uses& uses);

}  // namespace slipway::postgres
