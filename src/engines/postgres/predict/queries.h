// What a query or an expression names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/postgres/predict/names.h"
#include "engines/postgres/predict/prediction.h"
#include "engines/postgres/predict/scope.h"

namespace slipway::postgres {

/// A relation that a query names itself; views are not looked into.
struct RelationUse {
    Id relation = 0;
    char operation = 's';  ///< s select, k select for update or share, i insert, u update, d delete, m merge
    bool only = false;     ///< without what inherits from it
    std::vector<Attribute> columns;      ///< written by it; those that an insert leaves out get their defaults
    bool planned = true;                 ///< false: in a WITH query that nobody reads, which the planner leaves out
    std::vector<Conjunct> conditions;    ///< comparisons with constants that its rows must meet
    Node statement;                      ///< that writes; to be used while the document of the query is there
    std::optional<std::string> arbiter;  ///< by which ON CONFLICT decides: "" for columns, or a constraint's name
};

struct UnknownName {
    std::string name;
    int64_t location = -1;  ///< as the parse tree has it: a byte of the text that was parsed
};

/// A column of what a query gives back.
struct ResultColumn {
    std::string name;
    TypeRef type;
};

struct QueryUse {
    Uses uses;  ///< columns read and written, functions called, types cast to
    std::vector<RelationUse> relations;
    std::vector<UnknownName> unknown;  ///< relations that are not in the world; CTEs and system catalogs do not count
    std::vector<ResultColumn> output;
    bool open = false;                 ///< the output may have other columns: a function's, or of a relation nobody told about
    std::vector<Id> sequences;         ///< that nextval() and its like work on
    bool unknownSequence = false;      ///< or one that only the data tell
};

/// `statement` is a SelectStmt, InsertStmt, UpdateStmt, DeleteStmt or MergeStmt node, with all that is nested in it:
/// CTEs, subqueries, joins, set operations. `*` stands for all columns, a whole row for its relation alone. Column
/// names that no relation explains are left out: a query is read for what it needs, not checked. In the actions of a
/// rule, OLD and NEW are rows of `oldAndNew`.
QueryUse usesOfQuery(const World& world, const SessionState& session, const Node& statement, Id oldAndNew = 0);

/// An expression in which the columns of `relation` may be named: a default, a check, an index key, a policy. With
/// `oldAndNew`, as in a trigger's WHEN, OLD and NEW are that relation, too.
Uses usesOfExpression(const World& world, const SessionState& session, const Node& expression, Id relation, bool oldAndNew = false);

/// Tells the locks of a query, as planning and running it takes them: its relations and their indexes, what views read,
/// inheritors and partitions, foreign keys, triggers and rules of what is written, functions called. Where the rows
/// decide what is touched, at least one row is assumed. Throws CannotRun for a relation that is not there.
void playQuery(Prediction& prediction, const Node& statement);
/// The locks of planning alone, as by EXPLAIN.
void planQuery(Prediction& prediction, const Node& statement);
/// Those of its analysis alone, as by PREPARE: what it names, and what the views among these name.
void analyseQuery(Prediction& prediction, const Node& statement);

/// The locks of running a query that was analysed before, such as that of a materialized view: everything it reads, as
/// a SELECT.
void playReads(Prediction& prediction, const Uses& uses);
/// The locks of COPY table FROM, which are those of an INSERT of unknown rows. No columns: all of them.
void playCopyFrom(Prediction& prediction, Id table, const std::vector<Attribute>& columns);

/// The locks of what an expression does when it is evaluated: functions called and subqueries.
void playExpression(Prediction& prediction, const Uses& uses);

/// Plays the body of a function as if it was called once, each of its branches taken: static SQL, EXECUTE of constants
/// and of format() over constants. What cannot be read makes the prediction uncertain, with the reason.
void playFunction(Prediction& prediction, Id function);
/// A DO block.
void playBlock(Prediction& prediction, std::string_view language, std::string_view body);

}  // namespace slipway::postgres
