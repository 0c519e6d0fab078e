#include "engines/postgres/history.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "support/database.h"
#include "support/folder.h"

namespace slipway::postgres {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::Database;
using tests::errorOf;

const HistoryTable table{"public", "flyway_schema_history"};

HistoryRow row(int rank, const std::string& version, const std::string& description = "Add it") {
    HistoryRow row;
    row.rank = rank;
    if (!version.empty()) row.version = version;
    row.description = description;
    row.type = "SQL";
    row.script = "V" + version + "__Add_it.sql";
    row.checksum = -1234567890;
    row.installedBy = "ada";
    row.executionTime = 42;
    return row;
}

TEST(History, ThereIsNoneInAnEmptyDatabase) {
    const Database database;
    const auto connection = database.connect();
    EXPECT_EQ(readHistory(*connection, table).oid, 0u);
    EXPECT_THAT(readHistory(*connection, {"no such schema", "x"}).rows, IsEmpty());
    EXPECT_EQ(historyOid(*connection, table), 0u);
}

// The columns of Flyway's own table, in its order; Flyway inserts by position in places.
TEST(History, TheTableIsFlyways) {
    const Database database;
    const auto connection = database.connect();
    createHistory(*connection, table);
    const Result columns = connection->query(
        "SELECT column_name || ' ' || data_type || coalesce('(' || character_maximum_length || ')', '') || "
        "CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END || coalesce(' ' || column_default, '') "
        "FROM information_schema.columns WHERE table_name = 'flyway_schema_history' ORDER BY ordinal_position");
    std::vector<std::string> found;
    for (size_t i = 0; i < columns.rows.size(); i++) found.push_back(columns.text(i, 0));
    EXPECT_THAT(found, ElementsAre("installed_rank integer not null", "version character varying(50)", "description character varying(200) not null",
                                   "type character varying(20) not null", "script character varying(1000) not null", "checksum integer",
                                   "installed_by character varying(100) not null", "installed_on timestamp without time zone not null now()",
                                   "execution_time integer not null", "success boolean not null"));
    EXPECT_EQ(connection->value("SELECT string_agg(indexrelid::regclass::text, ' ' ORDER BY 1) FROM pg_index WHERE indrelid = 'flyway_schema_history'::regclass"),
              "flyway_schema_history_pk flyway_schema_history_s_idx");
    const History empty = readHistory(*connection, table);
    EXPECT_THAT(empty.rows, IsEmpty());
    EXPECT_NE(empty.oid, 0u) << "there, though without rows";
    EXPECT_EQ(empty.oid, historyOid(*connection, table));
    EXPECT_EQ(empty.lastRank(), 0);
}

TEST(History, RowsComeBackAsTheyWere) {
    const Database database;
    const auto connection = database.connect();
    createHistory(*connection, table);
    HistoryRow odd = row(2, "", "it's \\ \"größer\"");
    odd.checksum.reset();
    odd.success = false;
    odd.type = "BASELINE";
    connection->run(insertHistorySql(*connection, table, odd));
    connection->run(insertHistorySql(*connection, table, row(1, "1.0")));
    const History history = readHistory(*connection, table);
    EXPECT_EQ(history.oid, historyOid(*connection, table));
    ASSERT_EQ(history.rows.size(), 2u);
    const HistoryRow& first = history.rows[0];
    EXPECT_EQ(first.rank, 1) << "by rank";
    EXPECT_EQ(first.version, "1.0");
    EXPECT_EQ(first.type, "SQL");
    EXPECT_EQ(first.script, "V1.0__Add_it.sql");
    EXPECT_EQ(first.checksum, -1234567890);
    EXPECT_EQ(first.installedBy, "ada");
    EXPECT_EQ(first.executionTime, 42);
    EXPECT_TRUE(first.success);
    connection->run("SET datestyle = 'German'; UPDATE flyway_schema_history SET installed_on = '01.04.2026 12:00:00.987'");
    EXPECT_EQ(readHistory(*connection, table).rows[0].installedOn, "2026-04-01 12:00:00");
    EXPECT_EQ(history.rows[1].version, std::nullopt);
    EXPECT_EQ(history.rows[1].checksum, std::nullopt);
    EXPECT_EQ(history.rows[1].description, odd.description);
    EXPECT_FALSE(history.rows[1].success);
    EXPECT_EQ(history.lastRank(), 2);
}

TEST(History, ARowIsFinishedAndNoOther) {
    const Database database;
    const auto connection = database.connect();
    createHistory(*connection, table);
    for (int rank : {1, 2}) {
        HistoryRow open = row(rank, std::to_string(rank));
        open.success = false;
        connection->run(insertHistorySql(*connection, table, open));
    }
    connection->run(finishHistorySql(*connection, table, 2, 777));
    const History history = readHistory(*connection, table);
    EXPECT_FALSE(history.rows[0].success);
    EXPECT_TRUE(history.rows[1].success);
    EXPECT_EQ(history.rows[1].executionTime, 777);
}

TEST(History, NamesNeedNotBePlain) {
    const Database database;
    const auto connection = database.connect();
    const HistoryTable odd{"My \"Schema\"", "it's größe"};
    connection->run("CREATE SCHEMA " + quoteIdentifier(odd.schema));
    createHistory(*connection, odd);
    connection->run(insertHistorySql(*connection, odd, row(1, "1")));
    EXPECT_EQ(readHistory(*connection, odd).rows.size(), 1u);
    EXPECT_NE(historyOid(*connection, odd), 0u);
}

TEST(History, LongNamesAreShortenedAsFlywayShortensThem) {
    const Database database;
    const auto connection = database.connect();
    createHistory(*connection, table);
    auto stored = [&](const std::string& description, const std::string& script) {
        connection->run("TRUNCATE flyway_schema_history");
        HistoryRow longRow = row(1, "1", description);
        longRow.script = script;
        connection->run(insertHistorySql(*connection, table, longRow));
        return readHistory(*connection, table).rows.at(0);
    };
    const std::string a200(200, 'a'), a1000(1000, 'a');
    EXPECT_EQ(stored(a200, a1000).description, a200);
    EXPECT_EQ(stored(a200, a1000).script, a1000);
    EXPECT_EQ(stored(a200 + "b", "s").description, std::string(197, 'a') + "...") << "its beginning";
    EXPECT_EQ(stored("d", "b" + a1000).script, "..." + std::string(997, 'a')) << "its end";
    std::string cyrillic;
    for (int i = 0; i < 201; i++) cyrillic += "я";
    EXPECT_EQ(stored(cyrillic.substr(2), "s").description, cyrillic.substr(2)) << "characters are counted, not bytes";
    EXPECT_EQ(stored(cyrillic, "s").description, cyrillic.substr(0, 2 * 197) + "...");
}

TEST(History, AnotherTableOfThatNameIsNoHistory) {
    const Database database;
    const auto connection = database.connect();
    connection->run("CREATE TABLE flyway_schema_history (id int)");
    const Error error = errorOf([&] { readHistory(*connection, table); });
    EXPECT_EQ(error.code, "history-shape");
    EXPECT_EQ(error.exit, Exit::outside);
    EXPECT_TRUE(error.message.contains("public.flyway_schema_history is not a history table")) << error.message;
    connection->run("DROP TABLE flyway_schema_history; CREATE VIEW flyway_schema_history AS SELECT 1 AS id");
    EXPECT_EQ(errorOf([&] { readHistory(*connection, table); }).code, "history-shape");
}

TEST(History, ARoleThatMayNotReadItIsToldHow) {
    const Database database;
    const auto connection = database.connect();
    createHistory(*connection, table);
    const std::string role = "reader_" + database.name();
    connection->run("CREATE ROLE " + role + "; SET ROLE " + role);
    const Error error = errorOf([&] { readHistory(*connection, table); });
    connection->run("RESET ROLE; DROP ROLE " + role);
    EXPECT_EQ(error.exit, Exit::outside);
    EXPECT_TRUE(error.hint.contains("GRANT")) << error.hint;
}

TEST(History, MissingSchemasAreNamed) {
    const Database database;
    const auto connection = database.connect();
    connection->run("CREATE SCHEMA \"it's\"");
    EXPECT_THAT(missingSchemas(*connection, {"public", "it's", "no \"such\"", "other"}), ElementsAre("no \"such\"", "other"));
    EXPECT_THAT(missingSchemas(*connection, {}), IsEmpty());
}

TEST(History, WhatASchemaHoldsIsNamedButNotWhatAnExtensionBrought) {
    const Database database;
    const auto connection = database.connect();
    EXPECT_THAT(contentsOf(*connection, {"public"}, 10), IsEmpty());
    EXPECT_THAT(contentsOf(*connection, {"no such"}, 10), IsEmpty());
    connection->run("CREATE EXTENSION pg_stat_statements");  // functions and views in public
    EXPECT_THAT(contentsOf(*connection, {"public"}, 10), IsEmpty());
    connection->run("CREATE SCHEMA other; CREATE TABLE \"My Table\" (id int); CREATE VIEW v AS SELECT 1 AS a; CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;"
                    "CREATE SEQUENCE s; CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS int; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';"
                    "CREATE TABLE other.x ()");
    EXPECT_THAT(contentsOf(*connection, {"public"}, 10),
                ElementsAre("function public.f", "materialized view public.m", "sequence public.s", "table public.\"My Table\"",
                            "type public.d", "type public.e", "view public.v"));
    EXPECT_THAT(contentsOf(*connection, {"public", "other"}, 2).size(), 2u);
    EXPECT_THAT(contentsOf(*connection, {"other"}, 10), ElementsAre("table other.x"));
}

}  // namespace
}  // namespace slipway::postgres
