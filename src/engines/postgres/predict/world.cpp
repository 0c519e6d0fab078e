#include "engines/postgres/predict/world.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace slipway::postgres {

namespace {

/// A name within a schema, as a key. Names hold no NUL.
std::string key(Id schema, std::string_view name) {
    std::string text(reinterpret_cast<const char*>(&schema), sizeof schema);
    return text.append(name);
}

std::string key(std::string_view kind, Id schema, std::string_view name) {
    return std::string(kind).append(1, '\0').append(key(schema, name));
}

template <class Map>
Id find(const Map& map, const std::string& key) {
    const auto found = map.find(key);
    return found == map.end() ? 0 : found->second;
}

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

Id World::next(ObjectKind kind) {
    const Id id = (static_cast<Id>(kind) << 28) | ++last_;
    fresh_.push_back(id);
    return id;
}

Id World::schemaNamed(std::string_view name) const { return find(schemaNames_, std::string(name)); }
Id World::relationNamed(Id schema, std::string_view name) const { return find(relationNames_, key(schema, name)); }
Id World::typeNamed(Id schema, std::string_view name) const { return find(typeNames_, key(schema, name)); }
Id World::statisticsNamed(Id schema, std::string_view name) const { return find(statisticsNames_, key(schema, name)); }
Id World::otherNamed(std::string_view kind, Id schema, std::string_view name) const {
    return find(otherNames_, key(kind, schema, name));
}

const std::vector<Id>& World::functionsNamed(Id schema, std::string_view name) const {
    static const std::vector<Id> none;
    const auto found = functionNames_.find(key(schema, name));
    return found == functionNames_.end() ? none : found->second;
}

Id World::constraintNamed(const Relation& relation, std::string_view name) const {
    for (const Id id : relation.constraints)
        if (constraints.at(id).name == name) return id;
    return 0;
}

bool World::hasConstraintNamed(Id schema, std::string_view name) const {
    const auto found = constraintNames_.find(std::string(name));
    return found != constraintNames_.end() && std::ranges::any_of(found->second, [&](Id id) {
               const auto constraint = constraints.find(id);
               if (constraint == constraints.end() || constraint->second.name != name) return false;
               const Id owner = constraint->second.relation;
               return (owner ? relations.at(owner).schema : types.at(constraint->second.domain).schema) == schema;
           });
}

WorldSchema& World::addSchema(std::string name) {
    const Id id = next(ObjectKind::schema);
    schemaNames_[name] = id;
    return schemas[id] = WorldSchema{.id = id, .name = std::move(name), .fresh = true};
}

Relation& World::addRelation(Id schema, std::string name, RelationKind kind) {
    const Id id = next(ObjectKind::relation);
    relationNames_[key(schema, name)] = id;
    Relation& relation = relations[id];
    relation.id = id;
    relation.schema = schema;
    relation.name = std::move(name);
    relation.kind = kind;
    relation.fresh = true;
    return relation;
}

WorldType& World::addType(Id schema, std::string name, TypeKind kind) {
    const Id id = next(ObjectKind::type);
    typeNames_[key(schema, name)] = id;
    WorldType& type = types[id];
    type.id = id;
    type.schema = schema;
    type.name = std::move(name);
    type.kind = kind;
    type.fresh = true;
    return type;
}

WorldFunction& World::addFunction(Id schema, std::string name) {
    const Id id = next(ObjectKind::function);
    functionNames_[key(schema, name)].push_back(id);
    WorldFunction& function = functions[id];
    function.id = id;
    function.schema = schema;
    function.name = std::move(name);
    function.fresh = true;
    return function;
}

WorldConstraint& World::addConstraint(Id relation, Id domain, std::string name, ConstraintType type) {
    const Id id = next(ObjectKind::constraint);
    WorldConstraint& constraint = constraints[id];
    constraint.id = id;
    constraint.relation = relation;
    constraint.domain = domain;
    constraint.name = std::move(name);
    constraint.type = type;
    constraintNames_[constraint.name].push_back(id);
    if (relation) relations.at(relation).constraints.push_back(id);
    if (domain) types.at(domain).constraints.push_back(id);
    return constraint;
}

WorldTrigger& World::addTrigger(Id relation, std::string name) {
    const Id id = next(ObjectKind::trigger);
    relations.at(relation).triggers.push_back(id);
    WorldTrigger& trigger = triggers[id];
    trigger.id = id;
    trigger.relation = relation;
    trigger.name = std::move(name);
    return trigger;
}

WorldPart& World::addRule(Id relation, std::string name) {
    const Id id = next(ObjectKind::rule);
    relations.at(relation).rules.push_back(id);
    return rules[id] = WorldPart{.id = id, .relation = relation, .name = std::move(name)};
}

WorldPart& World::addPolicy(Id relation, std::string name) {
    const Id id = next(ObjectKind::policy);
    relations.at(relation).policies.push_back(id);
    return policies[id] = WorldPart{.id = id, .relation = relation, .name = std::move(name)};
}

WorldStatistics& World::addStatistics(Id schema, std::string name, Id relation) {
    const Id id = next(ObjectKind::statistics);
    statisticsNames_[key(schema, name)] = id;
    return statistics[id] = WorldStatistics{.id = id, .schema = schema, .name = std::move(name), .relation = relation};
}

WorldOther& World::addOther(std::string kind, Id schema, std::string name) {
    const Id id = next(ObjectKind::other);
    otherNames_[key(kind, schema, name)] = id;
    return others[id] = WorldOther{.id = id, .schema = schema, .kind = std::move(kind), .name = std::move(name), .fresh = true};
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
    const auto move = [&](auto& names, auto& value) {
        names.erase(key(value.schema, value.name));
        value.name = std::move(name);
        if (schema) value.schema = schema;
        names[key(value.schema, value.name)] = object;
    };
    switch (kindOf(object)) {
        case ObjectKind::schema: {
            WorldSchema& value = schemas.at(object);
            schemaNames_.erase(value.name);
            value.name = std::move(name);
            schemaNames_[value.name] = object;
            return;
        }
        case ObjectKind::relation: return move(relationNames_, relations.at(object));
        case ObjectKind::type: return move(typeNames_, types.at(object));
        case ObjectKind::statistics: return move(statisticsNames_, statistics.at(object));
        case ObjectKind::function: {
            WorldFunction& value = functions.at(object);
            eraseFrom(functionNames_[key(value.schema, value.name)], object);
            value.name = std::move(name);
            if (schema) value.schema = schema;
            functionNames_[key(value.schema, value.name)].push_back(object);
            return;
        }
        case ObjectKind::other: {
            WorldOther& value = others.at(object);
            otherNames_.erase(key(value.kind, value.schema, value.name));
            value.name = std::move(name);
            if (schema) value.schema = schema;
            otherNames_[key(value.kind, value.schema, value.name)] = object;
            return;
        }
        case ObjectKind::constraint: {
            WorldConstraint& value = constraints.at(object);
            eraseFrom(constraintNames_[value.name], object);
            value.name = std::move(name);
            constraintNames_[value.name].push_back(object);
            return;
        }
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
                    if (of->partition.parent == object) of->partition = PartitionPart{of->partition.strategy, of->partition.key, of->partition.keyColumns, of->partition.keyText};
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
    release(object);
    dependents_.erase(object);
    switch (kindOf(object)) {
        case ObjectKind::schema:
            schemaNames_.erase(schemas.at(object).name);
            schemas.erase(object);
            return;
        case ObjectKind::relation:
            relationNames_.erase(key(relations.at(object).schema, relations.at(object).name));
            relations.erase(object);
            return;
        case ObjectKind::type:
            typeNames_.erase(key(types.at(object).schema, types.at(object).name));
            types.erase(object);
            return;
        case ObjectKind::function:
            eraseFrom(functionNames_[key(functions.at(object).schema, functions.at(object).name)], object);
            functions.erase(object);
            return;
        case ObjectKind::statistics:
            statisticsNames_.erase(key(statistics.at(object).schema, statistics.at(object).name));
            statistics.erase(object);
            return;
        case ObjectKind::other: {
            const WorldOther& gone = others.at(object);
            otherNames_.erase(key(gone.kind, gone.schema, gone.name));
            others.erase(object);
            return;
        }
        case ObjectKind::constraint:
            eraseFrom(constraintNames_[constraints.at(object).name], object);
            constraints.erase(object);
            return;
        case ObjectKind::trigger: triggers.erase(object); return;
        case ObjectKind::rule: rules.erase(object); return;
        case ObjectKind::policy: policies.erase(object); return;
        case ObjectKind::none: return;
    }
}

void World::depend(const Dependent& dependent, Id on) {
    if (!on || dependent.object == on) return;
    std::vector<Dependent>& known = dependents_[on];
    const bool there = std::ranges::any_of(known, [&](const Dependent& d) {
        return d.object == dependent.object && d.column == dependent.column && d.isDefault == dependent.isDefault && d.onColumn == dependent.onColumn;
    });
    if (there) return;
    known.push_back(dependent);
    dependsOn_[dependent.object].push_back(on);
}

void World::dependOn(Id object, const Uses& uses, Bond bond, Attribute column, bool isDefault) {
    const auto on = [&](Id target, Attribute onColumn) { depend({object, column, isDefault, onColumn, bond}, target); };
    for (const ColumnId& used : uses.columns) on(used.relation, used.column);
    for (const Id function : uses.functions) on(function, 0);
    for (const Id type : uses.types) on(type, 0);
    for (const Id sequence : uses.sequences) on(sequence, 0);
}

void World::release(Id object, Attribute column, bool isDefault) {
    const auto held = dependsOn_.find(object);
    if (held == dependsOn_.end()) return;
    std::vector<Id> left;
    for (const Id on : held->second) {
        const auto known = dependents_.find(on);
        if (known == dependents_.end()) continue;
        std::erase_if(known->second, [&](const Dependent& d) {
            return d.object == object && (column == 0 || (d.column == column && d.isDefault == isDefault));
        });
        if (std::ranges::any_of(known->second, [&](const Dependent& d) { return d.object == object; })) left.push_back(on);
    }
    held->second = std::move(left);
}

void World::separate(Id object, Id on) {
    if (const auto known = dependents_.find(on); known != dependents_.end())
        std::erase_if(known->second, [&](const Dependent& d) { return d.object == object && d.column == 0; });
}

std::vector<Dependent> World::dependents(Id on, Attribute column) const {
    std::vector<Dependent> found;
    const auto known = dependents_.find(on);
    if (known == dependents_.end()) return found;
    for (const Dependent& each : known->second)
        if ((column == 0 || each.onColumn == column) && exists(each.object)) found.push_back(each);
    return found;
}

std::vector<Id> World::needs(Id object, Attribute column, bool isDefault) const {
    std::vector<Id> found;
    const auto held = dependsOn_.find(object);
    if (held == dependsOn_.end()) return found;
    for (const Id on : held->second) {
        const auto known = dependents_.find(on);
        if (known == dependents_.end() || !exists(on) || std::ranges::find(found, on) != found.end()) continue;
        const bool needed = std::ranges::any_of(known->second, [&](const Dependent& d) {
            return d.object == object && d.column == column && d.isDefault == isDefault;
        });
        if (needed) found.push_back(on);
    }
    return found;
}

std::string World::name(Id object) const {
    switch (kindOf(object)) {
        case ObjectKind::none: return "";
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

std::string World::schemaName(Id object) const {
    const auto named = [&](Id schema) { return schemas.contains(schema) ? schemas.at(schema).name : std::string(); };
    switch (kindOf(object)) {
        case ObjectKind::relation: return named(relations.at(object).schema);
        case ObjectKind::type: return named(types.at(object).schema);
        case ObjectKind::function: return named(functions.at(object).schema);
        case ObjectKind::statistics: return named(statistics.at(object).schema);
        case ObjectKind::other: return named(others.at(object).schema);
        default: return "";
    }
}

std::string World::shown(Id object) const {
    const std::string schema = schemaName(object);
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
