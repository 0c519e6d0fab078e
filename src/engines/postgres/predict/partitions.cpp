// Parents and partitions.
#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "engines/postgres/predict/alter_table.h"
#include "engines/postgres/predict/partitions.h"
#include "engines/postgres/predict/routing.h"

namespace slipway::postgres {

namespace {

Attribute mapped(const World& world, Id from, Attribute column, Id to) {
    return column ? world.relation(to).attribute(world.relation(from).column(column).name) : Attribute{0};
}

/// <0, 0, >0; nullopt when these two cannot be compared without knowing their type better.
std::optional<int> compared(const std::string& a, const std::string& b) {
    double x = 0, y = 0;
    const auto number = [](const std::string& text, double& value) {
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
        return failure == std::errc() && end == text.data() + text.size();
    };
    if (number(a, x) && number(b, y)) return x < y ? -1 : x > y;
    if (a == b) return 0;
    // Dates and times as ISO 8601 writes them sort as texts.
    const auto date = [](const std::string& text) { return text.size() >= 10 && text[4] == '-' && text[7] == '-'; };
    if (date(a) && date(b)) return a < b ? -1 : 1;
    return std::nullopt;
}

bool implies(const Conjunct& known, const Conjunct& wanted) {
    if (known.column != wanted.column) return false;
    if (known == wanted) return true;
    if (wanted.comparison == "in" && (known.comparison == "=" || known.comparison == "in"))
        return std::ranges::all_of(known.values, [&](const std::string& value) { return std::ranges::find(wanted.values, value) != wanted.values.end(); });
    if (known.values.size() != 1 || wanted.values.size() != 1) return false;
    const auto order = compared(known.values[0], wanted.values[0]);
    if (!order) return false;
    const std::string& is = known.comparison;
    if (wanted.comparison == ">=") return (is == ">=" || is == ">" || is == "=") && *order >= 0;
    if (wanted.comparison == ">") return (is == ">" && *order >= 0) || ((is == ">=" || is == "=") && *order > 0);
    if (wanted.comparison == "<") return (is == "<" && *order <= 0) || ((is == "<=" || is == "=") && *order < 0);
    if (wanted.comparison == "<=") return (is == "<=" || is == "<" || is == "=") && *order <= 0;
    return false;
}

std::vector<Conjunct> knownOf(const World& world, Id table) {
    std::vector<Conjunct> known;
    const Relation& of = world.relation(table);
    for (const Id id : of.constraints) {
        const WorldConstraint& constraint = world.constraints.at(id);
        if (constraint.type == ConstraintType::check && constraint.validated && constraint.enforced)
            known.insert(known.end(), constraint.conjuncts.begin(), constraint.conjuncts.end());
    }
    for (size_t i = 0; i < of.columns.size(); ++i)
        if (of.columns[i].notNull && of.columns[i].notNullValidated) known.push_back({static_cast<Attribute>(i + 1), "not null", {}});
    return known;
}

bool isKeyword(const Node& datum, std::string_view word) {
    if (!datum.is("ColumnRef")) return false;
    const auto fields = datum.list("fields");
    return fields.size() == 1 && fields.front().string() == word;
}

/// What a bound says of a row, as conditions on the columns of `table`; nullopt when it says more than such conditions.
std::optional<std::vector<Conjunct>> conditionsOf(const World& world, Id parent, const Node& bound, Id table) {
    const PartitionPart& partition = world.relation(parent).partition;
    if (bound.flag("is_default") || partition.key.size() != 1 || !partition.key.front()) return std::nullopt;
    const Attribute column = mapped(world, parent, partition.key.front(), table);
    std::vector<Conjunct> wanted{{column, "not null", {}}};
    if (bound.text("strategy") == "l") {
        Conjunct in{column, "in", {}};
        for (const Node& datum : bound.list("listdatums")) {
            const auto value = constantOf(datum);
            if (!value) return std::nullopt;
            in.values.push_back(*value);
        }
        wanted.push_back(std::move(in));
        return wanted;
    }
    if (bound.text("strategy") != "r") return std::nullopt;
    const Node lower = bound.list("lowerdatums").front(), upper = bound.list("upperdatums").front();
    if (!isKeyword(lower, "minvalue")) {
        const auto value = constantOf(lower);
        if (!value) return std::nullopt;
        wanted.push_back({column, ">=", {*value}});
    }
    if (!isKeyword(upper, "maxvalue")) {
        const auto value = constantOf(upper);
        if (!value) return std::nullopt;
        wanted.push_back({column, "<", {*value}});
    }
    return wanted;
}

/// Whether the table's own checks say that all its rows fit the bound (PartConstraintImpliedByRelConstraint()).
bool provesBound(const World& world, Id table, Id parent, const Node& bound) {
    const auto wanted = conditionsOf(world, parent, bound, table);
    if (!wanted) return false;
    const auto known = knownOf(world, table);
    return std::ranges::all_of(*wanted, [&](const Conjunct& each) { return std::ranges::any_of(known, [&](const Conjunct& k) { return implies(k, each); }); });
}

/// Whether a range of rows lies where a check says that there are none.
bool liesWithin(const std::vector<Conjunct>& range, const Conjunct& outside) {
    bool above = false, below = false;
    for (const Conjunct& each : range) {
        if (each.column != outside.column || each.values.size() != 1) continue;
        above = above || (each.comparison == ">=" && compared(each.values[0], outside.values[0]).value_or(-1) >= 0);
        below = below || (each.comparison == "<" && compared(each.values[0], outside.values[1]).value_or(1) <= 0);
    }
    return above && below;
}

/// Whether they say that none does.
bool excludesBound(const World& world, Id table, Id parent, const Node& bound) {
    const auto wanted = conditionsOf(world, parent, bound, table);
    if (!wanted) return false;
    for (const Conjunct& known : knownOf(world, table)) {
        if (known.comparison == "outside" && liesWithin(*wanted, known)) return true;
        for (const Conjunct& each : *wanted) {
            if (known.column != each.column) continue;
            if (known.comparison == "outside") continue;
            const Conjunct opposite{each.column, each.comparison == ">=" ? "<" : each.comparison == "<" ? ">=" : "", each.values};
            if (!opposite.comparison.empty() && implies(known, opposite)) return true;
        }
    }
    return false;
}

void scanLeaves(Prediction& prediction, Id table) {
    for (const Id each : prediction.world.withDescendants(table))
        if (prediction.world.relation(each).hasStorage()) prediction.scan(each);
}

/// An index of the partition that corresponds to the parent's: one that is there, or a new one.
void copyIndexes(Prediction& prediction, Id parent, Id child) {
    World& world = prediction.world;
    if (world.relation(child).kind == RelationKind::foreign) return;  // has none
    for (const Id id : std::vector<Id>(world.relation(parent).indexes)) {
        const IndexPart of = *world.relation(id).index;
        IndexPart wanted = of;
        for (Attribute& column : wanted.columns) column = mapped(world, parent, column, child);
        Id known = 0;
        for (const Id here : world.relation(child).indexes) {
            const IndexPart& index = *world.relation(here).index;
            if (!index.parent && index.method == wanted.method && index.columns == wanted.columns && index.keys == wanted.keys && index.unique == wanted.unique &&
                index.partial == wanted.partial && index.expressions == wanted.expressions && index.opclasses == wanted.opclasses && (!of.constraint || index.constraint))
                known = here;
        }
        if (known) {
            world.relation(known).index->parent = id;
            world.relation(id).index->children.push_back(known);
            world.depend({known, 0, false, 0, Bond::internal}, id);
            prediction.lock(id, LockMode::shareUpdateExclusive);
            if (const Id constraint = world.relation(known).index->constraint; of.constraint && constraint) {
                world.constraints.at(constraint).parent = of.constraint;
                world.constraints.at(constraint).inherited = 1;
                world.constraints.at(constraint).local = false;
            }
            continue;
        }
        IndexPlan plan;
        plan.method = of.method;
        plan.unique = of.unique;
        plan.primary = of.primary;
        plan.exclusion = of.exclusion;
        plan.constraint = of.constraint != 0;
        if (of.constraint) {
            plan.deferrable = world.constraints.at(of.constraint).deferrable;
            plan.deferred = world.constraints.at(of.constraint).deferred;
        }
        const auto name = [&](Attribute column) { return column ? world.relation(parent).column(column).name : std::string("expr"); };
        if (of.expressions || of.partial) {
            copyExpressionIndex(prediction, id, child);
            continue;
        }
        for (int i = 0; i < of.keys; ++i) plan.keyColumns.push_back(name(of.columns[static_cast<size_t>(i)]));
        for (size_t i = static_cast<size_t>(of.keys); i < of.columns.size(); ++i) plan.included.push_back(name(of.columns[i]));
        createIndex(prediction, child, plan, id);
    }
}

void copyForeignKeys(Prediction& prediction, Id parent, Id child, bool validate) {
    World& world = prediction.world;
    for (const Id id : std::vector<Id>(world.relation(parent).constraints)) {
        if (world.constraints.at(id).type != ConstraintType::foreignKey) continue;
        const WorldConstraint of = world.constraints.at(id);
        prediction.lock(of.referenced, LockMode::shareRowExclusive);
        std::vector<Attribute> columns;
        for (const Attribute column : of.columns) columns.push_back(mapped(world, parent, column, child));
        Id known = 0;
        for (const Id here : world.relation(child).constraints) {
            const WorldConstraint& key = world.constraints.at(here);
            if (key.type == ConstraintType::foreignKey && !key.parent && key.referenced == of.referenced && key.columns == columns && key.referencedColumns == of.referencedColumns) known = here;
        }
        if (!known) {
            WorldConstraint& made = world.addConstraint(child, 0, world.constraintNamed(world.relation(child), of.name) ? freeConstraintName(world, world.relation(child), "", of.name) : of.name,
                                                        ConstraintType::foreignKey);
            known = made.id;
            const std::string name = made.name;
            made = of;
            made.id = known;
            made.name = name;
            made.relation = child;
            made.columns = columns;
            world.depend({known, 0, false, 0, Bond::automatic}, child);
            for (const Attribute column : columns) world.depend({known, 0, false, column, Bond::automatic}, child);
            world.depend({known, 0, false, 0, Bond::normal}, of.referenced);
            if (of.referencedIndex) world.depend({known, 0, false, 0, Bond::normal}, of.referencedIndex);
            if (validate && of.validated) validateForeignKey(prediction, world.constraints.at(known));
        }
        else prediction.lock(of.referenced, LockMode::accessExclusive);  // whose triggers for it are merged with the parent's
        world.constraints.at(known).parent = id;
        world.constraints.at(known).inherited = 1;
        world.constraints.at(known).local = false;
        world.depend({known, 0, false, 0, Bond::internal}, id);
    }
}

/// Foreign keys that reference the parent reference the new partition, too (CloneFkReferenced()).
void referencePartition(Prediction& prediction, Id parent, Id child) {
    World& world = prediction.world;
    for (const Dependent& each : world.dependents(parent)) {
        if (kindOf(each.object) != ObjectKind::constraint) continue;
        const WorldConstraint& key = world.constraints.at(each.object);
        if (key.type != ConstraintType::foreignKey || key.relation == parent || key.parent) continue;
        prediction.lockWithDescendants(key.relation, world.serverVersion < 15 ? LockMode::accessShare : LockMode::shareRowExclusive);
        for (const Id one : world.withDescendants(child)) world.depend({key.id, 0, false, 0, Bond::normal}, one);
    }
}

void copyTriggers(Prediction& prediction, Id parent, Id child) {
    World& world = prediction.world;
    for (const Id id : std::vector<Id>(world.relation(parent).triggers)) {
        if (!world.triggers.at(id).row) continue;
        const WorldTrigger of = world.triggers.at(id);
        WorldTrigger& made = world.addTrigger(child, of.name);
        const Id copy = made.id;
        made = of;
        made.id = copy;
        made.relation = child;
        made.parent = id;
        for (Attribute& column : made.columns) column = mapped(world, parent, column, child);
        world.depend({copy, 0, false, 0, Bond::automatic}, child);
        world.depend({copy, 0, false, 0, Bond::internal}, id);
        if (of.function) world.depend({copy, 0, false, 0, Bond::normal}, of.function);
    }
}

}  // namespace

void copyExpressionIndex(Prediction& prediction, Id source, Id child) {
    World& world = prediction.world;
    IndexPart part = *world.relation(source).index;
    const Id parent = part.table;
    for (Attribute& column : part.columns) column = mapped(world, parent, column, child);
    for (Attribute& column : part.expressionColumns) column = mapped(world, parent, column, child);
    part.table = child;
    part.parent = source;
    part.children.clear();
    std::vector<std::string> names;
    for (const Attribute column : part.columns) names.push_back(column ? world.relation(child).column(column).name : "expr");
    const Relation& of = world.relation(child);
    const Id schema = of.schema;
    std::string name = freeRelationName(world, schema, of.name, indexColumnsName(names), "idx");
    Relation& made = world.addRelation(schema, std::move(name), of.kind == RelationKind::partitioned ? RelationKind::partitionedIndex : RelationKind::index);
    const Id id = made.id;
    made.index = part;
    world.relation(child).indexes.push_back(id);
    world.relation(source).index->children.push_back(id);
    world.depend({id, 0, false, 0, Bond::automatic}, child);
    world.depend({id, 0, false, 0, Bond::internal}, source);
    if (world.relation(child).hasStorage()) prediction.scan(child);
    for (const Id below : std::vector<Id>(world.relation(child).children)) copyExpressionIndex(prediction, id, below);
}

std::pair<bool, bool> partitionProofs(const World& world, Id child, Id parent, const Node& bound) {
    const auto& siblings = world.relation(parent).children;
    const auto isDefault = [&](Id each) { return world.relation(each).partition->isDefault; };
    const auto other = std::ranges::find_if(siblings, isDefault);
    return {provesBound(world, child, parent, bound), other == siblings.end() || excludesBound(world, *other, parent, bound)};
}

void becomePartition(Prediction& prediction, Id child, Id parent, const Node& bound, bool isNew) {
    World& world = prediction.world;
    constexpr LockMode strongest = LockMode::accessExclusive;
    Id defaultPartition = 0;
    for (const Id each : world.relation(parent).children)
        if (world.relation(each).partition->isDefault) defaultPartition = each;
    if (defaultPartition) {
        for (const Id each : world.withDescendants(defaultPartition)) prediction.lock(each, strongest);
        if (!excludesBound(world, defaultPartition, parent, bound)) scanLeaves(prediction, defaultPartition);
    }
    if (!isNew) {
        const bool defaultAlone = bound.flag("is_default") && world.relation(parent).children.empty();
        if (!defaultAlone && !provesBound(world, child, parent, bound)) scanLeaves(prediction, child);
    }
    PartitionPart& partition = world.relation(child).partition.edit();
    partition.parent = parent;
    partition.isDefault = bound.flag("is_default");
    partition.bound = partition.isDefault ? "DEFAULT" : "FOR VALUES";
    partition.takes = boundOf(bound);
    copyIndexes(prediction, parent, child);
    copyForeignKeys(prediction, parent, child, !isNew);
    referencePartition(prediction, parent, child);
    if (!isNew)
        for (Id above = world.relation(parent).partition->parent; above; above = world.relation(above).partition->parent) prediction.lock(above, LockMode::accessShare);
    copyTriggers(prediction, parent, child);
}

void addParent(Prediction& prediction, Id child, Id parent) {
    World& world = prediction.world;
    Relation& of = world.relation(child);
    of.parents.push_back(parent);
    world.relation(parent).children.push_back(child);
    for (const WorldColumn& column : world.relation(parent).columns)
        if (const Attribute here = column.dropped ? Attribute{0} : of.attribute(column.name)) of.column(here).inherited++;
    for (const Id id : world.relation(parent).constraints) {
        const WorldConstraint& constraint = world.constraints.at(id);
        if (constraint.type != ConstraintType::check || constraint.noInherit) continue;
        if (const Id here = world.constraintNamed(of, constraint.name)) world.constraints.at(here).inherited++;
    }
    const bool partitioned = world.relation(parent).kind == RelationKind::partitioned;
    if (partitioned)  // what a partition has, it has from its parent (MergeAttributesIntoExisting())
        for (WorldColumn& column : of.columns) column.local = false;
    world.depend({child, 0, false, 0, partitioned ? Bond::automatic : Bond::normal}, parent);
}

void removeParent(Prediction& prediction, Id child, Id parent) {
    World& world = prediction.world;
    Relation& of = world.relation(child);
    std::erase(of.parents, parent);
    std::erase(world.relation(parent).children, child);
    for (WorldColumn& column : of.columns)
        if (!column.dropped && column.inherited > 0 && world.relation(parent).attribute(column.name)) {
            if (--column.inherited == 0) column.local = true;
        }
    for (const Id id : of.constraints) {
        WorldConstraint& constraint = world.constraints.at(id);
        if (constraint.inherited > 0 && --constraint.inherited == 0) constraint.local = true;
    }
    world.separate(child, parent);
}

/// What references the parent must not have rows in the partition that leaves (RI_PartitionRemove_Check()).
static void checkReferences(Prediction& prediction, Id child) {
    World& world = prediction.world;
    for (const Dependent& each : world.dependents(child)) {
        if (kindOf(each.object) != ObjectKind::constraint) continue;
        const WorldConstraint& key = world.constraints.at(each.object);
        if (key.type != ConstraintType::foreignKey || key.relation == child || key.referenced == child) continue;
        prediction.lock(key.relation, LockMode::accessExclusive);
        if (world.relation(key.relation).hasStorage()) prediction.scan(key.relation);
        for (const Id one : world.withDescendants(child)) {
            if (hasKeyTriggers(world, one)) prediction.lock(one, LockMode::accessExclusive);
            if (!world.relation(one).hasStorage()) continue;
            prediction.scan(one);
            for (const Id index : world.relation(one).indexes) prediction.lock(index, LockMode::accessShare);
        }
        for (const Id one : world.withDescendants(child)) world.separate(key.id, one);
    }
}

/// ALTER INDEX ... ATTACH PARTITION. The index above is valid once every partition has a valid part of it
/// (validatePartitionedIndex() in commands/tablecmds.c).
static void attachIndex(World& world, Id child, Id parent) {
    IndexPart& part = *world.relation(child).index;
    if (part.parent) return;
    part.parent = parent;
    world.relation(parent).index->children.push_back(child);
    world.depend({child, 0, false, 0, Bond::internal}, parent);
    const Id above = world.relation(parent).index->constraint;
    if (part.constraint && above) {
        WorldConstraint& constraint = world.constraints.at(part.constraint);
        constraint.parent = above;
        constraint.inherited = 1;
        constraint.local = false;
        world.depend({constraint.id, 0, false, 0, Bond::internal}, above);
    }
    for (Id each = parent; each; each = world.relation(each).index->parent) {
        IndexPart& whole = *world.relation(each).index;
        const bool valid = std::ranges::all_of(whole.children, [&](Id one) { return world.relation(one).index->valid; });
        if (!valid || whole.children.size() < world.relation(whole.table).children.size()) return;
        whole.valid = true;
    }
}

void attachPartition(AlterTable& alter, const Node& command) {
    World& world = alter.world;
    Prediction& prediction = alter.prediction;
    const Node partition = command.node("def");
    if (world.relation(alter.target).isIndex()) {
        const Id child = findRelation(prediction, partition.node("name"));
        prediction.lock(alter.target, LockMode::shareUpdateExclusive);
        prediction.lock(child, LockMode::accessExclusive);
        prediction.lock(world.relation(alter.target).index->table, LockMode::accessShare);
        prediction.lock(world.relation(child).index->table, LockMode::accessShare);
        attachIndex(world, child, alter.target);
        return;
    }
    prediction.lock(alter.target, LockMode::shareUpdateExclusive);
    const Id child = findRelation(prediction, partition.node("name"));
    prediction.lockWithDescendants(child, LockMode::accessExclusive);
    becomePartition(prediction, child, alter.target, partition.node("bound"), false);
    addParent(prediction, child, alter.target);
}

void detachPartition(AlterTable& alter, const Node& command) {
    World& world = alter.world;
    Prediction& prediction = alter.prediction;
    const Node partition = command.node("def");
    const bool finalize = command.text("subtype") == "AT_DetachPartitionFinalize";
    const bool concurrently = partition.flag("concurrent") || finalize;
    const bool hasDefault = std::ranges::any_of(world.relation(alter.target).children, [&](Id each) { return world.relation(each).partition->isDefault; });
    if (partition.flag("concurrent") && hasDefault)  // ATExecDetachPartition() in commands/tablecmds.c
        throw CannotRun{"cannot-run", fmt::format("partitions of {} cannot be detached concurrently, because it has a default partition", world.shown(alter.target)),
                        "detach the default partition first, or leave CONCURRENTLY out and give the statement a short lock_timeout", -1};
    prediction.lock(alter.target, concurrently ? LockMode::shareUpdateExclusive : LockMode::accessExclusive);
    const Id child = findRelation(prediction, partition.node("name"));
    prediction.lock(child, world.serverVersion < 14 ? LockMode::shareUpdateExclusive : LockMode::accessExclusive);
    for (const Id each : world.relation(alter.target).children)
        if (world.relation(each).partition->isDefault) prediction.lock(each, concurrently ? LockMode::shareUpdateExclusive : LockMode::accessExclusive);
    for (const Id index : world.relation(child).indexes) {
        IndexPart& part = *world.relation(index).index;
        if (!part.parent) continue;
        prediction.lock(index, LockMode::accessExclusive);
        std::erase(world.relation(part.parent).index->children, index);
        world.separate(index, part.parent);
        part.parent = 0;
        if (part.constraint)
            world.depend({index, 0, false, 0, Bond::internal}, part.constraint);
        else
            world.depend({index, 0, false, 0, Bond::automatic}, child);
    }
    checkReferences(prediction, child);
    for (Id above = world.relation(alter.target).partition->parent; above; above = world.relation(above).partition->parent) prediction.lock(above, LockMode::accessShare);
    for (const Id id : world.relation(child).constraints) {
        WorldConstraint& constraint = world.constraints.at(id);
        if (constraint.parent && constraint.referenced) prediction.lock(constraint.referenced, LockMode::shareRowExclusive);
        if (constraint.parent) world.separate(id, constraint.parent);
        constraint.parent = 0;
    }
    for (const Id id : std::vector<Id>(world.relation(child).triggers))
        if (world.triggers.at(id).parent) world.erase(id);
    Relation& of = world.relation(child);
    of.partition = PartitionPart{of.partition->strategy, of.partition->key, of.partition->keyColumns, of.partition->keyText};
    removeParent(prediction, child, alter.target);
}

}  // namespace slipway::postgres
