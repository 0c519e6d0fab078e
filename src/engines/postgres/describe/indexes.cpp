#include <algorithm>

#include "engines/postgres/describe/describe.h"
#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

/// Whether one list of keys begins with the other.
bool beginsWith(const std::vector<std::string>& keys, const std::vector<std::string>& first) {
    return first.size() <= keys.size() && std::ranges::equal(first, std::vector<std::string>(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(first.size())));
}

/// Plain indexes of the same method that make the new one superfluous.
void compareWithOthers(const Description& from, Id table, bool ordinary, change::CreateIndex& change) {
    if (!ordinary) return;
    for (const Id id : from.world.relation(table).indexes) {
        const IndexPart& index = *from.world.relation(id).index;
        if (index.partial || index.expressions || index.descending || index.method != change.method || !index.valid) continue;
        const auto keys = from.columns(table, {index.columns.begin(), index.columns.begin() + index.keys});
        const bool same = keys == change.columns;
        // An index on more columns serves for the first of them, though a unique one says more than that.
        if (beginsWith(keys, change.columns) && (!change.unique || (same && index.unique))) change.covered = from.world.shown(id);
    }
}

/// Whether the predicate says that the only key has one value: "(is_public) WHERE is_public", "(state) WHERE state = 'new'".
bool keyIsConstant(const Node& predicate, const std::vector<std::string>& keys) {
    if (!predicate || keys.size() != 1 || keys.front().empty()) return false;
    const auto isKey = [&](const Node& node) {
        const auto fields = node.list("fields");
        return node.is("ColumnRef") && fields.size() == 1 && fields.front().string() == keys.front();
    };
    if (isKey(predicate)) return true;
    if (predicate.is("BooleanTest")) return isKey(predicate.node("arg"));
    if (predicate.is("BoolExpr")) {
        const auto arguments = predicate.list("args");
        if (predicate.text("boolop") == "NOT_EXPR") return isKey(arguments.front());
        return predicate.text("boolop") == "AND_EXPR" && std::ranges::any_of(arguments, [&](const Node& each) { return keyIsConstant(each, keys); });
    }
    if (!predicate.is("A_Expr") || predicate.text("kind") != "AEXPR_OP") return false;
    const auto operation = predicate.names("name");
    const Node right = predicate.node("rexpr");
    return operation.size() == 1 && operation.front() == "=" && isKey(predicate.node("lexpr")) && (right.is("A_Const") || right.is("TypeCast"));
}

}  // namespace

void describeCreateIndex(Description& to, const Node& statement) {
    const Id table = to.find(statement.node("relation"));
    change::CreateIndex change;
    change.table = to.ref(statement.node("relation"));
    change.name = statement.text("idxname");
    change.method = statement.text("accessMethod");
    change.concurrently = statement.flag("concurrent");
    change.unique = statement.flag("unique");
    change.ifNotExists = statement.flag("if_not_exists");
    change.existed = table && !change.name.empty() && to.world.relationNamed(to.world.relation(table).schema, change.name);
    change.partial = static_cast<bool>(statement.node("whereClause"));
    change.only = !statement.node("relation").flag("inh");
    bool plain = true;
    for (const Node& key : statement.list("indexParams")) {
        change.columns.emplace_back(key.text("name"));
        plain = plain && !key.text("name").empty() && key.names("opclass").empty() && key.text("ordering") != "SORTBY_DESC" && !key.node("collation");
    }
    const bool included = !statement.list("indexIncludingParams").empty();
    if (table) compareWithOthers(to, table, plain && !change.partial && !included, change);
    if (change.name.empty() && table) {
        std::vector<std::string> parts;
        for (const char* list : {"indexParams", "indexIncludingParams"})
            for (const Node& key : statement.list(list)) {
                const std::string figured = key.text("name").empty() ? figuredName(key.node("expr")) : std::string(key.text("name"));
                parts.push_back(figured.empty() ? "expr" : figured);
            }
        const Relation& of = to.world.relation(table);
        change.name = freeRelationName(to.world, of.schema, of.name, indexColumnsName(parts), "idx");
    }
    change.constantKey = keyIsConstant(statement.node("whereClause"), change.columns);
    to.tell(std::move(change), statement.node("relation").number("location"));
}

void describeReindex(Description& to, const Node& statement) {
    change::Reindex change;
    const std::string_view kind = statement.text("kind");
    change.scope = kind == "REINDEX_OBJECT_INDEX" ? "index" : kind == "REINDEX_OBJECT_TABLE" ? "table" : kind == "REINDEX_OBJECT_SCHEMA" ? "schema"
                   : kind == "REINDEX_OBJECT_SYSTEM" ? "system" : "database";
    change.concurrently = booleanIn(statement, "params", "concurrently", statement.flag("concurrent"));
    if (const Node named = statement.node("relation")) {
        change.table = to.ref(named);
        if (const Id index = to.find(named); index && to.world.relation(index).index) change.table = to.ref(to.world.relation(index).index->table);
    }
    to.tell(std::move(change));
}

}  // namespace slipway::postgres
