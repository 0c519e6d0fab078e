// DROP of every kind: from names to what drop() takes.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "engines/postgres/predict/ddl.h"
#include "engines/postgres/predict/statements.h"

namespace slipway::postgres {

namespace {

/// Collects what a DROP names.
class Targets {
  public:
    Targets(Prediction& prediction, const Node& statement)
        : prediction_(prediction), world_(prediction.world), names_(prediction.world, prediction.session), kind_(statement.text("removeType")), missingOk_(statement.flag("missing_ok")),
          cascade_(statement.text("behavior") == "DROP_CASCADE") {}

    std::vector<Droppable> found;

    void add(const Node& object) {
        if (isRelation(kind_)) return addRelation(object);
        if (kind_ == "OBJECT_TRIGGER" || kind_ == "OBJECT_RULE" || kind_ == "OBJECT_POLICY") return addPart(object);
        if (kind_ == "OBJECT_SCHEMA") return addSchema(object.string());
        if (kind_ == "OBJECT_TYPE" || kind_ == "OBJECT_DOMAIN") return addType(object);
        if (kind_ == "OBJECT_STATISTIC_EXT") return addStatistics(object);
        if (object.is("ObjectWithArgs") && kind_ != "OBJECT_OPERATOR") return addFunction(object);
        addOther(object);
    }

  private:
    void missing(std::string_view what, const std::string& name) const {
        if (!missingOk_ && world_.complete) throw unknownObject(what, name, -1);
        if (!world_.complete) prediction_.uncertain(fmt::format("nothing is known of {} {}", what, name));
    }

    void addRelation(const Node& object) {
        const auto parts = object.names("items");
        const Id id = findRelation(prediction_, parts, -1, missingOk_);
        if (!id) return;
        const Relation& relation = world_.relation(id);
        if (relation.index && relation.index->constraint)
            throw CannotRun{"dependents", fmt::format("index {} belongs to a constraint and cannot be dropped without it", world_.shown(id)),
                            "drop the constraint (ALTER TABLE ... DROP CONSTRAINT), which drops the index, too", -1};
        found.push_back({id});
    }

    void addPart(const Node& object) {
        const auto parts = object.names("items");
        const std::string_view name = parts.back();
        const Id table = findRelation(prediction_, {parts.begin(), parts.end() - 1}, -1, missingOk_);
        if (!table) return;
        const Relation& relation = world_.relation(table);
        const auto& all = kind_ == "OBJECT_TRIGGER" ? relation.triggers : kind_ == "OBJECT_RULE" ? relation.rules : relation.policies;
        const auto part = std::ranges::find_if(all, [&](Id id) { return world_.name(id) == name; });
        if (part != all.end()) {
            found.push_back({*part});
            prediction_.lock(table, LockMode::accessExclusive);
        } else if (!relation.placeholder) {
            missing(lower(kind_.substr(7)), fmt::format("{} on {}", sqlName(name), world_.shown(table)));
        } else {
            prediction_.lock(table, LockMode::accessExclusive);
        }
    }

    void addSchema(std::string_view name) {
        const Id id = world_.schemaNamed(name);
        if (!id) return missing("schema", sqlName(name));
        found.push_back({id});
        const auto inside = [&](const auto& objects) {
            for (const auto& each : objects.all())
                if (each.schema == id) content_.push_back({each.id});
        };
        inside(world_.relations);
        inside(world_.types);
        inside(world_.functions);
        inside(world_.statistics);
        inside(world_.others);
    }

    void addType(const Node& object) {
        const auto [schema, name] = schemaAndName(object.names("names"));
        const Id id = names_.type(schema, name);
        if (!id || kindOf(id) != ObjectKind::type) return missing("type", schema.empty() ? sqlName(name) : sqlName(schema, name));
        found.push_back({id});
    }

    void addStatistics(const Node& object) {
        const auto [schema, name] = schemaAndName(object.names("items"));
        const Id in = schema.empty() ? names_.creationSchema() : world_.schemaNamed(schema);
        const Id id = in ? world_.statisticsNamed(in, name) : 0;
        if (!id) return missing("statistics object", schema.empty() ? sqlName(name) : sqlName(schema, name));
        found.push_back({id});
    }

    void addFunction(const Node& object) {
        const Id id = names_.function(object);
        const auto [schema, name] = schemaAndName(object.names("objname"));
        if (!id) return missing("function", schema.empty() ? sqlName(name) : sqlName(schema, name));
        found.push_back({id});
    }

    void addOther(const Node& object) {
        std::string words(kind_.substr(kind_.find('_') + 1));
        if (words == "EXTENSION") {
            words = "extension";
            for (const WorldType& type : world_.types.all())
                if (type.placeholder && !world_.otherNamed("extension", 0, type.name) && world_.otherNamed("extension", 0, object.string()))
                    prediction_.uncertain("which types and functions belong to the extension is known only where it is installed");
        }
        const auto parts = object.is("String") ? std::vector<std::string_view>{object.string()} : object.is("ObjectWithArgs") ? object.names("objname") : object.names("items");
        if (parts.empty()) return;
        if (cascade_ && (words.starts_with("TS") || words == "OPERATOR" || words == "OPFAMILY" || words == "LANGUAGE"))
            prediction_.uncertain("what CASCADE takes along is not followed for objects of this kind");
        for (const WorldOther& other : world_.others.all())
            if (other.kind == words && other.name == parts.back()) {
                found.push_back({other.id});
                return;
            }
    }

    Prediction& prediction_;
    World& world_;
    Names names_;
    std::string_view kind_;
    bool missingOk_, cascade_;

  public:
    std::vector<Droppable> content_;
};

}  // namespace

void playDrop(Prediction& prediction, const Node& statement, std::string_view) {
    Targets targets(prediction, statement);
    for (const Node& object : statement.list("objects")) targets.add(object);
    const bool cascade = statement.text("behavior") == "DROP_CASCADE";
    if (!targets.content_.empty() && !cascade)
        throw CannotRun{"dependents", "the schema is not empty", "drop what lies in it first, or name CASCADE if all of it shall go", -1};
    if (statement.flag("concurrent") && !targets.found.empty()) {
        const Id index = targets.found.front().object;
        prediction.lock(index, LockMode::shareUpdateExclusive);
        if (prediction.world.relation(index).index) prediction.lock(prediction.world.relation(index).index->table, LockMode::shareUpdateExclusive);
        prediction.drop(index);
        prediction.world.erase(index);
        return;
    }
    targets.found.insert(targets.found.end(), targets.content_.begin(), targets.content_.end());
    drop(prediction, targets.found, cascade);
}

void playDropOwned(Prediction& prediction, const Node&, std::string_view) {
    prediction.uncertain("DROP OWNED drops whatever the role owns in the database where it runs");
}

}  // namespace slipway::postgres
