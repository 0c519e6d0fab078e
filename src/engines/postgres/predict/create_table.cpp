#include <algorithm>

#include "base/text.h"
#include "engines/postgres/predict/alter_table.h"
#include "engines/postgres/predict/partitions.h"
#include "engines/postgres/predict/results.h"
#include "engines/postgres/predict/statements.h"

namespace slipway::postgres {

namespace {

constexpr int64_t likeConstraints = 1 << 2, likeDefaults = 1 << 3, likeGenerated = 1 << 4, likeIdentity = 1 << 5, likeIndexes = 1 << 6;  // parsenodes.h

/// Makes the relation of a CREATE, or finds that it is there: 0 with IF NOT EXISTS.
Id begin(Prediction& prediction, const Node& relation, RelationKind kind, bool ifNotExists) {
    World& world = prediction.world;
    const std::string_view persistence = relation.text("relpersistence");
    const Id schema = schemaFor(prediction, relation.text("schemaname"), relation.number("location"));
    const std::string_view name = relation.text("relname");
    const bool temporary = persistence == "t" || relation.text("schemaname") == "pg_temp";
    if (const Id known = world.relationNamed(schema, name); known && !temporary && !world.relation(known).temporary) {
        if (ifNotExists) return 0;
        throw duplicateObject(nameOf(world.relation(known).kind), world.shown(known), relation.number("location"));
    }
    if (!temporary && world.typeNamed(schema, name)) throw duplicateObject("type", world.shown(world.typeNamed(schema, name)), relation.number("location"));
    Relation& made = world.addRelation(schema, std::string(name), kind);
    made.temporary = temporary;
    made.unlogged = persistence == "u";
    made.owner = prediction.session.role;
    return made.id;
}

void readOptions(Relation& relation, const Node& owner, std::string_view list) {
    for (const Node& option : owner.list(list)) {
        const std::string_view space = option.text("defnamespace");
        relation.options.push_back((space.empty() ? "" : std::string(space) + ".") + std::string(option.text("defname")) + "=" + valueText(option.node("arg")));
    }
}

/// A column taken over from a parent or a LIKE.
Attribute copyColumn(World& world, Id from, Attribute column, Id to, bool inherited) {
    const WorldColumn source = world.relation(from).column(column);
    if (const Attribute known = world.relation(to).attribute(source.name)) {
        WorldColumn& merged = world.relation(to).column(known);
        merged.notNull = merged.notNull || source.notNull;
        if (inherited) merged.inherited++;
        return known;
    }
    WorldColumn copy = source;
    copy.inherited = inherited ? 1 : 0;
    copy.local = !inherited;
    copy.identity = 0;
    copy.comment.clear();
    copy.options.reset();
    Relation& relation = world.relation(to);
    relation.columns.push_back(copy);
    const auto number = static_cast<Attribute>(relation.columns.size());
    world.dependOn(to, usesOf(copy.type), Bond::normal, number);
    return number;
}

/// Whether it may have columns that nobody told about.
bool isOpen(const Relation& relation) { return relation.placeholder || relation.open; }

void like(Prediction& prediction, Id table, const Node& clause) {
    World& world = prediction.world;
    const Id source = findRelation(prediction, clause.node("relation"));
    prediction.lock(source, LockMode::accessShare);
    world.relation(table).open = world.relation(table).open || isOpen(world.relation(source));
    const int64_t options = clause.number("options");
    for (size_t i = 0; i < world.relation(source).columns.size(); ++i) {
        const auto column = static_cast<Attribute>(i + 1);
        if (world.relation(source).columns[i].dropped) continue;
        const Attribute made = copyColumn(world, source, column, table, false);
        WorldColumn& copy = world.relation(table).column(made);
        const WorldColumn& of = world.relation(source).column(column);
        if (copy.generated && !(options & likeGenerated)) copy.generated = 0, copy.defaultValue.reset();
        if (!copy.generated && !(options & likeDefaults)) copy.defaultValue.reset();
        if (of.identity && (options & likeIdentity)) {
            copy.identity = of.identity;
            addOwnedSequence(prediction, table, made, true, {});
        }
        if (copy.defaultValue)
            for (const Id id : world.needs(source, column, true))
                if (kindOf(id) == ObjectKind::relation && world.relation(id).sequence) world.depend({table, made, true, 0, Bond::normal}, id);
    }
    if (options & likeConstraints)
        for (const Id id : std::vector<Id>(world.relation(source).constraints)) {
            const WorldConstraint of = world.constraints.at(id);
            if (of.type != ConstraintType::check) continue;
            WorldConstraint& made = world.addConstraint(table, 0, of.name, of.type);
            const Id copy = made.id;
            made = of;
            made.id = copy;
            made.relation = table;
            made.inherited = 0;
            made.local = made.validated = true;
            for (Attribute& column : made.columns) column = world.relation(table).attribute(world.relation(source).column(column).name);
            for (Conjunct& conjunct : made.conjuncts) conjunct.column = world.relation(table).attribute(world.relation(source).column(conjunct.column).name);
            world.depend({copy, 0, false, 0, Bond::automatic}, table);
        }
    if (!(options & likeIndexes)) return;
    for (const Id id : std::vector<Id>(world.relation(source).indexes)) {
        const IndexPart of = *world.relation(id).index;
        if (of.expressions || of.partial) {
            copyExpressionIndex(prediction, id, table);
            world.relation(world.relation(table).indexes.back()).index->parent = 0;
            world.relation(id).index->children.clear();
            continue;
        }
        IndexPlan plan;
        plan.method = of.method;
        plan.unique = of.unique;
        plan.primary = of.primary;
        plan.exclusion = of.exclusion;
        plan.constraint = of.constraint != 0;
        const auto name = [&](Attribute column) { return world.relation(source).column(column).name; };
        for (int i = 0; i < of.keys; ++i) plan.keyColumns.push_back(name(of.columns[static_cast<size_t>(i)]));
        for (size_t i = static_cast<size_t>(of.keys); i < of.columns.size(); ++i) plan.included.push_back(name(of.columns[i]));
        createIndex(prediction, table, plan);
    }
}

void inheritFrom(Prediction& prediction, Id table, Id parent) {
    World& world = prediction.world;
    world.relation(table).open = world.relation(table).open || isOpen(world.relation(parent));
    const Relation& of = world.relation(parent);
    for (size_t i = 0; i < of.columns.size(); ++i)
        if (!of.columns[i].dropped) copyColumn(world, parent, static_cast<Attribute>(i + 1), table, true);
    for (const Id id : std::vector<Id>(of.constraints)) {
        const WorldConstraint source = world.constraints.at(id);
        if (source.type != ConstraintType::check || source.noInherit || world.constraintNamed(world.relation(table), source.name)) continue;
        WorldConstraint& made = world.addConstraint(table, 0, source.name, source.type);
        const Id copy = made.id;
        made = source;
        made.id = copy;
        made.relation = table;
        made.inherited = 0;  // addParent() counts
        made.local = false;
        for (Attribute& column : made.columns) column = world.relation(table).attribute(world.relation(parent).column(column).name);
        for (Conjunct& conjunct : made.conjuncts) conjunct.column = world.relation(table).attribute(world.relation(parent).column(conjunct.column).name);
        world.depend({copy, 0, false, 0, Bond::automatic}, table);
        world.dependOn(copy, {{}, made.uses->functions, made.uses->types, {}, false, false});
    }
}

void readPartitionKey(Prediction& prediction, Id table, const Node& spec) {
    World& world = prediction.world;
    PartitionPart& partition = world.relation(table).partition.edit();
    partition.strategy = lower(spec.text("strategy"));
    for (const Node& element : spec.list("partParams")) {
        const std::string_view name = element.text("name");
        partition.key.push_back(name.empty() ? Attribute{0} : findColumn(prediction, table, name));
        if (!name.empty()) {
            partition.keyColumns.push_back(partition.key.back());
            continue;
        }
        for (const ColumnId& used : usesOfExpression(world, prediction.session, element.node("expr"), table).columns)
            if (used.relation == table) partition.keyColumns.push_back(used.column);
    }
}

}  // namespace

void playCreateTable(Prediction& prediction, const Node& node, std::string_view) {
    World& world = prediction.world;
    const bool foreign = node.is("CreateForeignTableStmt");
    const Node statement = foreign ? node.node("base") : node;
    const Node spec = statement.node("partspec");
    const RelationKind kind = foreign ? RelationKind::foreign : spec ? RelationKind::partitioned : RelationKind::table;
    const Node bound = statement.node("partbound");
    std::vector<Id> parents;
    const Id table = begin(prediction, statement.node("relation"), kind, statement.flag("if_not_exists"));
    if (!table) return;
    for (const Node& each : statement.list("inhRelations")) {
        const Id parent = findRelation(prediction, each);
        prediction.lock(parent, bound ? LockMode::accessExclusive : LockMode::shareUpdateExclusive);
        parents.push_back(parent);
    }
    world.relation(table).tablespace = statement.text("tablespacename");
    world.relation(table).accessMethod = statement.text("accessMethod") == "heap" ? "" : statement.text("accessMethod");
    if (foreign) {
        world.relation(table).server = node.text("servername");
        if (const Id server = world.otherNamed("FOREIGN_SERVER", 0, node.text("servername"))) world.depend({table, 0, false, 0, Bond::normal}, server);
    }
    if (const Id method = world.otherNamed("ACCESS_METHOD", 0, world.relation(table).accessMethod.str())) world.depend({table, 0, false, 0, Bond::normal}, method);
    readOptions(world.relation(table), statement, "options");
    for (const Id parent : parents) inheritFrom(prediction, table, parent);
    if (const Node ofType = statement.node("ofTypename")) {
        const TypeRef type = findType(prediction, ofType);
        world.relation(table).ofType = type.own;
        if (kindOf(type.own) == ObjectKind::type && world.types.at(type.own).relation) {
            const Id row = world.types.at(type.own).relation;
            for (size_t i = 0; i < world.relation(row).columns.size(); ++i) copyColumn(world, row, static_cast<Attribute>(i + 1), table, false);
            world.depend({table, 0, false, 0, Bond::normal}, type.own);
            world.relation(row).children.push_back(table);  // what CASCADE of ALTER TYPE changes along
        } else {
            world.relation(table).open = true;
        }
    }
    std::vector<std::pair<Node, std::string>> constraints;
    for (const Node& element : statement.list("tableElts")) {
        if (element.is("ColumnDef")) {
            const std::string_view name = element.text("colname");
            const bool known = world.relation(table).attribute(name) != 0;
            if (known) {  // a column of a parent or of the type: what stands behind it is added to it
                WorldColumn& merged = world.relation(table).column(world.relation(table).attribute(name));
                merged.local = true;
                for (const Node& constraint : element.list("constraints")) {
                    const std::string_view contype = constraint.text("contype");
                    if (contype == "CONSTR_NOTNULL" || contype == "CONSTR_PRIMARY") merged.notNull = true;
                    if (contype == "CONSTR_DEFAULT") setDefault(prediction, table, world.relation(table).attribute(name), constraint.node("raw_expr"));
                    if (contype == "CONSTR_PRIMARY" || contype == "CONSTR_UNIQUE" || contype == "CONSTR_CHECK" || contype == "CONSTR_FOREIGN") constraints.emplace_back(constraint, name);
                }
                continue;
            }
            const NewColumn made = addColumn(prediction, table, element);
            for (const Node& constraint : made.constraints) constraints.emplace_back(constraint, name);
        } else if (element.is("TableLikeClause")) {
            like(prediction, table, element);
        } else if (element.is("Constraint")) {
            constraints.emplace_back(element, "");
        }
    }
    if (spec) readPartitionKey(prediction, table, spec);
    // As transformCreateStmt() orders them: keys first, then checks, foreign keys last.
    std::vector<Id> touched;
    for (const auto& [constraint, column] : constraints)
        if (constraint.text("contype") == "CONSTR_CHECK") addCheck(prediction, table, constraint, column, touched);
    for (const bool primary : {true, false})
        for (const auto& [constraint, column] : constraints) {
            const std::string_view contype = constraint.text("contype");
            if ((contype == "CONSTR_PRIMARY") == primary && (contype == "CONSTR_PRIMARY" || contype == "CONSTR_UNIQUE" || contype == "CONSTR_EXCLUSION"))
                addKey(prediction, table, constraint, column);
        }
    for (const Id parent : parents) {
        if (bound) becomePartition(prediction, table, parent, bound, true);
        addParent(prediction, table, parent);
    }
    for (const auto& [constraint, column] : constraints)
        if (constraint.text("contype") == "CONSTR_FOREIGN") addForeignKey(prediction, table, constraint, column, touched);
}

namespace {

/// The columns that a query gives, under other names where some are given.
void addResultColumns(World& world, Id relation, const QueryUse& query, const std::vector<std::string_view>& names) {
    const std::vector<ResultColumn>& output = query.output;
    world.relation(relation).open = query.open;
    for (size_t i = 0; i < output.size(); ++i) {
        WorldColumn column;
        column.name = i < names.size() ? std::string(names[i]) : output[i].name;
        if (column.name.empty()) column.name = "?column?";
        column.type = output[i].type;
        world.relation(relation).columns.push_back(std::move(column));
    }
}

}  // namespace

/// CREATE OR REPLACE VIEW keeps all columns and their order, and may add some at the end (checkViewColumns() in
/// commands/view.c).
static void requireSameColumns(const World& world, Id view, const QueryUse& query, const std::vector<std::string_view>& names) {
    const auto& before = world.relation(view).columns;
    if (query.open || world.relation(view).open || before.empty()) return;
    const auto refuse = [&](std::string why) {
        throw CannotRun{"cannot-run", fmt::format("CREATE OR REPLACE VIEW cannot {} of {}", why, world.shown(view)), "drop the view and create it anew in the same transaction", -1};
    };
    if (query.output.size() < before.size()) refuse("leave out columns");
    for (size_t i = 0; i < before.size() && i < query.output.size(); ++i) {
        const std::string_view name = i < names.size() ? names[i] : std::string_view(query.output[i].name);
        if (!name.empty() && !before[i].name.empty() && name != before[i].name) refuse(fmt::format("rename column {}", sqlName(before[i].name)));
    }
}

void playView(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const Node relation = statement.node("view");
    const Node query = statement.node("query");
    const QueryUse use = usesOfQuery(world, prediction.session, query);
    lockNamed(prediction, use);
    const Id schema = schemaFor(prediction, relation.text("schemaname"), relation.number("location"));
    Id view = world.relationNamed(schema, relation.text("relname"));
    if (view && statement.flag("replace") && world.relation(view).kind == RelationKind::view) {
        prediction.lock(view, LockMode::accessExclusive);
        requireSameColumns(world, view, use, statement.names("aliases"));
        world.release(view);
        world.relation(view).columns.clear();
    } else {
        view = begin(prediction, relation, RelationKind::view, false);
    }
    Relation& made = world.relation(view);
    made.options.clear();
    readOptions(made, statement, "options");
    if (const std::string_view check = statement.text("withCheckOption"); check != "NO_CHECK_OPTION" && !check.empty())
        made.options.push_back(check == "LOCAL_CHECK_OPTION" ? "check_option=local" : "check_option=cascaded");
    made.reads = use.uses;
    world.dependOn(view, use.uses);
    addResultColumns(world, view, use, statement.names("aliases"));
}

void playCreateTableAs(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const Node into = statement.node("into");
    const bool materialized = statement.text("objtype") == "OBJECT_MATVIEW";
    const Node query = statement.node("query");
    const QueryUse use = query.is("ExecuteStmt") ? QueryUse() : usesOfQuery(world, prediction.session, query);
    lockNamed(prediction, use);
    const Id made = begin(prediction, into.node("rel"), materialized ? RelationKind::materializedView : RelationKind::table, statement.flag("if_not_exists"));
    if (!made) return;
    if (query.is("ExecuteStmt")) {
        play(prediction, query, "");
        for (const Relation& relation : world.relations.all())
            if (relation.hasStorage() && prediction.locked(relation.id)) prediction.scan(relation.id);
    } else if (!into.flag("skipData")) {
        playQuery(prediction, query);
        scanSources(prediction, use.uses);
    }
    Relation& relation = world.relation(made);
    readOptions(relation, into, "options");
    relation.tablespace = into.text("tableSpaceName");
    relation.populated = !into.flag("skipData");
    if (materialized) {
        relation.reads = use.uses;
        world.dependOn(made, use.uses);
    }
    addResultColumns(world, made, use, into.names("colNames"));
}

void playCompositeType(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const Id row = begin(prediction, statement.node("typevar"), RelationKind::composite, false);
    for (const Node& column : statement.list("coldeflist")) addColumn(prediction, row, column);
    const Relation& relation = world.relation(row);
    WorldType& type = world.addType(relation.schema, relation.name, TypeKind::composite);
    type.relation = row;
    world.depend({row, 0, false, 0, Bond::internal}, type.id);
}

}  // namespace slipway::postgres
