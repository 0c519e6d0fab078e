#include "engines/postgres/predict/world.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace slipway::postgres {

namespace {

const std::string none;

void eraseFrom(std::vector<Id>& ids, Id id) { std::erase(ids, id); }

}  // namespace

Attribute Relation::attribute(std::string_view column) const {
    for (size_t i = 0; i < columns.size(); ++i)
        if (!columns[i].dropped && columns[i].name == column) return static_cast<Attribute>(i + 1);
    return 0;
}

World::World() {
    public_ = addSchema("public").id;
    addOther("extension", 0, "plpgsql");
    settle();
}

namespace {

/// Looks for an object that lies in a schema.
template <class T>
Id find(const NameIndex& names, const Store<T>& objects, ObjectKind kind, Id schema, std::string_view name) {
    return names.find(NameIndex::hashOf(kind, schema, name), [&](Id id) {
        return objects.contains(id) && objects.at(id).schema == schema && objects.at(id).name == name;
    });
}

}  // namespace

Id World::schemaNamed(std::string_view name) const {
    return names_.find(NameIndex::hashOf(ObjectKind::schema, 0, name), [&](Id id) { return schemas.contains(id) && schemas.at(id).name == name; });
}
Id World::relationNamed(Id schema, std::string_view name) const { return find(names_, relations, ObjectKind::relation, schema, name); }
Id World::typeNamed(Id schema, std::string_view name) const { return find(names_, types, ObjectKind::type, schema, name); }
Id World::statisticsNamed(Id schema, std::string_view name) const { return find(names_, statistics, ObjectKind::statistics, schema, name); }
Id World::otherNamed(std::string_view kind, Id schema, std::string_view name) const {
    return names_.find(NameIndex::hashOf(ObjectKind::other, schema, name), [&](Id id) {
        if (!others.contains(id)) return false;
        const WorldOther& other = others.at(id);
        return other.kind == kind && other.schema == schema && other.name == name;
    });
}

std::vector<Id> World::functionsNamed(Id schema, std::string_view name) const {
    std::vector<Id> found;
    names_.find(NameIndex::hashOf(ObjectKind::function, schema, name), [&](Id id) {
        if (functions.contains(id) && functions.at(id).schema == schema && functions.at(id).name == name) found.push_back(id);
        return false;
    });
    std::ranges::reverse(found);
    return found;
}

Id World::constraintNamed(const Relation& relation, std::string_view name) const {
    for (const Id id : relation.constraints)
        if (constraints.at(id).name == name) return id;
    return 0;
}

bool World::hasConstraintNamed(Id schema, std::string_view name) const {
    return names_.find(NameIndex::hashOf(ObjectKind::constraint, 0, name), [&](Id id) {
        if (!constraints.contains(id) || constraints.at(id).name != name) return false;
        const WorldConstraint& constraint = constraints.at(id);
        return (constraint.relation ? relations.at(constraint.relation).schema : types.at(constraint.domain).schema) == schema;
    }) != 0;
}

uint32_t World::hashOf(Id object) const {
    const auto within = [&](const auto& value) { return NameIndex::hashOf(kindOf(object), value.schema, value.name); };
    switch (kindOf(object)) {
        case ObjectKind::relation: return within(relations.at(object));
        case ObjectKind::type: return within(types.at(object));
        case ObjectKind::function: return within(functions.at(object));
        case ObjectKind::statistics: return within(statistics.at(object));
        case ObjectKind::other: return within(others.at(object));
        default: return NameIndex::hashOf(kindOf(object), 0, name(object));
    }
}

template <class T>
T& World::named(T& value, std::string name) {
    value.name = std::move(name);
    names_.add(hashOf(value.id), value.id);
    if constexpr (requires { value.fresh; }) {
        value.fresh = true;
        fresh_.push_back(value.id);
    }
    return value;
}

WorldSchema& World::addSchema(std::string name) { return named(schemas.add(), std::move(name)); }

Relation& World::addRelation(Id schema, std::string name, RelationKind kind) {
    Relation& relation = relations.add();
    relation.schema = schema;
    relation.kind = kind;
    return named(relation, std::move(name));
}

WorldType& World::addType(Id schema, std::string name, TypeKind kind) {
    WorldType& type = types.add();
    type.schema = schema;
    type.kind = kind;
    return named(type, std::move(name));
}

WorldFunction& World::addFunction(Id schema, std::string name) {
    WorldFunction& function = functions.add();
    function.schema = schema;
    return named(function, std::move(name));
}

WorldConstraint& World::addConstraint(Id relation, Id domain, std::string name, ConstraintType type) {
    WorldConstraint& constraint = constraints.add();
    constraint.relation = relation;
    constraint.domain = domain;
    constraint.type = type;
    if (relation) relations.at(relation).constraints.push_back(constraint.id);
    if (domain) types.at(domain).constraints.push_back(constraint.id);
    return named(constraint, std::move(name));
}

