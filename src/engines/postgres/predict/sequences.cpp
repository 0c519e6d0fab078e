#include "base/text.h"
#include "engines/postgres/predict/ddl.h"
#include "engines/postgres/predict/statements.h"

namespace slipway::postgres {

namespace {

int64_t whole(const Node& value) {
    const std::string text = valueText(value);
    int64_t number = 0;
    const bool negative = text.starts_with('-');
    for (const char digit : text)
        if (digit >= '0' && digit <= '9') number = number * 10 + (digit - '0');
    return negative ? -number : number;
}

}  // namespace

void setSequenceOptions(Prediction& prediction, Relation& sequence, const Node& owner, std::string_view list) {
    World& world = prediction.world;
    Sequence& values = *sequence.sequence;
    for (const Node& option : owner.list(list)) {
        const std::string_view name = option.text("defname");
        const Node value = option.node("arg");
        if (name == "as") values.type = formatType(world, Names(world, prediction.session).type(value));
        if (name == "start") values.start = whole(value);
        if (name == "increment") values.increment = whole(value);
        if (name == "minvalue" && value) values.minimum = whole(value);
        if (name == "maxvalue" && value) values.maximum = whole(value);
        if (name == "cache") values.cache = whole(value);
        if (name == "cycle") values.cycle = value.flag("boolval") || value.number("ival");
        if (name != "owned_by") continue;
        const auto parts = value.names("items");
        if (sequence.ownedBy.relation) world.separate(sequence.id, sequence.ownedBy.relation);
        sequence.ownedBy = {};
        if (parts.size() < 2) continue;  // OWNED BY NONE
        const Id table = findRelation(prediction, {parts.begin(), parts.end() - 1}, option.number("location"));
        const Attribute column = findColumn(prediction, table, parts.back(), option.number("location"));
        prediction.lock(table, LockMode::accessShare);
        sequence.ownedBy = {table, column};
        world.depend({sequence.id, 0, false, column, Bond::automatic}, table);
    }
}

void playCreateSequence(Prediction& prediction, const Node& statement, std::string_view) {
    World& world = prediction.world;
    const Node named = statement.node("sequence");
    const Id schema = schemaFor(prediction, named.text("schemaname"), named.number("location"));
    if (const Id known = world.relationNamed(schema, named.text("relname"))) {
        if (statement.flag("if_not_exists")) return;
        throw duplicateObject("relation", world.shown(known), named.number("location"));
    }
    Relation& made = world.addRelation(schema, std::string(named.text("relname")), RelationKind::sequence);
    made.temporary = named.text("relpersistence") == "t";
    made.owner = prediction.session.role;
    made.sequence.emplace();
    made.sequence->type = "bigint";
    setSequenceOptions(prediction, made, statement, "options");
}

void playAlterSequence(Prediction& prediction, const Node& statement, std::string_view) {
    const Id id = findRelation(prediction, statement.node("sequence"), statement.flag("missing_ok"));
    if (!id) return;
    prediction.lock(id, LockMode::shareRowExclusive);
    Relation& sequence = prediction.world.relation(id);
    if (sequence.sequence) setSequenceOptions(prediction, sequence, statement, "options");
}

}  // namespace slipway::postgres
