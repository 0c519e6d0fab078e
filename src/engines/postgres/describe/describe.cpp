#include "engines/postgres/describe/describe.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"
#include "engines/postgres/lexer.h"
#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

using Teller = void (*)(Description&, const Node&);
struct Entry {
    std::string_view node;
    Teller teller;
};

// Sorted by node.
constexpr auto tellers = std::to_array<Entry>({
    {"AlterDatabaseSetStmt", describeOthers},
    {"AlterDatabaseStmt", describeOthers},
    {"AlterDomainStmt", describeTypes},
    {"AlterEnumStmt", describeTypes},
    {"AlterObjectSchemaStmt", describeRename},
    {"AlterOwnerStmt", describeOthers},
    {"AlterPolicyStmt", describeCode},
    {"AlterPublicationStmt", describeOthers},
    {"AlterRoleSetStmt", describeOthers},
    {"AlterRoleStmt", describeOthers},
    {"AlterSeqStmt", describeOthers},
    {"AlterSystemStmt", describeOthers},
    {"AlterTableStmt", describeAlterTable},
    {"ClusterStmt", describeOthers},
    {"CompositeTypeStmt", describeTypes},
    {"CopyStmt", describeWrites},
    {"CreateDomainStmt", describeTypes},
    {"CreateEnumStmt", describeTypes},
    {"CreateFunctionStmt", describeCode},
    {"CreatePolicyStmt", describeCode},
    {"CreatePublicationStmt", describeOthers},
    {"CreateRangeStmt", describeTypes},
    {"CreateRoleStmt", describeOthers},
    {"CreateSchemaStmt", describeOthers},
    {"CreateSeqStmt", describeOthers},
    {"CreateStmt", describeCreateTable},
    {"CreateTableAsStmt", describeCreateTable},
    {"CreateTrigStmt", describeCode},
    {"DeleteStmt", describeWrites},
    {"DropOwnedStmt", describeDrop},
    {"DropStmt", describeDrop},
    {"DropdbStmt", describeDrop},
    {"GrantStmt", describeOthers},
    {"IndexStmt", describeCreateIndex},
    {"InsertStmt", describeWrites},
    {"LockStmt", describeOthers},
    {"MergeStmt", describeWrites},
    {"RefreshMatViewStmt", describeOthers},
    {"ReindexStmt", describeReindex},
    {"RenameStmt", describeRename},
    {"RuleStmt", describeCode},
    {"SelectStmt", describeWrites},
    {"TruncateStmt", describeOthers},
    {"UpdateStmt", describeWrites},
    {"VacuumStmt", describeOthers},
    {"VariableSetStmt", describeOthers},
    {"ViewStmt", describeCode},
});
static_assert(std::ranges::is_sorted(tellers, {}, &Entry::node));

}  // namespace

void Describer::describe(const World& world, const SessionState& session, const Node& statement, bool nested) {
    const auto entry = std::ranges::lower_bound(tellers, statement.type(), {}, &Entry::node);
    Description description(world, session, changes_, nested);
    if (!newLabels_.empty())
        statement.walk([&](const Node& each) {
            if (each.is("A_Const") && each.has("sval"))
                for (const auto& [type, value] : newLabels_)
                    if (each.node("sval").text("sval") == value) description.tell(change::UseEnumValue{type, value}, each.number("location"));
            return true;
        });
    if (entry == tellers.end() || entry->node != statement.type()) return;
    const size_t before = changes_.size();
    entry->teller(description, statement);
    for (size_t i = before; i < changes_.size(); ++i)
        if (const auto* added = std::get_if<change::AddEnumValue>(&changes_[i].what); added && !added->fresh) newLabels_.emplace_back(added->type, added->value);
}

RelationRef Description::ref(Id relation) const {
    if (!relation) return {.known = false};
    const Relation& of = world.relation(relation);
    return {.name = world.shown(relation), .kind = of.kind, .known = !of.placeholder, .fresh = of.fresh, .temporary = of.temporary};
}

