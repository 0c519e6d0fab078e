// What the files that tell the locks of queries share.
#pragma once

#include <string>
#include <vector>

#include "engines/postgres/predict/queries.h"

namespace slipway::postgres {

/// How far a query gets: PREPARE and making a function analyse it, EXPLAIN plans it.
enum class Stage : uint8_t { analyse, plan, run };

/// How a query looks at a relation.
struct Look {
    LockMode mode = LockMode::accessShare;
    bool only = false;
    bool planned = true;  ///< the planner opens its indexes and what inherits from it
    std::vector<Conjunct> conditions;
};

/// The locks of reading a relation: a view with all it reads, inheritors and partitions, indexes.
void readRelation(Prediction& prediction, Id relation, const Look& look);

/// The relation and what a query on it touches below it. Makes the prediction uncertain where only the rows decide.
std::vector<Id> touchedBy(Prediction& prediction, Id relation, bool only, const std::vector<Conjunct>& conditions);

/// The relation itself and the indexes that the planner opens with it. `only`: without its partitions.
void lockPlanned(Prediction& prediction, Id relation, LockMode mode, bool only);

/// The functions among these objects are called, the sequences advanced.
void evaluate(Prediction& prediction, const std::vector<Id>& needed);

/// The relations and functions of policies that apply to whoever executes the statement.
void applyPolicies(Prediction& prediction, Id relation, std::string_view event);

/// The schemas that the text of a search_path lists.
std::vector<std::string> searchPathOf(std::string_view list);

/// An INSERT, UPDATE, DELETE or MERGE of a query; when it runs, with everything that follows from it.
void writeRelation(Prediction& prediction, const RelationUse& use, Stage stage);

/// The locks of a query up to that stage. In the action of a rule, OLD and NEW are rows of `oldAndNew`. Returns what it
/// names.
QueryUse playUpTo(Prediction& prediction, Stage stage, const Node& statement, Id oldAndNew = 0);

/// A part that runs only sometimes: what it tells makes the prediction uncertain with that reason.
template <class Work>
void perhaps(Prediction& prediction, const Work& work, const std::string& why) {
    const size_t before = prediction.told();
    work();
    if (prediction.told() != before) prediction.uncertain(why);
}

}  // namespace slipway::postgres
