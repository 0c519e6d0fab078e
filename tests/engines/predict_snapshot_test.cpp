// A Predictor that begins with a snapshot knows what one that played the migrations knows.
#include <gmock/gmock.h>

#include "base/text.h"
#include "engines/postgres/inspect.h"
#include "engines/postgres/predict_snapshot.h"
#include "support/database.h"

namespace slipway::tests {

namespace {

using testing::IsEmpty;

constexpr const char* schema = R"(
    CREATE SCHEMA app;
    CREATE SCHEMA "Mixed Case";
    CREATE TYPE app.mood AS ENUM ('sad', 'it''s ok');
    CREATE TYPE app.address AS (street text, mood app.mood);
    CREATE DOMAIN app.email AS text DEFAULT 'a@b' NOT NULL CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
    CREATE TYPE app.span AS RANGE (subtype = timestamptz);
    CREATE SEQUENCE app.numbers AS integer START 5 INCREMENT 2 CYCLE;
    CREATE FUNCTION app.rank(m app.mood) RETURNS integer LANGUAGE sql IMMUTABLE AS $$SELECT 1$$;
    CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN UPDATE app.totals SET n = n + 1; RETURN NEW; END$$;
    CREATE TABLE app.totals (n bigint);
    CREATE TABLE app.people (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name varchar(50) COLLATE "C" NOT NULL DEFAULT 'x',
        mood app.mood, home app.address, mail app.email,
        rank integer GENERATED ALWAYS AS (length(name)) STORED,
        CONSTRAINT named CHECK (name <> '') NO INHERIT
    ) WITH (fillfactor = 70);
    CREATE FUNCTION app.all_people() RETURNS SETOF app.people LANGUAGE sql STABLE AS 'SELECT * FROM app.people';
    CREATE TABLE app.heirs (extra text) INHERITS (app.totals);
    CREATE TABLE app.orders (
        id integer DEFAULT nextval('app.numbers'), person bigint REFERENCES app.people ON DELETE CASCADE, at date NOT NULL, PRIMARY KEY (id, at)
    ) PARTITION BY RANGE (at);
    CREATE TABLE app.orders_old PARTITION OF app.orders FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
    CREATE TABLE app.orders_rest PARTITION OF app.orders DEFAULT;
    CREATE INDEX orders_person_idx ON app.orders (person);
    ALTER SEQUENCE app.numbers OWNED BY app.orders.id;
    CREATE UNIQUE INDEX people_lower_idx ON app.people (lower(name)) WHERE mood IS NOT NULL;
    ALTER TABLE app.people ADD CONSTRAINT late CHECK (id > 0) NOT VALID;
    CREATE TABLE "Mixed Case"."Some Table" ("Id" integer UNIQUE DEFERRABLE, "a.b" text, "select" integer);
    CREATE TABLE app."table" (a integer);
    CREATE TABLE app."user" () INHERITS (app."table");
    CREATE VIEW app.b AS SELECT id, name FROM app.people;
    CREATE VIEW app.a AS SELECT name FROM app.b;
    CREATE MATERIALIZED VIEW app.kept AS SELECT count(*) AS n FROM app.a WITH NO DATA;
    CREATE UNIQUE INDEX kept_idx ON app.kept (n);
    CREATE TRIGGER touched AFTER INSERT ON app.people FOR EACH ROW EXECUTE FUNCTION app.touch();
    CREATE RULE quiet AS ON DELETE TO app.totals DO INSTEAD NOTHING;
    ALTER TABLE app.people ENABLE ROW LEVEL SECURITY;
    CREATE POLICY mine ON app.people FOR SELECT USING (id = 1);
    CREATE STATISTICS app.both ON mood, name FROM app.people;
    ALTER TABLE app.totals REPLICA IDENTITY FULL;
)";

ScriptText script(const std::string& text) { return {.file = "test", .text = text}; }

/// What predictions rest on, a line each.
std::vector<std::string> structure(const Catalog& catalog) {
    std::vector<std::string> lines;
    for (const Table& table : catalog.tables) {
        const std::string name = sqlName(table.schema, table.name);
        lines.push_back(fmt::format("{} {} {}", nameOf(table.kind), name, fmt::join(table.parents, ",")));
        for (const Column& column : table.columns)
            lines.push_back(fmt::format("{}.{} {} {} {} {}", name, column.name, column.type, column.notNull, column.defaultValue.has_value(), column.identity));
        for (const Constraint& one : table.constraints) lines.push_back(fmt::format("{} {} {} {}", name, nameOf(one.type), one.name, one.validated));
        for (const Index& one : table.indexes) lines.push_back(fmt::format("{} {} {} {} {}", name, one.name, one.unique, one.partial, one.parent));
        for (const Attachment& one : table.triggers) lines.push_back(fmt::format("{} trigger {}", name, one.name));
    }
    for (const Sequence& one : catalog.sequences) lines.push_back(fmt::format("{}.{} {} {}", one.schema, one.name, one.ownedByTable, one.identity));
    for (const Type& one : catalog.types) lines.push_back(fmt::format("{} {}.{}", nameOf(one.kind), one.schema, one.name));
    for (const Function& one : catalog.functions) lines.push_back(fmt::format("{}.{}({})", one.schema, one.name, one.arguments));
    return lines;
}

}  // namespace

