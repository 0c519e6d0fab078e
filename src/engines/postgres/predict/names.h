// From names in SQL to objects of a World, as a session would find them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engines/postgres/predict/session.h"
#include "engines/postgres/predict/tree.h"
#include "engines/postgres/predict/world.h"

namespace slipway::postgres {

class Names {
  public:
    Names(const World& world, const SessionState& session) : world_(world), session_(session) {}

    /// The schemas of the search path that are there, in order.
    std::vector<Id> path() const;
    /// Where a new object without a schema goes: the first of the path; 0 when there is none.
    Id creationSchema() const;
    Id schema(std::string_view name) const { return world_.schemaNamed(name); }

    /// `schema` may be empty; 0 when there is none.
    Id relation(std::string_view schema, std::string_view name) const;
    Id relation(const Node& rangeVar) const { return relation(rangeVar.text("schemaname"), rangeVar.text("relname")); }
    /// A qualified or plain name in a list of strings.
    Id relation(const std::vector<std::string_view>& parts) const;
    Id type(std::string_view schema, std::string_view name) const;
    /// An index, view ... of one of "schema.name" texts, as in 'public.t_id_seq'::regclass: quoted where needed.
    Id relationWritten(std::string_view text) const;

    /// A TypeName node. An unknown type has neither `own` nor `builtin`. serial types are what they stand for.
    TypeRef type(const Node& typeName) const;

    /// The functions of that name that could be meant, in the order of the search path, with `arguments` given; -1: any
    /// number. Empty also for functions of pg_catalog.
    std::vector<Id> functions(const std::vector<std::string_view>& parts, int arguments = -1) const;
    /// The one with these argument types (an ObjectWithArgs node); with none given, the only one of that name.
    Id function(const Node& objectWithArgs) const;

  private:
    /// The first that `look` finds in a schema of the search path; 0 when there is none.
    template <class Look>
    Id firstInPath(const Look& look) const {
        for (const std::string& each : session_.searchPath) {
            const Id schema = schemaOf(each);
            if (const Id found = schema ? look(schema) : 0) return found;
        }
        return 0;
    }
    /// Of an entry of the search path; 0 when there is none of that name.
    Id schemaOf(const std::string& entry) const;

    const World& world_;
    const SessionState& session_;
};

/// As format_type() of the server writes it: "character varying(50)", "app.mood[]".
std::string formatType(const World& world, const TypeRef& type);
/// The type without its modifiers, by which functions are told apart.
bool sameBaseType(const TypeRef& a, const TypeRef& b);
/// "serial", "bigserial", "smallserial", "serial4" ...: the integer type it stands for; "" for another name.
std::string_view serialType(const Node& typeName);
/// The two or one parts of a name as (schema, name).
std::pair<std::string_view, std::string_view> schemaAndName(const std::vector<std::string_view>& parts);
/// As the server cuts and joins the parts of generated names: at most 63 bytes (makeObjectName in indexcmds.c).
std::string objectName(std::string_view first, std::string_view second, std::string_view label);
/// A name for a new relation (index, sequence) that no relation in the schema has: first, second and label joined, with a number
/// behind it where needed (ChooseRelationName).
std::string freeRelationName(const World& world, Id schema, std::string_view first, std::string_view second, std::string_view label,
                             bool forConstraint = false);
/// The same for a constraint: no constraint of the schema has it (ChooseConstraintName).
std::string freeConstraintName(const World& world, const Relation& relation, std::string_view second, std::string_view label,
                               const std::vector<std::string>& taken = {});
/// The columns' part of the name of an index (ChooseIndexNameAddition).
std::string indexColumnsName(const std::vector<std::string>& columns);
/// The name that the server gives a result column or an index key made of an expression (FigureColname in
/// parse_target.c); "" where it finds none and takes "?column?" or "expr".
std::string figuredName(const Node& expression);

}  // namespace slipway::postgres
