// ALTER ... RENAME and SET SCHEMA.
#include "base/text.h"
#include "engines/postgres/describe/describe.h"
#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

std::string words(std::string_view kind) {
    if (kind == "OBJECT_TABCONSTRAINT" || kind == "OBJECT_DOMCONSTRAINT") return "constraint";
    std::string text = lower(kind.substr(kind.find('_') + 1));
    for (char& c : text)
        if (c == '_') c = ' ';
    return text;
}

void renameRelation(Description& to, const Node& relation, RelationKind kind, std::string name, bool moves) {
    const Id id = to.find(relation);
    change::RenameRelation change{.relation = to.ref({relation.text("schemaname"), relation.text("relname")}, kind), .to = std::move(name), .movesSchema = moves};
    if (id) change.readers = to.readers(id);
    to.tell(std::move(change), relation.number("location"));
}

/// A type or function, with whether it was made in the same release.
void renameOther(Description& to, std::string_view kind, const Node& object, const Node& statement, std::string name) {
    change::RenameObject change{.kind = words(kind), .to = std::move(name)};
    Id id = 0;
    if (kind == "OBJECT_SCHEMA") {
        change.from = statement.text("subname");
        id = to.world.schemaNamed(change.from);
    } else if (object.is("ObjectWithArgs")) {
        const auto parts = object.names("objname");
        change.from = parts.empty() ? "" : parts.back();
        id = to.names.function(object);
    } else {
        const auto [schema, type] = schemaAndName(object.is("TypeName") ? object.names("names") : object.names("items"));
        change.from = type;
        if (const Id found = to.names.type(schema, type); kindOf(found) == ObjectKind::type) id = found;
    }
    change.fresh = id && to.world.isFresh(id);
    to.tell(std::move(change));
}

}  // namespace

void describeRename(Description& to, const Node& statement) {
    const bool moves = statement.is("AlterObjectSchemaStmt");
    const std::string_view kind = statement.text(moves ? "objectType" : "renameType");
    const std::string name(statement.text(moves ? "newschema" : "newname"));
    const Node relation = statement.node("relation");
    if (!relation) return renameOther(to, kind, statement.node("object"), statement, name);
    const Id id = to.find(relation);
    if (!id && statement.flag("missing_ok") && to.world.complete) return;
    if (isRelation(kind)) return renameRelation(to, relation, relationKind(kind), name, moves);
    if (kind == "OBJECT_COLUMN") {
        change::RenameColumn change{.table = to.ref(relation), .from = std::string(statement.text("subname")), .to = name};
        if (id) change.readers = to.readers(id, change.from);
        return to.tell(std::move(change), relation.number("location"));
    }
    if (kind == "OBJECT_TRIGGER") return to.tell(change::TriggerChange{.verb = "rename", .name = std::string(statement.text("subname")), .table = to.ref(relation)});
    to.tell(change::RenameObject{.kind = words(kind), .from = std::string(statement.text("subname")), .to = name, .fresh = id && to.world.relation(id).fresh});
}

}  // namespace slipway::postgres