TEST(PredictSnapshot, KnowsWhatMigrationsWouldHaveMade) {
    const Database database;
    database.run(schema);
    const auto connection = database.connect();
    const int major = connection->serverVersion() / 10000;
    const Catalog seen = postgres::inspect(*connection, {});

    std::vector<std::string> notes;
    postgres::Predictor restored = postgres::predictorFrom(seen, major, notes);
    EXPECT_THAT(notes, IsEmpty());
    EXPECT_EQ(join(structure(restored.catalog()), "\n"), join(structure(seen), "\n"));

    postgres::Predictor played(major, true);
    played.replay(script(schema));
    const ScriptText release = script(
        "ALTER TABLE app.people ALTER COLUMN name TYPE text;"
        "ALTER TABLE app.orders ADD COLUMN note text;"
        "INSERT INTO app.people (name) VALUES ('x');"
        "DROP TABLE app.people CASCADE;"
        "REFRESH MATERIALIZED VIEW app.kept;");
    played.settle();
    restored.settle();
    const auto expected = played.play(release), actual = restored.play(release);
    ASSERT_EQ(actual.size(), expected.size());
    for (size_t i = 0; i < actual.size(); i++)
        EXPECT_EQ(actual[i].effects, expected[i].effects) << actual[i].statement.span.of(release.text) << " " << actual[i].effects.why;
}

TEST(PredictSnapshot, ItsSqlMakesTheSameDatabase) {
    const Database database, again;
    database.run(schema);
    const Catalog seen = postgres::inspect(*database.connect(), {});
    std::vector<std::string> missing;
    again.run(postgres::definitionsOf(seen, missing));
    EXPECT_THAT(missing, IsEmpty());
    EXPECT_EQ(structure(postgres::inspect(*again.connect(), {})), structure(seen));
}

TEST(PredictSnapshot, WhatItCannotMakeIsUnknownNotAbsent) {
    const Database database;
    database.run("CREATE AGGREGATE product(bigint) (SFUNC = int8mul, STYPE = bigint, INITCOND = '1')");
    const Catalog seen = postgres::inspect(*database.connect(), {});
    std::vector<std::string> notes;
    postgres::Predictor predictor = postgres::predictorFrom(seen, 15, notes);
    EXPECT_EQ(notes, std::vector<std::string>{"the snapshot does not say what aggregate public.product(bigint) is made of"});
    const auto played = predictor.play(script("ALTER TABLE nobody ADD COLUMN a int"));
    EXPECT_FALSE(played.at(0).problem);
    EXPECT_FALSE(played.at(0).effects.certain);
}

}  // namespace slipway::tests