RelationRef Description::ref(const std::vector<std::string_view>& parts, RelationKind kind) const {
    const auto [schema, name] = schemaAndName(parts);
    if (const Id known = names.relation(schema, name)) {
        RelationRef found = ref(known);
        if (!found.known) found.kind = kind;
        return found;
    }
    const Id creation = names.creationSchema();
    const std::string in = !schema.empty() ? std::string(schema) : creation ? world.schemas.at(creation).name : "public";
    return {.name = sqlName(in, name), .kind = kind, .known = false};
}

RelationRef Description::ref(const Node& rangeVar) const { return ref({rangeVar.text("schemaname"), rangeVar.text("relname")}); }

RelationRef Description::made(const Node& rangeVar, RelationKind kind) const {
    const bool temporary = rangeVar.text("relpersistence") == "t" || rangeVar.text("schemaname") == "pg_temp";
    const std::string_view schema = rangeVar.text("schemaname");
    const Id creation = names.creationSchema();
    const std::string in = !schema.empty() ? std::string(schema) : creation ? world.schemas.at(creation).name : "public";
    return {.name = sqlName(in, rangeVar.text("relname")), .kind = kind, .known = true, .fresh = true, .temporary = temporary};
}

std::string Description::column(Id relation, Attribute number) const {
    return number ? world.relation(relation).column(number).name : std::string();
}

std::vector<std::string> Description::columns(Id relation, const std::vector<Attribute>& numbers) const {
    std::vector<std::string> found;
    for (const Attribute number : numbers) found.push_back(column(relation, number));
    return found;
}

bool Description::isVolatile(const Node& expression, Id relation) const {
    return usesOfExpression(world, session, expression, relation).isVolatile;
}

ColumnChange Description::columnChange(const Node& columnDef, Id relation) const {
    ColumnChange column;
    column.name = columnDef.text("colname");
    const Node typeName = columnDef.node("typeName");
    const TypeRef type = names.type(typeName);
    column.type = type.known() ? formatType(world, type) : "";
    column.serial = !serialType(typeName).empty();
    column.domainConstrained = hasDomainConstraints(world, type);
    if (column.serial) column.notNull = column.hasDefault = column.defaultVolatile = true;
    for (const Node& constraint : columnDef.list("constraints")) {
        const std::string_view kind = constraint.text("contype");
        if (kind == "CONSTR_NOTNULL") column.notNull = true;
        if (kind == "CONSTR_DEFAULT") {
            const Node value = constraint.node("raw_expr");
            column.hasDefault = !(value.is("A_Const") && value.flag("isnull"));
            column.defaultVolatile = isVolatile(value, relation);
        }
        if (kind == "CONSTR_IDENTITY") column.identity = column.notNull = column.hasDefault = true;
        if (kind == "CONSTR_GENERATED") {
            column.generated = newerArgument(constraint.node("raw_expr"), marker::isVirtual) ? "VIRTUAL" : "STORED";
            column.hasDefault = true;
        }
        if (kind == "CONSTR_PRIMARY") column.primaryKey = column.notNull = true;
        if (kind == "CONSTR_UNIQUE") column.unique = true;
        if (kind == "CONSTR_CHECK") column.check = true;
        if (kind == "CONSTR_FOREIGN") column.references = ref(constraint.node("pktable")).name;
    }
    return column;
}

RelationKind relationKind(std::string_view objectType) {
    if (objectType == "OBJECT_VIEW") return RelationKind::view;
    if (objectType == "OBJECT_MATVIEW") return RelationKind::materializedView;
    if (objectType == "OBJECT_INDEX") return RelationKind::index;
    if (objectType == "OBJECT_SEQUENCE") return RelationKind::sequence;
    return objectType == "OBJECT_FOREIGN_TABLE" ? RelationKind::foreign : RelationKind::table;
}

