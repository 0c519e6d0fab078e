#include <algorithm>

#include "base/text.h"
#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

std::vector<Attribute> columnsNamed(Prediction& prediction, Id relation, const std::vector<std::string_view>& names, int64_t location) {
    std::vector<Attribute> columns;
    for (const std::string_view name : names) columns.push_back(findColumn(prediction, relation, name, location));
    return columns;
}

/// The unique index that a foreign key to these columns rests on; with no columns named, the primary key's, whose columns are filled in.
Id referencedIndex(const World& world, Id referenced, std::vector<Attribute>& columns) {
    for (const Id id : world.relation(referenced).indexes) {
        const IndexPart& index = *world.relation(id).index;
        const std::vector<Attribute> keys(index.columns.begin(), index.columns.begin() + index.keys);
        if (columns.empty() ? index.primary : index.unique && !index.partial && !index.expressions && std::ranges::is_permutation(keys, columns)) {
            if (columns.empty()) columns = keys;
            return id;
        }
    }
    return 0;
}

/// Types of different families have no equality operator that an index knows, and no cast to one that has.
std::string_view familyOf(const World& world, const TypeRef& type) {
    const TypeRef base = baseTypeOf(world, type);
    if (base.own || base.array) return "";
    const std::string_view name = base.builtin;
    if (name == "int2" || name == "int4" || name == "int8" || name == "numeric" || name == "float4" || name == "float8") return "number";
    if (name == "text" || name == "varchar" || name == "bpchar") return "text";
    if (name == "date" || name == "timestamp" || name == "timestamptz") return "time";
    return name == "uuid" || name == "bool" || name == "bytea" ? name : "";
}

/// Both sides must be comparable (ATAddForeignKeyConstraint() in commands/tablecmds.c: "cannot be implemented").
void requireComparable(const World& world, Id relation, const WorldConstraint& key, int64_t location) {
    for (size_t i = 0; i < key.columns.size() && i < key.referencedColumns.size(); ++i) {
        if (!key.columns[i] || !key.referencedColumns[i]) continue;
        const WorldColumn& here = world.relation(relation).column(key.columns[i]);
        const WorldColumn& there = world.relation(key.referenced).column(key.referencedColumns[i]);
        const std::string_view a = familyOf(world, here.type), b = familyOf(world, there.type);
        if (a.empty() || b.empty() || a == b) continue;
        throw CannotRun{"cannot-run", fmt::format("the foreign key cannot be implemented: {} is {}, {} of {} is {}", sqlName(here.name), formatType(world, here.type), sqlName(there.name),
                                                  world.shown(key.referenced), formatType(world, there.type)),
                        "give both columns the same type", location};
    }
}

void add(Prediction& prediction, Id relation, const WorldConstraint& like, const std::string& name, Id parent, std::vector<Id>& touched) {
    World& world = prediction.world;
    WorldConstraint copy = like;
    WorldConstraint& made = world.addConstraint(relation, 0, name, ConstraintType::foreignKey);
    copy.id = made.id;
    copy.relation = relation;
    copy.name = made.name;
    copy.parent = parent;
    copy.local = parent == 0;
    copy.inherited = parent ? 1 : 0;
    made = copy;
    const Id id = made.id;
    world.depend({id, 0, false, 0, Bond::automatic}, relation);
    for (const Attribute column : made.columns) world.depend({id, 0, false, column, Bond::automatic}, relation);
    for (const Id each : world.withDescendants(made.referenced)) world.depend({id, 0, false, 0, Bond::normal}, each);
    for (const Attribute column : made.referencedColumns) world.depend({id, 0, false, column, Bond::normal}, made.referenced);
    if (made.referencedIndex) world.depend({id, 0, false, 0, Bond::normal}, made.referencedIndex);
    if (parent) world.depend({id, 0, false, 0, Bond::internal}, parent);
    touched.push_back(relation);
    if (world.relation(relation).kind != RelationKind::partitioned) return;
    for (const Id child : std::vector<Id>(world.relation(relation).children)) {
        prediction.lock(child, LockMode::shareRowExclusive);
        WorldConstraint mapped = world.constraints.at(id);
        const Relation& below = world.relation(child);
        for (Attribute& column : mapped.columns) column = below.attribute(world.relation(relation).column(column).name);
        add(prediction, child, mapped, world.constraintNamed(below, mapped.name) ? freeConstraintName(world, below, "", mapped.name) : mapped.name, id, touched);
    }
}

}  // namespace

