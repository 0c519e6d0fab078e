#include <algorithm>

#include "engines/postgres/describe/describe.h"
#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

std::optional<ConstraintType> typeOf(std::string_view kind) {
    if (kind == "CONSTR_CHECK") return ConstraintType::check;
    if (kind == "CONSTR_FOREIGN") return ConstraintType::foreignKey;
    if (kind == "CONSTR_PRIMARY") return ConstraintType::primaryKey;
    if (kind == "CONSTR_UNIQUE") return ConstraintType::unique;
    if (kind == "CONSTR_EXCLUSION") return ConstraintType::exclusion;
    return std::nullopt;
}

/// Both sides of a foreign key, where their types differ: comparing them costs a cast, and the narrower one may overflow first.
void compareTypes(const Description& from, Id relation, Id referenced, change::AddConstraint& change) {
    for (size_t i = 0; i < change.columns.size() && i < change.referencedColumns.size(); ++i) {
        const Attribute here = from.world.relation(relation).attribute(change.columns[i]);
        const Attribute there = from.world.relation(referenced).attribute(change.referencedColumns[i]);
        if (!here || !there) continue;
        const TypeRef& a = from.world.relation(relation).column(here).type;
        const TypeRef& b = from.world.relation(referenced).column(there).type;
        if (sameBaseType(a, b)) continue;
        change.mismatched.push_back(fmt::format("{} is {}, {} of {} is {}", change.columns[i], formatType(from.world, a), change.referencedColumns[i],
                                                from.world.shown(referenced), formatType(from.world, b)));
    }
}

void foreignKey(Description& to, const Node& constraint, Id relation, change::AddConstraint& change) {
    const Id referenced = to.find(constraint.node("pktable"));
    change.referenced = to.ref(constraint.node("pktable"));
    for (const std::string_view each : constraint.names("pk_attrs")) change.referencedColumns.emplace_back(each);
    if (const std::string_view action = constraint.text("fk_del_action"); !action.empty()) change.onDelete = action.front();
    if (referenced && change.referencedColumns.empty())
        for (const Id id : to.world.relation(referenced).indexes)
            if (const IndexPart& index = *to.world.relation(id).index; index.primary)
                change.referencedColumns = to.columns(referenced, {index.columns.begin(), index.columns.begin() + index.keys});
    if (const Id index = to.indexOn(relation, change.columns)) change.indexedBy = to.world.shown(index);
    if (relation && referenced) compareTypes(to, relation, referenced, change);
}

/// The name that the server chooses (ChooseConstraintName() and ChooseRelationName()).
std::string chosenName(const Description& from, const Node& constraint, Id relation, const change::AddConstraint& change) {
    const Relation& of = from.world.relation(relation);
    const std::string columns = indexColumnsName(change.columns);
    switch (*change.type) {
        case ConstraintType::foreignKey: return freeConstraintName(from.world, of, columns, "fkey");
        case ConstraintType::primaryKey: return freeRelationName(from.world, of.schema, of.name, "", "pkey", true);
        case ConstraintType::unique: return freeRelationName(from.world, of.schema, of.name, columns, "key", true);
        case ConstraintType::exclusion: return "";
        case ConstraintType::check: {
            // It is named after its column, if it reads just one (ChooseConstraintName() in AddRelationNewConstraints()).
            std::vector<Attribute> read;
            for (const ColumnId& used : usesOfExpression(from.world, from.session, constraint.node("raw_expr"), relation).columns)
                if (used.relation == relation && used.column && std::ranges::find(read, used.column) == read.end()) read.push_back(used.column);
            return freeConstraintName(from.world, of, read.size() == 1 ? from.column(relation, read.front()) : "", "check");
        }
    }
    return "";
}

}  // namespace

void describeConstraint(Description& to, const Node& constraint, Id relation, const RelationRef& table, std::string_view column, bool withTable) {
    change::AddConstraint change;
    change.table = table;
    change.withTable = withTable;
    change.name = constraint.text("conname");
    change.type = typeOf(constraint.text("contype"));
    change.notValid = constraint.flag("skip_validation");
    change.deferrable = constraint.flag("deferrable");
    if (const auto notNull = newerArgument(constraint.node("raw_expr"), marker::notNull)) {
        change.type.reset();
        if (const auto fields = notNull->list("fields"); !fields.empty()) change.columns.emplace_back(fields.back().string());
        return to.tell(std::move(change), constraint.number("location"));
    }
    if (!change.type) return;  // NOT NULL, DEFAULT and the like of a column
    for (const char* list : {"keys", "fk_attrs"})
        for (const std::string_view each : constraint.names(list)) change.columns.emplace_back(each);
    if (change.columns.empty() && !column.empty()) change.columns.emplace_back(column);
    change.usingIndex = constraint.text("indexname");
    if (change.type == ConstraintType::foreignKey) foreignKey(to, constraint, relation, change);
    if (change.type == ConstraintType::check) change.isVolatile = usesOfExpression(to.world, to.session, constraint.node("raw_expr"), relation).isVolatile;
    if (change.name.empty() && relation && !withTable) change.name = chosenName(to, constraint, relation, change);
    if (change.type == ConstraintType::primaryKey && relation && !to.world.relation(relation).placeholder) {
        if (const Id index = change.usingIndex.empty() ? 0 : to.world.relationNamed(to.world.relation(relation).schema, change.usingIndex))
            if (to.world.relation(index).index) change.columns = to.columns(relation, to.world.relation(index).index->columns);
        for (const std::string& each : change.columns)
            if (const Attribute number = to.world.relation(relation).attribute(each);
                number && !to.world.relation(relation).column(number).notNull && !provenNotNull(to.world, relation, number))
                change.nullable.push_back(each);
    }
    to.tell(std::move(change), constraint.number("location"));
}

}  // namespace slipway::postgres
