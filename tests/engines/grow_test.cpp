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

TEST(Grow, ATypeReplacedByAnotherOfItsName) {
    EXPECT_EQ(differences(R"(
CREATE TYPE mood AS ENUM ('sad', 'ok', 'gone');
CREATE TABLE people (id int, m mood NOT NULL DEFAULT 'ok', all_of mood[]);
BEGIN;
CREATE TYPE mood_new AS ENUM ('sad', 'ok');
ALTER TABLE people ALTER m DROP DEFAULT;
ALTER TABLE people ALTER m TYPE mood_new USING (m::text::mood_new), ALTER all_of TYPE mood_new[] USING (all_of::text::mood_new[]);
ALTER TYPE mood RENAME TO mood_old;
ALTER TYPE mood_new RENAME TO mood;
DROP TYPE mood_old;
ALTER TABLE people ALTER m SET DEFAULT 'sad';
COMMIT;
)"), "");
}

/// As pg_dump writes the keys and indexes of a partitioned table.
TEST(Grow, KeysOfAPartitionedTableAloneAndAttached) {
    EXPECT_EQ(differences(R"(
CREATE TABLE p (id int NOT NULL, at date NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (at);
CREATE TABLE p3 (id int NOT NULL, at date NOT NULL);
ALTER TABLE ONLY p ATTACH PARTITION p3 FOR VALUES FROM (20) TO (30);
ALTER TABLE ONLY p ADD CONSTRAINT p_pkey PRIMARY KEY (id, at);
ALTER TABLE ONLY p1 ADD CONSTRAINT p1_pkey PRIMARY KEY (id, at);
ALTER TABLE ONLY p2 ADD CONSTRAINT p2_pkey PRIMARY KEY (id, at);
ALTER TABLE ONLY p3 ADD CONSTRAINT p3_key PRIMARY KEY (id, at);
CREATE INDEX p_at ON ONLY p (at);
CREATE INDEX p1_at ON p1 (at);
ALTER TABLE ONLY p ADD UNIQUE (at, id);
ALTER INDEX p_pkey ATTACH PARTITION p1_pkey;
ALTER INDEX p_pkey ATTACH PARTITION p2_pkey;
ALTER INDEX p_at ATTACH PARTITION p1_at;
ALTER INDEX p_pkey ATTACH PARTITION p3_key;
)"), "");
}

TEST(Grow, DefaultsThatAreNull) {
    EXPECT_EQ(differences(R"(
CREATE DOMAIN code AS text CHECK (value <> '');
CREATE TABLE t (a text DEFAULT NULL, b varchar(9) DEFAULT NULL, c varchar DEFAULT NULL::varchar, d varchar(9) DEFAULT NULL::varchar, e code DEFAULT NULL,
    f interval(3) DEFAULT NULL, g interval day DEFAULT NULL, h varchar(9)[] DEFAULT NULL, i code[] DEFAULT NULL, j text DEFAULT NULL::varchar,
    k numeric(9, 2) DEFAULT NULL, l char DEFAULT NULL, m int, n varchar(20));
ALTER TABLE t ALTER m SET DEFAULT NULL, ALTER n SET DEFAULT NULL, ADD o varchar(3) DEFAULT NULL;
)"), "");
}

}  // namespace

}  // namespace slipway::tests