Id Description::indexOn(Id relation, const std::vector<std::string>& columns) const {
    if (!relation || columns.empty()) return 0;
    for (const Id id : world.relation(relation).indexes) {
        const IndexPart& index = *world.relation(id).index;
        if (index.partial || index.method != "btree" || static_cast<size_t>(index.keys) < columns.size()) continue;
        std::vector<std::string> keys;
        for (size_t i = 0; i < columns.size(); ++i) keys.push_back(column(relation, index.columns[i]));
        if (std::ranges::is_permutation(keys, columns)) return id;
    }
    return 0;
}

namespace {

/// Whether the text has the letters of the name somewhere, in either case. One with a quote in it is written otherwise.
bool mayName(const std::string& text, const std::string& name) {
    return name.find('"') != std::string::npos || strcasestr(text.c_str(), name.c_str()) != nullptr;
}

}  // namespace

std::vector<std::string> Description::readers(Id relation, std::string_view column) const {
    std::vector<std::string> found;
    if (!relation) return found;
    const Relation& of = world.relation(relation);
    for (const WorldFunction& function : world.functions.all()) {
        // The bodies of these two are text that is read when it runs (manual, CREATE FUNCTION); BEGIN ATOMIC is not.
        if (function.language != "plpgsql" && function.language != "sql") continue;
        const bool itsTrigger = std::ranges::any_of(of.triggers, [&](Id trigger) { return world.triggers.at(trigger).function == function.id; });
        // Most name neither, and need not be cut into tokens to see that.
        if (!itsTrigger && !mayName(function.body, of.name)) continue;
        if (!column.empty() && !mayName(function.body, std::string(column))) continue;
        const std::string_view body = function.body;
        bool namesTable = itsTrigger, namesColumn = column.empty();
        Lexer lexer(body);
        for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next()) {
            if (token.kind != Token::Kind::word && token.kind != Token::Kind::quotedName) continue;
            const std::string name = lexer.name(token);
            namesTable = namesTable || name == of.name;
            namesColumn = namesColumn || name == column;
        }
        if (namesTable && namesColumn && !(itsTrigger && column.empty())) found.push_back(describeObject(function.id));
    }
    std::ranges::sort(found);
    return found;
}

std::string Description::describeObject(Id object, Attribute columnNumber) const {
    const auto within = [&](Id relation, const std::string& name) { return fmt::format("{} of {}", sqlName(name), world.shown(relation)); };
    switch (kindOf(object)) {
        case ObjectKind::relation:
            if (columnNumber) return "column " + within(object, column(object, columnNumber));
            return fmt::format("{} {}", nameOf(world.relation(object).kind), world.shown(object));
        case ObjectKind::constraint: {
            const WorldConstraint& constraint = world.constraints.at(object);
            return "constraint " + (constraint.relation ? within(constraint.relation, constraint.name) : sqlName(constraint.name));
        }
        case ObjectKind::trigger: return "trigger " + within(world.triggers.at(object).relation, world.name(object));
        case ObjectKind::rule: return "rule " + within(world.rules.at(object).relation, world.name(object));
        case ObjectKind::policy: return "policy " + within(world.policies.at(object).relation, world.name(object));
        case ObjectKind::function: return "function " + world.shown(object);
        case ObjectKind::type: return "type " + world.shown(object);
        case ObjectKind::other: return fmt::format("{} {}", lower(world.others.at(object).kind), world.shown(object));
        default: return world.shown(object);
    }
}

std::vector<std::string> Description::dependents(Id object, Attribute columnNumber) const {
    std::vector<std::string> found;
    for (const Dependent& each : world.dependents(object, columnNumber)) {
        if (each.bond != Bond::normal || each.isDefault || (each.object == object && each.column == columnNumber)) continue;
        found.push_back(describeObject(each.object, each.column));
    }
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace slipway::postgres
