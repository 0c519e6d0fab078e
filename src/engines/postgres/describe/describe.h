// What a statement asks for, as plain values that rules can judge.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engines/postgres/predict/names.h"
#include "engines/postgres/predict/session.h"
#include "engines/postgres/predict/tree.h"
#include "engines/postgres/predict/world.h"
#include "model/change.h"

namespace slipway::postgres {

/// Describes the statements of one script, each before it is played: the world is as the statement finds it.
class Describer {
  public:
    /// Appends what `statement` asks for. A name that nobody explains is told as not known, never as an error.
    void describe(const World& world, const SessionState& session, const Node& statement, bool nested);

    std::vector<Change> take() { return std::exchange(changes_, {}); }

  private:
    std::vector<Change> changes_;
    std::vector<std::pair<std::string, std::string>> newLabels_;  ///< (type, value) that this script added to types that were there
};

/// One statement being described. Each file of this folder adds what its kind of statement needs.
class Description {
  public:
    Description(const World& world, const SessionState& session, std::vector<Change>& changes, bool nested)
        : world(world), session(session), names(world, session), changes_(changes), nested_(nested) {}

    const World& world;
    const SessionState& session;
    const Names names;

    void tell(AnyChange what, int64_t at = 0) { changes_.push_back({std::move(what), nested_, at > 0 ? static_cast<size_t>(at) : 0}); }

    bool nested() const { return nested_; }
    Id find(const Node& rangeVar) const { return names.relation(rangeVar); }
    RelationRef ref(Id relation) const;
    RelationRef ref(const Node& rangeVar) const;
    /// Of what nobody knows `kind` is believed.
    RelationRef ref(const std::vector<std::string_view>& parts, RelationKind kind = RelationKind::table) const;
    /// One that the statement makes.
    RelationRef made(const Node& rangeVar, RelationKind kind) const;
    std::string column(Id relation, Attribute number) const;
    std::vector<std::string> columns(Id relation, const std::vector<Attribute>& numbers) const;
    /// Whether evaluating it twice may give different values.
    bool isVolatile(const Node& expression, Id relation) const;
    ColumnChange columnChange(const Node& columnDef, Id relation) const;
    /// An index of the relation whose keys begin with these columns; 0 when there is none.
    Id indexOn(Id relation, const std::vector<std::string>& columns) const;
    /// Functions with a body that no server checks, which name the table and, where one is given, the column.
    std::vector<std::string> readers(Id relation, std::string_view column = {}) const;
    /// What depends on an object, or a column of it, in the way that needs CASCADE: "view public.v".
    std::vector<std::string> dependents(Id object, Attribute column = 0) const;
    std::string describeObject(Id object, Attribute column = 0) const;

  private:
    std::vector<Change>& changes_;
    bool nested_;
};

/// "OBJECT_VIEW": RelationKind::view.
RelationKind relationKind(std::string_view objectType);

void describeCreateTable(Description&, const Node&);
void describeAlterTable(Description&, const Node&);
void describeCreateIndex(Description&, const Node&);
void describeReindex(Description&, const Node&);
void describeDrop(Description&, const Node&);
void describeRename(Description&, const Node&);
void describeWrites(Description&, const Node&);
void describeTypes(Description&, const Node&);
void describeCode(Description&, const Node&);    ///< functions, triggers, rules, policies, views
void describeOthers(Description&, const Node&);  ///< SET, LOCK, TRUNCATE, REFRESH, CLUSTER, VACUUM, GRANT, publications, the server
/// A constraint of ADD CONSTRAINT, or one that comes with a table or a column (`withTable`). `relation` may be 0.
void describeConstraint(Description&, const Node& constraint, Id relation, const RelationRef& table, std::string_view column, bool withTable);

}  // namespace slipway::postgres
