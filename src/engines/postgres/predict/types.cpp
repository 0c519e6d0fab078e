// Enumerations, domains, ranges and what else CREATE TYPE makes.
#include <algorithm>

#include "engines/postgres/predict/ddl.h"
#include "engines/postgres/predict/statements.h"

namespace slipway::postgres {

namespace {

Id newType(Prediction& prediction, const std::vector<std::string_view>& parts, TypeKind kind) {
    const auto [schemaName, name] = schemaAndName(parts);
    const Id schema = schemaFor(prediction, schemaName);
    if (const Id known = prediction.world.typeNamed(schema, name); known && prediction.world.types.at(known).kind != TypeKind::shell)
        throw duplicateObject("type", prediction.world.shown(known), -1);
    else if (known)
        return known;
    return prediction.world.addType(schema, std::string(name), kind).id;
}

WorldType& findOwnType(Prediction& prediction, const std::vector<std::string_view>& parts) {
    const auto [schema, name] = schemaAndName(parts);
    const Id found = Names(prediction.world, prediction.session).type(schema, name);
    if (found && kindOf(found) == ObjectKind::type) return prediction.world.types.at(found);
    const std::string shown = schema.empty() ? sqlName(name) : sqlName(schema, name);
    if (prediction.world.complete) throw unknownObject("type", shown, -1);
    prediction.uncertain(fmt::format("nothing is known of the type {}", shown));
    WorldType& made = prediction.world.addType(schemaFor(prediction, schema), std::string(name), TypeKind::enumeration);
    made.fresh = false;
    return made;
}

void addDomainCheck(Prediction& prediction, Id domain, const Node& constraint) {
    World& world = prediction.world;
    std::string name(constraint.text("conname"));
    const WorldType& of = world.types.at(domain);
    for (int pass = 0; name.empty() || (constraint.text("conname").empty() && world.hasConstraintNamed(of.schema, name)); ++pass)
        name = objectName(of.name, "", pass ? fmt::format("check{}", pass) : "check");
    WorldConstraint& made = world.addConstraint(0, domain, std::move(name), ConstraintType::check);
    made.validated = !constraint.flag("skip_validation");
    made.uses = usesOfExpression(world, prediction.session, constraint.node("raw_expr"), 0);
    world.depend({made.id, 0, false, 0, Bond::automatic}, domain);
    world.dependOn(made.id, made.uses);
}

/// The tables that hold values of the domain, or of a domain over it, are locked and read
/// (get_rels_with_domain() in commands/typecmds.c).
void checkHolders(Prediction& prediction, Id domain, bool scan) {
    World& world = prediction.world;
    for (const Dependent& each : world.dependents(domain)) {
        if (kindOf(each.object) == ObjectKind::type && world.types.at(each.object).kind == TypeKind::domain) checkHolders(prediction, each.object, scan);
        if (kindOf(each.object) != ObjectKind::relation || !each.column || each.isDefault) continue;
        if (!world.relation(each.object).hasStorage()) continue;
        prediction.lock(each.object, LockMode::share);
        if (scan) prediction.scan(each.object);
    }
}

}  // namespace

void playCreateEnum(Prediction& prediction, const Node& statement, std::string_view) {
    WorldType& type = prediction.world.types.at(newType(prediction, statement.names("typeName"), TypeKind::enumeration));
    type.kind = TypeKind::enumeration;
    for (const std::string_view label : statement.names("vals")) type.labels.emplace_back(label);
}

void playAlterEnum(Prediction& prediction, const Node& statement, std::string_view) {
    WorldType& type = findOwnType(prediction, statement.names("typeName"));
    const std::string label(statement.text("newVal"));
    if (const std::string_view old = statement.text("oldVal"); !old.empty()) {
        std::ranges::replace(type.labels, std::string(old), label);
        return;
    }
    if (std::ranges::find(type.labels, label) != type.labels.end()) {
        if (statement.flag("skipIfNewValExists")) return;
        throw duplicateObject("enum label", "'" + label + "'", -1);
    }
    const auto neighbour = std::ranges::find(type.labels, std::string(statement.text("newValNeighbor")));
    if (neighbour == type.labels.end()) type.labels.push_back(label);
    else type.labels.insert(statement.flag("newValIsAfter") ? neighbour + 1 : neighbour, label);
}

void playCreateRange(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const Id id = newType(prediction, statement.names("typeName"), TypeKind::range);
    world.types.at(id).kind = TypeKind::range;
    if (world.serverVersion < 14) return;
    // Since 14 a multirange type comes along: "range" in the name becomes "multirange", or "_multirange" is added.
    std::string multirange = world.types.at(id).name;
    if (const size_t at = multirange.find("range"); at != std::string::npos) multirange.replace(at, 5, "multirange");
    else multirange += "_multirange";
    if (const auto named = optionIn(statement, "params", "multirange_type_name")) multirange = named->substr(named->rfind('.') + 1);
    WorldType& made = world.addType(world.types.at(id).schema, multirange, TypeKind::base);
    world.depend({made.id, 0, false, 0, Bond::internal}, id);
}

void playCreateDomain(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const TypeRef base = findType(prediction, statement.node("typeName"));
    const Id id = newType(prediction, statement.names("domainname"), TypeKind::domain);
    world.types.at(id).kind = TypeKind::domain;
    world.types.at(id).base = base;
    world.dependOn(id, usesOf(base));
    for (const Node& constraint : statement.list("constraints")) {
        const std::string_view kind = constraint.text("contype");
        if (kind == "CONSTR_NOTNULL") world.types.at(id).notNull = true;
        if (kind == "CONSTR_DEFAULT") {
            world.types.at(id).defaultValue = "expression";
            world.types.at(id).defaultUses = usesOfExpression(world, prediction.session, constraint.node("raw_expr"), 0);
            world.dependOn(id, world.types.at(id).defaultUses);
        }
        if (kind == "CONSTR_CHECK") addDomainCheck(prediction, id, constraint);
    }
}

void playAlterDomain(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const Id id = findOwnType(prediction, statement.names("typeName")).id;
    WorldType& domain = world.types.at(id);
    const std::string_view what = statement.text("subtype");
    const std::string_view name = statement.text("name");
    if (what == "T") {  // SET or DROP DEFAULT
        const Node expression = statement.node("def");
        domain.defaultValue = expression ? std::optional<std::string>("expression") : std::nullopt;
    } else if (what == "N") {
        domain.notNull = false;
    } else if (what == "O") {
        if (!domain.notNull) checkHolders(prediction, id, true);
        domain.notNull = true;
    } else if (what == "C") {
        const Node constraint = statement.node("def");
        addDomainCheck(prediction, id, constraint);
        if (!constraint.flag("skip_validation")) checkHolders(prediction, id, true);
    } else if (what == "V") {
        for (const Id each : domain.constraints)
            if (world.constraints.at(each).name == name) {
                checkHolders(prediction, id, true);
                world.constraints.at(each).validated = true;
            }
    } else if (what == "X") {
        for (const Id each : std::vector<Id>(domain.constraints))
            if (world.constraints.at(each).name == name) world.erase(each);
    }
}

/// CREATE TYPE of a base or shell type, CREATE AGGREGATE, OPERATOR, COLLATION, TEXT SEARCH ...
void playDefine(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const std::string_view kind = statement.text("kind");
    const auto parts = statement.names("defnames");
    if (kind == "OBJECT_TYPE") {
        newType(prediction, parts, statement.list("definition").empty() ? TypeKind::shell : TypeKind::base);
        return;
    }
    const auto [schemaName, name] = schemaAndName(parts);
    const Id schema = schemaFor(prediction, schemaName);
    if (kind == "OBJECT_AGGREGATE") {
        WorldFunction& made = world.addFunction(schema, std::string(name));
        made.aggregate = true;
        made.volatility = 'i';
        made.language = "internal";
        for (const Node& list : statement.list("args"))
            for (const Node& argument : list.list("items")) made.arguments.push_back(Names(world, prediction.session).type(argument.node("argType")));
        return;
    }
    const std::string words(kind.substr(kind.find('_') + 1));
    if (world.otherNamed(words, schema, name)) {
        if (statement.flag("if_not_exists")) return;
        if (kind != "OBJECT_OPERATOR") throw duplicateObject("object", name, -1);
    }
    WorldOther& made = world.addOther(words, schema, std::string(name));
    for (const Node& option : statement.list("definition"))
        if (option.text("defname") == "procedure" || option.text("defname") == "function") {
            const auto functions = Names(world, prediction.session).functions(option.node("arg").names("names"));
            if (!functions.empty()) {
                made.function = functions.front();
                world.depend({made.id, 0, false, 0, Bond::normal}, functions.front());
            }
        }
}

}  // namespace slipway::postgres
