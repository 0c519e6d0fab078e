// A catalog grown by statements without a server is, in structure, the one that a server has after them.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "engines/postgres/inspect.h"
#include "engines/postgres/parse.h"
#include "engines/postgres/predict.h"
#include "support/database.h"
#include "support/structure.h"

namespace slipway::tests {

namespace {

/// Runs the script both ways; what differs, a line each.
std::string differences(const std::string& script) {
    const Database database;
    auto connection = database.connect();
    connection->run(script);
    postgres::Predictor predictor(connection->serverVersion() / 10000, true);
    std::string text;
    for (const auto& each : predictor.play({.file = "script", .text = script}))
        if (each.problem) text += fmt::format("{}: {}\n", each.problem->line, each.problem->message);
    const Catalog read = structureOf(postgres::inspect(*connection)), grown = structureOf(predictor.catalog());
    for (const Difference& difference : compare(read, grown)) text += difference.message() + "\n";
    return text;
}

TEST(Grow, TheSchemaOfTheForms) {
    std::ostringstream script;
    script << std::ifstream(SLIPWAY_SOURCE "/tests/forms/schema.sql").rdbuf();
    EXPECT_EQ(differences(script.str()), "");
}

TEST(Grow, NamesThatTheServerMakes) {
    EXPECT_EQ(differences(R"(
CREATE TABLE a_table_with_a_name_that_is_rather_long_indeed_and_more (
    id serial PRIMARY KEY, a_column_with_a_name_that_is_rather_long_too_and_more int UNIQUE CHECK (a_column_with_a_name_that_is_rather_long_too_and_more > 0),
    b int CHECK (b > 0), CHECK (b < 9), CHECK (b + id > 1), parent int REFERENCES a_table_with_a_name_that_is_rather_long_indeed_and_more);
CREATE INDEX ON a_table_with_a_name_that_is_rather_long_indeed_and_more (b, id);
CREATE INDEX ON a_table_with_a_name_that_is_rather_long_indeed_and_more (b, id);
CREATE TABLE t (a int, "Zeichenkette mit Umläuten, die über dreiundsechzig Bytes" text);
CREATE UNIQUE INDEX ON t (lower("Zeichenkette mit Umläuten, die über dreiundsechzig Bytes"), (a + 1));
ALTER TABLE t ADD CHECK (a > 0), ADD CHECK (a < 100), ADD UNIQUE (a), ADD PRIMARY KEY (a), ADD FOREIGN KEY (a) REFERENCES t;
)"), "");
}

TEST(Grow, AHistoryWithRenamesMovesAndDrops) {
    EXPECT_EQ(differences(R"(
CREATE SCHEMA archive;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(20) NOT NULL, m mood DEFAULT 'ok');
CREATE TABLE notes (id serial, person bigint NOT NULL REFERENCES people ON DELETE CASCADE, body text);
CREATE INDEX notes_body ON notes (body) WHERE body <> '';
ALTER TYPE mood ADD VALUE 'happy' BEFORE 'ok';
ALTER TABLE people RENAME COLUMN name TO full_name;
ALTER TABLE people ALTER COLUMN full_name TYPE text, ADD COLUMN born date, ADD CONSTRAINT people_born CHECK (born > '1900-01-01');
ALTER TABLE notes SET SCHEMA archive;
ALTER TABLE archive.notes RENAME TO old_notes;
ALTER TABLE archive.old_notes DROP COLUMN body;
ALTER TABLE people RENAME CONSTRAINT people_pkey TO people_key;
CREATE TABLE events (id int, day date NOT NULL, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2 (LIKE events INCLUDING ALL);
ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX ON events (day);
ALTER TABLE events DETACH PARTITION events_1;
DROP TABLE events_1;
CREATE VIEW born AS SELECT count(*), max(born) AS last FROM people;
DROP VIEW born;
DROP TABLE people CASCADE;
DROP TYPE mood;
)"), "");
}

}  // namespace

}  // namespace slipway::tests
