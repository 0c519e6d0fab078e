// What making and attaching partitions share.
#pragma once

#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

/// Makes `child` a partition of `parent`, but for the columns: the look at the default partition, the proof or the scan of what
/// was there before, indexes, foreign keys and triggers. `isNew`: the table is made by this statement.
void becomePartition(Prediction& prediction, Id child, Id parent, const Node& bound, bool isNew);

/// What becomePartition() would prove: that the rows of `child` fit the bound, that those of the default partition do not.
std::pair<bool, bool> partitionProofs(const World& world, Id child, Id parent, const Node& bound);

/// Gives `child` its part of an index with expressions or a predicate.
void copyExpressionIndex(Prediction& prediction, Id source, Id child);

}  // namespace slipway::postgres