WorldTrigger& World::addTrigger(Id relation, std::string name) {
    WorldTrigger& trigger = triggers.add();
    trigger.relation = relation;
    trigger.name = std::move(name);
    relations.at(relation).triggers.push_back(trigger.id);
    return trigger;
}

WorldPart& World::addRule(Id relation, std::string name) {
    WorldPart& rule = rules.add();
    rule.relation = relation;
    rule.name = std::move(name);
    relations.at(relation).rules.push_back(rule.id);
    return rule;
}

WorldPart& World::addPolicy(Id relation, std::string name) {
    WorldPart& policy = policies.add();
    policy.relation = relation;
    policy.name = std::move(name);
    relations.at(relation).policies.push_back(policy.id);
    return policy;
}

WorldStatistics& World::addStatistics(Id schema, std::string name, Id relation) {
    WorldStatistics& made = statistics.add();
    made.schema = schema;
    made.relation = relation;
    return named(made, std::move(name));
}

WorldOther& World::addOther(std::string kind, Id schema, std::string name) {
    WorldOther& other = others.add();
    other.kind = std::move(kind);
    other.schema = schema;
    return named(other, std::move(name));
}

bool World::exists(Id object) const {
    switch (kindOf(object)) {
        case ObjectKind::none: return false;
        case ObjectKind::schema: return schemas.contains(object);
        case ObjectKind::relation: return relations.contains(object);
        case ObjectKind::type: return types.contains(object);
        case ObjectKind::function: return functions.contains(object);
        case ObjectKind::constraint: return constraints.contains(object);
        case ObjectKind::trigger: return triggers.contains(object);
        case ObjectKind::rule: return rules.contains(object);
        case ObjectKind::policy: return policies.contains(object);
        case ObjectKind::statistics: return statistics.contains(object);
        case ObjectKind::other: return others.contains(object);
    }
    std::unreachable();
}

void World::rename(Id object, std::string name, Id schema) {
    const auto change = [&](auto& value) {
        names_.remove(hashOf(object), object);
        value.name = std::move(name);
        if constexpr (requires { value.schema; })
            if (schema) value.schema = schema;
        names_.add(hashOf(object), object);
    };
    switch (kindOf(object)) {
        case ObjectKind::schema: return change(schemas.at(object));
        case ObjectKind::relation: return change(relations.at(object));
        case ObjectKind::type: return change(types.at(object));
        case ObjectKind::statistics: return change(statistics.at(object));
        case ObjectKind::function: return change(functions.at(object));
        case ObjectKind::other: return change(others.at(object));
        case ObjectKind::constraint: return change(constraints.at(object));
        case ObjectKind::trigger: triggers.at(object).name = std::move(name); return;
        case ObjectKind::rule: rules.at(object).name = std::move(name); return;
        case ObjectKind::policy: policies.at(object).name = std::move(name); return;
        case ObjectKind::none: return;
    }
}

/// Takes the object out of the lists of those it belongs to.
void World::unlink(Id object) {
    const auto owner = [&](Id relation) { return relations.contains(relation) ? &relations.at(relation) : nullptr; };
    switch (kindOf(object)) {
        case ObjectKind::relation: {
            const Relation& gone = relations.at(object);
            if (types.contains(gone.ofType))
                if (Relation* of = owner(types.at(gone.ofType).relation)) eraseFrom(of->children, object);
            for (const Id parent : gone.parents)
                if (Relation* of = owner(parent)) eraseFrom(of->children, object);
            for (const Id child : gone.children)
                if (Relation* of = owner(child)) {
                    eraseFrom(of->parents, object);
                    if (of->partition->parent == object) of->partition = PartitionPart{of->partition->strategy, of->partition->key, of->partition->keyColumns, of->partition->keyText};
                }
            if (!gone.index) return;
            if (Relation* of = owner(gone.index->table)) eraseFrom(of->indexes, object);
            if (Relation* of = owner(gone.index->parent); of && of->index) eraseFrom(of->index->children, object);
            for (const Id child : gone.index->children)
                if (Relation* of = owner(child); of && of->index) of->index->parent = 0;
            return;
        }
        case ObjectKind::constraint: {
            const WorldConstraint& gone = constraints.at(object);
            if (Relation* of = owner(gone.relation)) eraseFrom(of->constraints, object);
            if (types.contains(gone.domain)) eraseFrom(types.at(gone.domain).constraints, object);
            return;
        }
        case ObjectKind::trigger:
            if (Relation* of = owner(triggers.at(object).relation)) eraseFrom(of->triggers, object);
            return;
        case ObjectKind::rule:
            if (Relation* of = owner(rules.at(object).relation)) eraseFrom(of->rules, object);
            return;
        case ObjectKind::policy:
            if (Relation* of = owner(policies.at(object).relation)) eraseFrom(of->policies, object);
            return;
        default: return;
    }
}

