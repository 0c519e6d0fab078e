#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

CannotRun unknownObject(std::string_view kind, std::string_view name, int64_t location) {
    return {"unknown-object", fmt::format("{} {} does not exist here", kind, name),
            "correct the name, or put the migration that makes it before this one", location};
}

CannotRun duplicateObject(std::string_view kind, std::string_view name, int64_t location) {
    return {"duplicate-object", fmt::format("{} {} exists already", kind, name),
            "give it another name, or drop the old one first", location};
}

namespace {

Id placeholder(Prediction& prediction, std::string_view schema, std::string_view name) {
    World& world = prediction.world;
    Id in = schema.empty() ? Names(world, prediction.session).creationSchema() : world.schemaNamed(schema);
    if (!in) in = schema.empty() ? world.publicSchema() : world.addSchema(std::string(schema)).id;
    Relation& made = world.addRelation(in, std::string(name), RelationKind::table);
    made.placeholder = true;
    made.fresh = false;
    return made.id;
}

}  // namespace

Id findRelation(Prediction& prediction, const std::vector<std::string_view>& parts, int64_t location, bool missingOk) {
    const auto [schema, name] = schemaAndName(parts);
    Id found = Names(prediction.world, prediction.session).relation(schema, name);
    if (!found && !prediction.world.complete && !missingOk) found = placeholder(prediction, schema, name);
    if (found && prediction.world.relation(found).placeholder)
        prediction.uncertain(fmt::format("nothing is known of {}: it was made before the migrations that can be seen here", prediction.world.shown(found)));
    if (!found && missingOk && !prediction.world.complete)
        prediction.uncertain(fmt::format("whether {} exists is not known", schema.empty() ? sqlName(name) : sqlName(schema, name)));
    if (!found && !missingOk) throw unknownObject("relation", schema.empty() ? sqlName(name) : sqlName(schema, name), location);
    return found;
}

Id findRelation(Prediction& prediction, const Node& rangeVar, bool missingOk) {
    return findRelation(prediction, {rangeVar.text("schemaname"), rangeVar.text("relname")}, rangeVar.number("location"), missingOk);
}

bool isRelation(std::string_view kind) {
    return kind == "OBJECT_TABLE" || kind == "OBJECT_VIEW" || kind == "OBJECT_MATVIEW" || kind == "OBJECT_INDEX" || kind == "OBJECT_SEQUENCE" || kind == "OBJECT_FOREIGN_TABLE";
}

Attribute findColumn(Prediction& prediction, Id relation, std::string_view name, int64_t location) {
    Relation& of = prediction.world.relation(relation);
    if (const Attribute found = of.attribute(name)) return found;
    if (!of.placeholder && !of.open)
        throw CannotRun{"unknown-object", fmt::format("column {} of {} {} does not exist", sqlName(name), nameOf(of.kind), prediction.world.shown(relation)),
                        "correct the name, or put the migration that adds the column before this one", location};
    WorldColumn& learned = of.columns.emplace_back();
    learned.name = name;
    return static_cast<Attribute>(of.columns.size());
}

Id schemaFor(Prediction& prediction, std::string_view schema, int64_t location) {
    World& world = prediction.world;
    if (schema == "pg_temp") return world.publicSchema();
    if (schema.empty()) {
        const Id found = Names(world, prediction.session).creationSchema();
        if (found) return found;
        throw CannotRun{"unknown-object", "no schema of the search_path exists to create this in", "name the schema, or create it first", location};
    }
    if (const Id found = world.schemaNamed(schema)) return found;
    if (world.complete) throw unknownObject("schema", sqlName(schema), location);
    WorldSchema& made = world.addSchema(std::string(schema));
    made.fresh = false;
    return made.id;
}

std::optional<Node> newerArgument(const Node& expression, std::string_view marker) {
    if (!expression.is("FuncCall")) return std::nullopt;
    const auto name = expression.names("funcname");
    if (name.size() != 1 || name.front() != marker) return std::nullopt;
    const auto arguments = expression.list("args");
    return arguments.empty() ? Node() : arguments.front();
}

TypeRef findType(Prediction& prediction, const Node& typeName) {
    TypeRef type = Names(prediction.world, prediction.session).type(typeName);
    if (type.known() || typeName.flag("pct_type")) return type;
    const auto parts = typeName.names("names");
    const auto [schema, name] = schemaAndName(parts);
    const std::string shown = schema.empty() ? sqlName(name) : sqlName(schema, name);
    // An extension brings types that nobody here can know.
    const bool extensions = std::ranges::any_of(prediction.world.others.all(), [](const WorldOther& each) { return each.kind == "extension" && each.name != "plpgsql"; });
    if (prediction.world.complete && !extensions) throw unknownObject("type", shown, typeName.number("location"));
    WorldType& made = prediction.world.addType(schemaFor(prediction, schema == "pg_catalog" ? "" : schema), std::string(name), TypeKind::base);
    made.fresh = false;
    made.placeholder = true;
    // hstore, citext, ltree ...: most extensions that bring a type bring one of their own name.
    if (const Id extension = prediction.world.otherNamed("extension", 0, name)) prediction.world.depend({made.id, 0, false, 0, Bond::normal}, extension);
    type.own = made.id;
    return type;
}

std::string roleOf(const Prediction& prediction, const Node& roleSpec) {
    const std::string_view type = roleSpec.text("roletype");
    if (type == "ROLESPEC_CSTRING") return std::string(roleSpec.text("rolename"));
    if (type == "ROLESPEC_PUBLIC") return "public";
    return prediction.session.role;
}

Uses usesOf(const TypeRef& type) {
    Uses uses;
    if (type.own) uses.types.push_back(type.own);
    return uses;
}

bool hasDomainConstraints(const World& world, const TypeRef& type) {
    if (type.array || kindOf(type.own) != ObjectKind::type || !world.exists(type.own)) return false;
    const WorldType& own = world.types.at(type.own);
    if (own.kind != TypeKind::domain) return false;
    return own.notNull || !own.constraints.empty() || hasDomainConstraints(world, own.base);
}

TypeRef baseTypeOf(const World& world, const TypeRef& type) {
    if (type.array || kindOf(type.own) != ObjectKind::type || !world.exists(type.own)) return type;
    const WorldType& own = world.types.at(type.own);
    return own.kind == TypeKind::domain ? baseTypeOf(world, own.base) : type;
}

}  // namespace slipway::postgres
