// Into which partitions rows go, and in which a query looks.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engines/postgres/predict/tree.h"
#include "engines/postgres/predict/world.h"

namespace slipway::postgres {

/// What a PartitionBoundSpec node says.
PartitionBound boundOf(const Node& bound);

/// A constant's text, without quotes and casts; nullopt for anything else, NULL included.
std::optional<std::string> constantOf(const Node& expression);

/// <0, 0, >0; nullopt where only the type or its collation could tell.
std::optional<int> compareConstants(const std::string& a, const std::string& b);

/// What is known of a value before the statement runs.
struct KnownValue {
    enum class Kind { constant, null, unknown } kind = Kind::unknown;
    std::string text;
};

/// Relations found, parents first, without the one that was asked about.
struct Partitions {
    std::vector<Id> found;
    bool certain = true;  ///< false: `found` has all that are possible
};

/// The partition in which a row goes, with those between. `valueOf` tells the value of a column by its name.
Partitions partitionsOf(const World& world, Id partitioned,
                        const std::function<KnownValue(const std::string&)>& valueOf);

/// The partitions that the planner leaves when it knows these conditions on columns of `partitioned` (partprune.c). A
/// condition "=" without values compares with what is only known at run time.
Partitions prune(const World& world, Id partitioned, const std::vector<Conjunct>& conditions);

}  // namespace slipway::postgres