void World::erase(Id object) {
    if (!exists(object)) return;
    unlink(object);
    dependencies_.erase(object);
    names_.remove(hashOf(object), object);
    switch (kindOf(object)) {
        case ObjectKind::schema: return schemas.erase(object);
        case ObjectKind::relation: return relations.erase(object);
        case ObjectKind::type: return types.erase(object);
        case ObjectKind::function: return functions.erase(object);
        case ObjectKind::statistics: return statistics.erase(object);
        case ObjectKind::other: return others.erase(object);
        case ObjectKind::constraint: return constraints.erase(object);
        case ObjectKind::trigger: return triggers.erase(object);
        case ObjectKind::rule: return rules.erase(object);
        case ObjectKind::policy: return policies.erase(object);
        case ObjectKind::none: return;
    }
}

void World::depend(const Dependent& dependent, Id on) {
    if (on && dependent.object != on) dependencies_.add(dependent, on);
}

void World::dependOn(Id object, const Uses& uses, Bond bond, Attribute column, bool isDefault) {
    const auto on = [&](Id target, Attribute onColumn) { depend({object, column, isDefault, onColumn, bond}, target); };
    for (const ColumnId& used : uses.columns) on(used.relation, used.column);
    for (const Id function : uses.functions) on(function, 0);
    for (const Id type : uses.types) on(type, 0);
    for (const Id sequence : uses.sequences) on(sequence, 0);
}

void World::release(Id object, Attribute column, bool isDefault) { dependencies_.release(object, column, isDefault); }

void World::separate(Id object, Id on, Attribute column) { dependencies_.separate(object, on, column); }

std::vector<Dependent> World::dependents(Id on, Attribute column) const { return dependencies_.on(on, column); }

std::vector<Id> World::needs(Id object, Attribute column, bool isDefault) const { return dependencies_.of(object, column, isDefault); }

const std::string& World::name(Id object) const {
    switch (kindOf(object)) {
        case ObjectKind::none: return none;
        case ObjectKind::schema: return schemas.at(object).name;
        case ObjectKind::relation: return relations.at(object).name;
        case ObjectKind::type: return types.at(object).name;
        case ObjectKind::function: return functions.at(object).name;
        case ObjectKind::constraint: return constraints.at(object).name;
        case ObjectKind::trigger: return triggers.at(object).name;
        case ObjectKind::rule: return rules.at(object).name;
        case ObjectKind::policy: return policies.at(object).name;
        case ObjectKind::statistics: return statistics.at(object).name;
        case ObjectKind::other: return others.at(object).name;
    }
    std::unreachable();
}

const std::string& World::schemaName(Id object) const {
    const auto named = [&](Id schema) -> const std::string& { return schemas.contains(schema) ? schemas.at(schema).name : none; };
    switch (kindOf(object)) {
        case ObjectKind::relation: return named(relations.at(object).schema);
        case ObjectKind::type: return named(types.at(object).schema);
        case ObjectKind::function: return named(functions.at(object).schema);
        case ObjectKind::statistics: return named(statistics.at(object).schema);
        case ObjectKind::other: return named(others.at(object).schema);
        default: return none;
    }
}

std::string World::shown(Id object) const {
    const std::string& schema = schemaName(object);
    return schema.empty() ? sqlName(name(object)) : sqlName(schema, name(object));
}

std::vector<Id> World::withDescendants(Id relation) const {
    std::vector<Id> all{relation};
    for (size_t i = 0; i < all.size(); ++i)
        for (const Id child : relations.at(all[i]).children)
            if (std::ranges::find(all, child) == all.end()) all.push_back(child);
    return all;
}

bool World::isFresh(Id object) const {
    switch (kindOf(object)) {
        case ObjectKind::schema: return schemas.at(object).fresh;
        case ObjectKind::relation: return relations.at(object).fresh;
        case ObjectKind::type: return types.at(object).fresh;
        case ObjectKind::function: return functions.at(object).fresh;
        case ObjectKind::other: return others.at(object).fresh;
        default: return false;
    }
}

void World::settle() {
    for (const Id id : fresh_) {
        if (!exists(id)) continue;
        switch (kindOf(id)) {
            case ObjectKind::schema: schemas.at(id).fresh = false; break;
            case ObjectKind::relation: relations.at(id).fresh = false; break;
            case ObjectKind::type: types.at(id).fresh = false; break;
            case ObjectKind::function: functions.at(id).fresh = false; break;
            case ObjectKind::other: others.at(id).fresh = false; break;
            default: break;
        }
    }
    fresh_.clear();
}

}  // namespace slipway::postgres
