// Dropping, with all that goes along.
#include <algorithm>
#include <map>
#include <set>

#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

/// Walks the graph of dependencies as findDependentObjects() in catalog/dependency.c does.
class Closure {
  public:
    Closure(const World& world, bool cascade) : world_(world), cascade_(cascade) {}

    void add(const Droppable& target) {
        if (!seen_.insert(target).second) return;
        order_.push_back(target);
        follow(target);
    }

    /// Those that depend only in the way that needs CASCADE; to be asked for when all targets have been added.
    void finish() {
        while (!waiting_.empty()) {
            const auto [dependent, on] = waiting_.back();
            waiting_.pop_back();
            if (seen_.contains(dependent) || (dependent.isDefault && seen_.contains({dependent.object, dependent.column}))) continue;
            if (!cascade_)
                throw CannotRun{"dependents", fmt::format("{} depends on {}, which therefore cannot be dropped", describe(dependent), describe(on)),
                                "drop or change what depends on it first, in a statement of its own: CASCADE would take it along without a word", -1};
            add(dependent);
        }
    }

    const std::vector<Droppable>& order() const { return order_; }

  private:
    void follow(const Droppable& target) {
        if (target.isDefault) return;
        for (const Dependent& each : world_.dependents(target.object, target.column)) {
            const Droppable dependent{each.object, each.column, each.isDefault};
            if (each.object == target.object && each.column == target.column) continue;
            if (seen_.contains({each.object, 0, false})) continue;
            if (each.bond == Bond::normal) {
                waiting_.emplace_back(dependent, target);
            } else {
                add(dependent);
            }
        }
    }

    std::string describe(const Droppable& what) const {
        const auto within = [&](Id relation, const std::string& name) { return fmt::format("{} of {}", sqlName(name), world_.shown(relation)); };
        switch (kindOf(what.object)) {
            case ObjectKind::relation: {
                const Relation& relation = world_.relation(what.object);
                if (!what.column) return fmt::format("{} {}", nameOf(relation.kind), world_.shown(what.object));
                return (what.isDefault ? "the default of column " : "column ") + within(what.object, relation.column(what.column).name);
            }
            case ObjectKind::constraint: {
                const WorldConstraint& constraint = world_.constraints.at(what.object);
                return "constraint " + (constraint.relation ? within(constraint.relation, constraint.name) : sqlName(constraint.name));
            }
            case ObjectKind::trigger: return "trigger " + within(world_.triggers.at(what.object).relation, world_.name(what.object));
            case ObjectKind::rule: return "rule " + within(world_.rules.at(what.object).relation, world_.name(what.object));
            case ObjectKind::policy: return "policy " + within(world_.policies.at(what.object).relation, world_.name(what.object));
            case ObjectKind::function: return "function " + world_.shown(what.object);
            case ObjectKind::type: return "type " + world_.shown(what.object);
            case ObjectKind::other: return world_.others.at(what.object).kind + " " + world_.shown(what.object);
            default: return world_.shown(what.object);
        }
    }

    const World& world_;
    bool cascade_;
    std::set<Droppable> seen_;
    std::vector<Droppable> order_;
    std::vector<std::pair<Droppable, Droppable>> waiting_;
};

/// The locks that doDeletion() and what it calls take for one object.
void lockForDrop(Prediction& prediction, const Droppable& target) {
    World& world = prediction.world;
    constexpr LockMode strongest = LockMode::accessExclusive;
    switch (kindOf(target.object)) {
        case ObjectKind::relation: {
            prediction.lock(target.object, strongest);
            const Relation& relation = world.relation(target.object);
            if (target.column) return;
            prediction.drop(target.object);
            if (relation.index) prediction.lock(relation.index->table, strongest);
            if (const Id parent = relation.partition->parent) {
                prediction.lock(parent, strongest);
                for (const Id sibling : world.relation(parent).children)
                    if (world.relation(sibling).partition->isDefault) prediction.lock(sibling, strongest);
            }
            return;
        }
        case ObjectKind::constraint: {
            const WorldConstraint& constraint = world.constraints.at(target.object);
            if (constraint.relation) prediction.lock(constraint.relation, strongest);
            // The triggers on the referenced side are those of the topmost constraint.
            if (!constraint.referenced || constraint.parent) return;
            for (const Id each : world.withDescendants(constraint.referenced))
                if (hasKeyTriggers(world, each)) prediction.lock(each, strongest);
            return;
        }
        case ObjectKind::trigger:
            prediction.lock(world.triggers.at(target.object).relation, strongest);
            return;
        case ObjectKind::rule:
            prediction.lock(world.rules.at(target.object).relation, strongest);
            return;
        case ObjectKind::policy:
            prediction.lock(world.policies.at(target.object).relation, strongest);
            return;
        case ObjectKind::statistics:
            prediction.lock(world.statistics.at(target.object).relation, LockMode::shareUpdateExclusive);
            return;
        default:
            return;
    }
}

void erase(World& world, const Droppable& target) {
    if (!world.exists(target.object)) return;
    if (!target.column) {
        if (kindOf(target.object) == ObjectKind::type && world.types.at(target.object).relation) world.erase(world.types.at(target.object).relation);
        world.erase(target.object);
        return;
    }
    WorldColumn& column = world.relation(target.object).column(target.column);
    world.release(target.object, target.column, true);
    column.defaultValue.reset();
    if (target.isDefault) return;
    world.release(target.object, target.column, false);
    column.dropped = true;
    column.notNull = false;
    column.generated = column.identity = 0;
}

}  // namespace

void drop(Prediction& prediction, const std::vector<Droppable>& targets, bool cascade) {
    Closure closure(prediction.world, cascade);
    for (const Droppable& target : targets) closure.add(target);
    closure.finish();
    for (const Droppable& each : closure.order()) lockForDrop(prediction, each);
    // What depends on something goes before it, so that nothing ever refers to what is gone.
    for (auto each = closure.order().rbegin(); each != closure.order().rend(); ++each) erase(prediction.world, *each);
}

}  // namespace slipway::postgres