Id addForeignKey(Prediction& prediction, Id relation, const Node& constraint, std::string_view column, std::vector<Id>& touched) {
    World& world = prediction.world;
    const int64_t location = constraint.number("location");
    WorldConstraint key;
    key.type = ConstraintType::foreignKey;
    key.referenced = findRelation(prediction, constraint.node("pktable"));
    prediction.lock(key.referenced, LockMode::shareRowExclusive);
    if (world.relation(key.referenced).kind == RelationKind::partitioned) prediction.lockWithDescendants(key.referenced, LockMode::shareRowExclusive);

    auto names = constraint.names("fk_attrs");
    if (names.empty() && !column.empty()) names.push_back(column);
    key.columns = columnsNamed(prediction, relation, names, location);
    key.referencedColumns = columnsNamed(prediction, key.referenced, constraint.names("pk_attrs"), location);
    key.referencedIndex = referencedIndex(world, key.referenced, key.referencedColumns);
    if (!key.referencedIndex && !world.relation(key.referenced).placeholder && world.relation(key.referenced).id != relation)
        throw CannotRun{"unknown-object", fmt::format("no primary key or unique constraint of {} has these columns, so no foreign key can reference them", world.shown(key.referenced)),
                        "add a unique constraint on them first", location};
    key.validated = !constraint.flag("skip_validation");
    if (!key.validated && world.serverVersion < 18 && world.relation(relation).kind == RelationKind::partitioned)  // ATAddForeignKeyConstraint()
        throw CannotRun{"cannot-run", fmt::format("a foreign key of the partitioned table {} cannot be NOT VALID before PostgreSQL 18", world.shown(relation)),
                        "add it NOT VALID to each partition and validate it there, then add it to the parent, which takes over what is valid already", location};
    requireComparable(world, relation, key, location);
    key.deferrable = constraint.flag("deferrable");
    key.deferred = constraint.flag("initdeferred");
    if (const std::string_view action = constraint.text("fk_upd_action"); !action.empty()) key.onUpdate = action[0];
    if (const std::string_view action = constraint.text("fk_del_action"); !action.empty()) key.onDelete = action[0];

    const Relation& of = world.relation(relation);
    std::string name(constraint.text("conname"));
    std::vector<std::string> parts(names.begin(), names.end());
    if (name.empty()) name = freeConstraintName(world, of, indexColumnsName(parts), "fkey");
    if (world.constraintNamed(of, name)) throw duplicateObject("constraint", sqlName(name), location);
    add(prediction, relation, key, name, 0, touched);
    return world.constraintNamed(world.relation(relation), name);
}

bool hasKeyTriggers(const World& world, Id referenced) {
    return world.serverVersion >= 15 || world.relation(referenced).kind != RelationKind::partitioned;
}

void validateForeignKey(Prediction& prediction, const WorldConstraint& key, bool allNull) {
    // RI_Initial_Check() in utils/adt/ri_triggers.c: a query over both, which opens their indexes as any query does.
    const World& world = prediction.world;
    prediction.lock(key.referenced, LockMode::rowShare);
    for (const Id side : {key.relation, key.referenced})
        for (const Id each : side == key.referenced ? world.withDescendants(side) : std::vector<Id>{side}) {
            prediction.lock(each, LockMode::accessShare);
            if (world.relation(each).hasStorage() && !(allNull && side == key.referenced)) prediction.scan(each);
            // Since 16 the planner opens the indexes of partitioned tables, too (get_relation_info() in plancat.c).
            if (world.relation(each).kind == RelationKind::table || (side == key.referenced && world.relation(each).kind == RelationKind::partitioned && world.serverVersion >= 16))
                for (const Id index : world.relation(each).indexes) prediction.lock(index, LockMode::accessShare);
        }
}

}  // namespace slipway::postgres
