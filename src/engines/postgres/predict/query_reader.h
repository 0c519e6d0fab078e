// Reads a query for what it names: the work behind usesOfQuery().
#pragma once

#include <forward_list>
#include <string>
#include <string_view>
#include <vector>

#include "engines/postgres/predict/queries.h"
#include "engines/postgres/predict/scope.h"

namespace slipway::postgres {

/// Follows the rules of the server's parse analysis (src/backend/parser) as far as they decide what a name means.
class QueryReader {
  public:
    /// `depth`: of functions being looked into for what they stand for.
    QueryReader(const World& world, const SessionState& session, int depth = 0)
        : world_(world), names_(world, session), session_(session), depth_(depth) {}

    /// SelectStmt, InsertStmt ...; what it returns, or would return, as columns.
    Rows statement(const Node& statement, const Scope* outer);
    /// Returns its type where that is easily told.
    TypeRef expression(const Node& expression, const Scope& scope);
    /// All columns of a relation under a name.
    RangeItem item(Id relation, std::string_view alias) const;
    /// Everything told, each thing once.
    QueryUse take();

  private:
    // Statements: queries.cpp
    Rows select(const Node& select, const Scope* outer);
    Rows values(const Node& select, const Scope& scope);
    Rows insert(const Node& insert, const Scope* outer);
    Rows update(const Node& update, const Scope* outer);
    Rows remove(const Node& remove, const Scope* outer);
    Rows merge(const Node& merge, const Scope* outer);
    void onConflict(const Node& insert, const RangeItem& target, const Scope& scope);
    void with(const Node& clause, Scope& scope);
    void forgetUnused(const Scope& scope);
    Rows returning(const Node& statement, const Scope& scope);
    Rows targets(const std::vector<Node>& list, const Scope& scope);
    Rows everything(const Node& columnRef, const Scope& scope);
    /// The columns assigned to.
    std::vector<Attribute> assign(const std::vector<Node>& list, const RangeItem& target, const Scope& scope);
    std::vector<Attribute> written(const std::vector<Node>& names, size_t count, const RangeItem& target);
    void locking(const Node& clause, const Scope& scope);

    // FROM: query_ranges.cpp
    void from(const std::vector<Node>& list, Scope& scope);
    /// `siblings` is the level that LATERAL items and functions may refer to.
    Joined fromItem(const Node& item, const Scope& siblings);
    RangeItem relation(const Node& rangeVar, const Scope& scope);
    RangeItem derived(const Node& subselect, const Scope& siblings);
    RangeItem functions(const Node& item, const Scope& scope);
    Joined join(const Node& join, const Scope& siblings);
    Rows rowsOfCall(const Node& call, const Scope& scope, std::string_view alias);
    Rows declared(const std::vector<Node>& columnDefinitions);
    /// The relation that is written to; its use begins QueryUse::relations at `firstUse`, to be completed.
    RangeItem target(const Node& statement, char operation);

    // Conditions: query_conditions.cpp
    using Place = std::pair<size_t, Attribute>;  ///< a column of QueryUse::relations
    /// Notes comparisons of columns with constants, joined by AND.
    void conditions(const Node& expression, const Scope& scope);
    void condition(const Node& column, std::string_view comparison, const std::vector<Node>& values,
                   const Scope& scope);
    void alternatives(const std::vector<Node>& list, const Scope& scope);
    void equal(const Node& left, const Node& right, const Scope& scope);
    void spreadConditions();

    // Expressions: query_expressions.cpp
    TypeRef read(const Node& node, const Scope& scope);
    TypeRef columnRef(const Node& ref, const Scope& scope);
    TypeRef call(const Node& call, const Scope& scope);
    TypeRef ownCall(const std::vector<Id>& candidates, const std::vector<TypeRef>& given);
    TypeRef operation(const Node& operation, const Scope& scope);
    TypeRef cast(const Node& cast, const Scope& scope);
    TypeRef subquery(const Node& link, const Scope& scope);
    void regclass(std::string_view name);
    void sequenceCall(const Node& argument);
    TypeRef firstKnown(const std::vector<Node>& alternatives, const Scope& scope);
    void children(const Node& node, const Scope& scope);

    /// A name that was made up stays until the query is read.
    std::string_view keep(std::string name) { return made_.emplace_front(std::move(name)); }
    void use(const OutputColumn& column);
    void useType(const TypeRef& type);

    const World& world_;
    Names names_;
    const SessionState& session_;
    int depth_;
    QueryUse found_;
    std::forward_list<std::string> made_;
    std::vector<std::pair<Place, Place>> equalities_;
};

/// The name that the server gives to a column of a query that has no AS (FigureColname() in parse_target.c).
std::string columnName(const Node& target);

/// Whether calling it makes an expression volatile, after the planner has put the body of a simple SQL function in
/// place of the call (inline_function() in src/backend/optimizer/util/clauses.c).
bool callIsVolatile(const World& world, const SessionState& session, const WorldFunction& function, int depth = 0);

}  // namespace slipway::postgres
