#include "engines/postgres/parse.h"

#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "base/error.h"
#include "base/text.h"
#include "engines/postgres/connect.h"
#include "engines/postgres/parse_words.h"
#include "support/database.h"

namespace slipway::postgres {
namespace {

using Details = NonTransactional;

struct Case {
    std::string sql;
    std::string kind;
    Runs runs = Runs::transactional;
    bool session = false;
};

const std::vector<Case> cases = {
    // Rows.
    {"INSERT INTO t VALUES (1)", "insert"},
    {"insert into t select 1", "insert"},
    {"UPDATE t SET id = 1", "update"},
    {"DELETE FROM t", "delete"},
    {"MERGE INTO t USING t s ON t.id = s.id WHEN MATCHED THEN DELETE", "merge"},
    {"WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", "insert"},
    {"WITH a AS (DELETE FROM t RETURNING id) SELECT * FROM a", "select"},
    {"SELECT 1", "select"},
    {"(SELECT 1) UNION (SELECT 2)", "select"},
    {"VALUES (1)", "select"},
    {"TABLE t", "select"},
    {"COPY t TO '/dev/null'", "copy"},
    {"TRUNCATE t", "truncate_table"},
    {"LOCK t", "lock_table"},
    {"EXPLAIN ANALYZE DELETE FROM t", "explain"},
    {"PREPARE p AS SELECT 1", "prepare"},
    {"EXECUTE p", "execute"},
    {"DEALLOCATE ALL", "deallocate"},
    {"DECLARE c CURSOR FOR SELECT 1", "declare_cursor"},
    {"FETCH c", "fetch"},
    {"MOVE c", "move"},
    {"CLOSE ALL", "close_cursor"},

    // Tables and what belongs to them.
    {"CREATE TABLE a (id int)", "create_table"},
    {"CREATE TEMP TABLE a (id int GENERATED ALWAYS AS IDENTITY)", "create_table"},
    {"CREATE UNLOGGED TABLE a ()", "create_table"},
    {"CREATE TABLE a AS SELECT 1", "create_table_as"},
    {"CREATE TABLE a (id) AS VALUES (1)", "create_table_as"},
    {"CREATE FOREIGN TABLE a (id int) SERVER s", "create_foreign_table"},
    {"ALTER TABLE t ADD COLUMN x int", "alter_table"},
    {"ALTER TABLE t RENAME id TO i", "alter_table"},
    {"ALTER TABLE t RENAME TO u", "alter_table"},
    {"ALTER TABLE t RENAME CONSTRAINT t_pkey TO p", "alter_table"},
    {"ALTER TABLE t SET SCHEMA pg_catalog", "alter_table"},
    {"ALTER TABLE t OWNER TO CURRENT_USER", "alter_table"},
    {"ALTER TABLE parent DETACH PARTITION part", "alter_table"},
    {"ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE pg_default", "alter_table"},
    {"ALTER INDEX t_pkey RENAME TO p", "alter_index"},
    {"ALTER INDEX t_pkey SET (fillfactor = 50)", "alter_index"},
    {"ALTER VIEW v RENAME COLUMN id TO i", "alter_view"},
    {"ALTER MATERIALIZED VIEW m RENAME TO n", "alter_materialized_view"},
    {"ALTER SEQUENCE q RESTART", "alter_sequence"},
    {"DROP TABLE IF EXISTS nothing", "drop_table"},
    {"DROP INDEX IF EXISTS nothing", "drop_index"},
    {"DROP MATERIALIZED VIEW IF EXISTS nothing", "drop_materialized_view"},
    {"CREATE INDEX ON t (id)", "create_index"},
    {"CREATE UNIQUE INDEX IF NOT EXISTS i ON t (id)", "create_index"},
    {"CREATE VIEW w AS SELECT 1", "create_view"},
    {"CREATE OR REPLACE TEMP RECURSIVE VIEW w (a) AS SELECT 1", "create_view"},
    {"CREATE MATERIALIZED VIEW w AS SELECT 1", "create_materialized_view"},
    {"REFRESH MATERIALIZED VIEW m", "refresh_materialized_view"},
    {"CREATE SEQUENCE s", "create_sequence"},
    {"CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)", "create_rule"},
    {"CREATE CONSTRAINT TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf()", "create_trigger"},
    {"CREATE POLICY p ON t", "create_policy"},
    {"CREATE STATISTICS s ON id, n FROM t", "create_statistics"},
    {"COMMENT ON TABLE t IS 'x'", "comment"},
    {"ANALYZE t", "analyze"},
    {"CLUSTER t USING t_pkey", "cluster"},
    {"REINDEX TABLE t", "reindex"},
    {"REINDEX (VERBOSE) INDEX t_pkey", "reindex"},
    {"REINDEX (CONCURRENTLY off) INDEX t_pkey", "reindex"},

    // Other objects.
    {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "create_function"},
    {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END", "create_function"},
    {"CREATE OR REPLACE PROCEDURE f() LANGUAGE plpgsql AS 'BEGIN COMMIT; END'", "create_procedure"},
    {"ALTER FUNCTION tf() STABLE", "alter_function"},
    {"DROP FUNCTION IF EXISTS nothing()", "drop_function"},
    {"CREATE AGGREGATE a (int) (SFUNC = int4pl, STYPE = int)", "create_aggregate"},
    {"CREATE TYPE y AS (a int)", "create_type"},
    {"CREATE TYPE y AS ENUM ('a')", "create_type"},
    {"CREATE TYPE y AS RANGE (SUBTYPE = int)", "create_type"},
    {"CREATE TYPE y", "create_type"},
    {"ALTER TYPE colour ADD VALUE 'blue'", "alter_type"},
    {"ALTER TYPE colour RENAME VALUE 'red' TO 'rot'", "alter_type"},
    {"CREATE DOMAIN d AS int CHECK (VALUE > 0)", "create_domain"},
    {"CREATE CAST (colour AS int) WITH INOUT", "create_cast"},
    {"CREATE DEFAULT CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8", "create_conversion"},
    {"CREATE TEXT SEARCH CONFIGURATION c (COPY = simple)", "create_text_search_configuration"},
    {"CREATE SCHEMA s", "create_schema"},
    {"CREATE SCHEMA s CREATE TABLE a (id int) CREATE INDEX ON a (id)", "create_schema"},
    {"ALTER SCHEMA public RENAME TO p", "alter_schema"},
    {"CREATE EXTENSION plpgsql", "create_extension"},
    {"CREATE FOREIGN DATA WRAPPER w", "create_foreign_data_wrapper"},
    {"CREATE TRUSTED PROCEDURAL LANGUAGE plpgsql", "create_extension"},
    {"CREATE USER MAPPING FOR CURRENT_USER SERVER s", "create_user_mapping"},
    {"CREATE PUBLICATION pub", "create_publication"},
    {"ALTER PUBLICATION pub ADD TABLE t", "alter_publication"},
    {"CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION etf()", "create_event_trigger"},
    {"CREATE USER u", "create_role"},
    {"CREATE GROUP g", "create_role"},
    {"ALTER ROLE CURRENT_USER SET search_path = a", "alter_role"},
    {"DROP ROLE IF EXISTS nobody", "drop_role"},
    {"GRANT SELECT ON t TO PUBLIC", "grant"},
    {"GRANT pg_monitor TO CURRENT_USER", "grant_role"},
    {"REVOKE SELECT (id) ON t FROM PUBLIC", "revoke"},
    {"REVOKE ADMIN OPTION FOR pg_monitor FROM CURRENT_USER", "revoke_role"},
    {"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC", "alter_default_privileges"},
    {"DROP OWNED BY CURRENT_USER", "drop_owned"},
    {"REASSIGN OWNED BY CURRENT_USER TO CURRENT_USER", "reassign_owned"},
    {"SECURITY LABEL ON TABLE t IS 'x'", "security_label"},
    {"IMPORT FOREIGN SCHEMA a FROM SERVER s INTO b", "import_foreign_schema"},
    {"ALTER DATABASE postgres SET search_path = a", "alter_database"},
    {"ALTER DATABASE postgres CONNECTION LIMIT 100", "alter_database"},
    {"CHECKPOINT", "checkpoint"},
    {"LISTEN a", "listen"},
    {"NOTIFY a", "notify"},
    {"LOAD 'plpgsql'", "load"},
    {"SHOW search_path", "show"},

    // Settings.
    {"SET search_path = a", "set", Runs::transactional, true},
    {"SET SESSION search_path TO a", "set", Runs::transactional, true},
    {"set local search_path = a", "set"},
    {"SET ROLE NONE", "set", Runs::transactional, true},
    {"SET LOCAL ROLE NONE", "set"},
    {"SET SESSION AUTHORIZATION DEFAULT", "set", Runs::transactional, true},
    {"SET TIME ZONE 'UTC'", "set", Runs::transactional, true},
    {"SET TRANSACTION READ ONLY", "set"},
    {"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "set", Runs::transactional, true},
    {"SET CONSTRAINTS ALL IMMEDIATE", "set_constraints"},
    {"RESET ALL", "reset", Runs::transactional, true},
    {"RESET ROLE", "reset", Runs::transactional, true},
    {"SELECT pg_catalog.set_config('search_path', '', false)", "select", Runs::transactional, true},
    {"SELECT set_config('a.b', 'true', 'f'::bool)", "select", Runs::transactional, true},
    {"SELECT 1, (SELECT SET_CONFIG('a.b', lower('C'), false))", "select", Runs::transactional, true},
    {"SELECT set_config('a.b', 'c', true)", "select"},
    {"SELECT 'set_config'", "select"},
    {"DISCARD TEMP", "discard", Runs::transactional, true},
    {"DISCARD ALL", "discard", Runs::forbidden, true},

    // Transactions.
    {"BEGIN", "begin", Runs::begin},
    {"START TRANSACTION", "start_transaction", Runs::begin},
    {"COMMIT", "commit", Runs::commit},
    {"COMMIT WORK AND NO CHAIN", "commit", Runs::commit},
    {"END TRANSACTION", "commit", Runs::commit},
    {"COMMIT AND CHAIN", "commit", Runs::forbidden},
    {"ROLLBACK", "rollback", Runs::rollback},
    {"ABORT", "rollback", Runs::rollback},
    {"ROLLBACK AND CHAIN", "rollback", Runs::forbidden},
    {"SAVEPOINT a", "savepoint", Runs::savepoint},
    {"RELEASE SAVEPOINT a", "release", Runs::savepoint},
    {"ROLLBACK TO a", "rollback", Runs::savepoint},
    {"ROLLBACK TRANSACTION TO SAVEPOINT a", "rollback", Runs::savepoint},
    {"PREPARE TRANSACTION 'a'", "prepare_transaction", Runs::forbidden},
    {"COMMIT PREPARED 'a'", "commit_prepared", Runs::forbidden},
    {"ROLLBACK PREPARED 'a'", "rollback_prepared", Runs::forbidden},
    {"DO $$ BEGIN NULL; END $$", "do", Runs::mayCommit},
    {"DO LANGUAGE plpgsql 'BEGIN NULL; END'", "do", Runs::mayCommit},
    {"CALL p(1)", "call", Runs::mayCommit},
};

/// What PostgreSQL refuses inside a transaction block. `before` makes it possible on the way there.
struct AloneCase {
    std::string sql;
    std::string kind;
    Details details;
    std::string page;  ///< of the manual
    std::string before = "";
    const char* before14 = nullptr;  ///< what 13 answers instead: it has no such syntax, or does it in a transaction
};

Details detail(Details::Kind kind, std::string schema = "", std::string name = "", std::string scope = "") {
    return {.kind = kind, .schema = std::move(schema), .name = std::move(name), .scope = std::move(scope)};
}
Details index(std::string schema, std::string name, std::string table, bool ifNotExists = false, bool unique = false) {
    return {.kind = Details::Kind::createIndex, .schema = schema, .name = std::move(name), .tableSchema = schema,
            .table = std::move(table), .ifExists = ifNotExists, .unique = unique};
}
Details ifExists(Details details) {
    details.ifExists = true;
    return details;
}
Details partition(std::string parentSchema, std::string parent, std::string schema, std::string name) {
    return {.kind = Details::Kind::detachPartition, .schema = std::move(schema), .name = std::move(name),
            .tableSchema = std::move(parentSchema), .table = std::move(parent)};
}

using enum Details::Kind;
const std::vector<AloneCase> alone = {
    {"CREATE INDEX CONCURRENTLY i ON t (id)", "create_index", index("", "i", "t"), "CREATE INDEX"},
    {"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON public.t USING btree (id)", "create_index",
     index("public", "i", "t", true, true), "CREATE INDEX"},
    {"create index concurrently on only \"T\"\"x\" (id)", "create_index", index("", "", "T\"x"), "CREATE INDEX"},
    {"CREATE INDEX /* ; */ CONCURRENTLY -- x\n I ON Public.T (id)", "create_index",
     index("public", "i", "t"), "CREATE INDEX"},
    {"DROP INDEX CONCURRENTLY i", "drop_index", detail(dropIndex, "", "i"), "DROP INDEX"},
    {"DROP INDEX CONCURRENTLY IF EXISTS \"A b\".i CASCADE", "drop_index",
     ifExists(detail(dropIndex, "A b", "i")), "DROP INDEX"},
    {"REINDEX INDEX CONCURRENTLY public.t_pkey", "reindex",
     detail(Details::Kind::reindex, "public", "t_pkey", "index"), "REINDEX"},
    {"REINDEX TABLE CONCURRENTLY t", "reindex", detail(Details::Kind::reindex, "", "t", "table"), "REINDEX"},
    {"REINDEX (VERBOSE, CONCURRENTLY) TABLE public.t", "reindex",
     detail(Details::Kind::reindex, "public", "t", "table"), "REINDEX", "", "42601"},
    {"REINDEX (CONCURRENTLY true) INDEX t_pkey", "reindex",
     detail(Details::Kind::reindex, "", "t_pkey", "index"), "REINDEX", "", "42601"},
    {"REINDEX SCHEMA CONCURRENTLY public", "reindex",
     detail(Details::Kind::reindex, "", "public", "schema"), "REINDEX"},
    {"REINDEX DATABASE CONCURRENTLY d", "reindex", detail(Details::Kind::reindex, "", "d", "database"), "REINDEX"},
    {"REINDEX SCHEMA public", "reindex", detail(repeatable, "", "public", "schema"), "REINDEX"},
    {"REINDEX (VERBOSE) DATABASE d", "reindex", detail(repeatable, "", "d", "database"), "REINDEX"},
    {"REINDEX SYSTEM d", "reindex", detail(repeatable, "", "d", "system"), "REINDEX"},
    {"ALTER TABLE public.parent DETACH PARTITION public.part CONCURRENTLY", "alter_table",
     partition("public", "parent", "public", "part"), "ALTER TABLE", "", "42601"},
    {"ALTER TABLE IF EXISTS ONLY parent DETACH PARTITION part CONCURRENTLY", "alter_table",
     ifExists(partition("", "parent", "", "part")), "ALTER TABLE", "", "42601"},
    {"CREATE DATABASE \"D\" ENCODING 'UTF8'", "create_database", detail(createDatabase, "", "D"), "CREATE DATABASE"},
    {"DROP DATABASE IF EXISTS d WITH (FORCE)", "drop_database",
     ifExists(detail(dropDatabase, "", "d")), "DROP DATABASE"},
    {"ALTER DATABASE postgres SET TABLESPACE pg_default", "alter_database",
     detail(repeatable, "", "postgres"), "ALTER DATABASE"},
    {"CREATE TABLESPACE s LOCATION '/tmp'", "create_tablespace", detail(createTablespace, "", "s"),
     "CREATE TABLESPACE"},
    {"DROP TABLESPACE IF EXISTS s", "drop_tablespace", ifExists(detail(dropTablespace, "", "s")), "DROP TABLESPACE"},
    {"CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p", "create_subscription", detail(createSubscription, "", "s"),
     "CREATE SUBSCRIPTION"},
    {"CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (create_slot = on, copy_data)", "create_subscription",
     detail(createSubscription, "", "s"), "CREATE SUBSCRIPTION"},
    {"DROP SUBSCRIPTION sub", "drop_subscription", detail(dropSubscription, "", "sub"), "DROP SUBSCRIPTION"},
    {"DROP SUBSCRIPTION IF EXISTS sub", "drop_subscription",
     ifExists(detail(dropSubscription, "", "sub")), "DROP SUBSCRIPTION"},
    {"ALTER SUBSCRIPTION sub REFRESH PUBLICATION WITH (copy_data = false)", "alter_subscription",
     detail(unknown, "", "sub"), "ALTER SUBSCRIPTION", "ALTER SUBSCRIPTION sub ENABLE", "XX000"},
    {"ALTER SUBSCRIPTION sub SET PUBLICATION p", "alter_subscription", detail(unknown, "", "sub"),
     "ALTER SUBSCRIPTION", "ALTER SUBSCRIPTION sub ENABLE", "XX000"},
    {"ALTER SUBSCRIPTION sub ADD PUBLICATION r WITH (refresh = true)", "alter_subscription", detail(unknown, "", "sub"),
     "ALTER SUBSCRIPTION", "ALTER SUBSCRIPTION sub ENABLE", "42601"},
    {"ALTER SYSTEM SET work_mem = '4MB'", "alter_system", detail(unknown), "ALTER SYSTEM"},
    {"ALTER SYSTEM RESET ALL", "alter_system", detail(unknown), "ALTER SYSTEM"},
    {"VACUUM", "vacuum", detail(repeatable), "VACUUM"},
    {"VACUUM (FULL, ANALYZE) t", "vacuum", detail(repeatable), "VACUUM"},
    {"CLUSTER", "cluster", detail(repeatable), "CLUSTER"},
    {"CLUSTER VERBOSE", "cluster", detail(repeatable), "CLUSTER"},
};

/// What looks like the above and may stand in a transaction block.
const std::vector<Case> notAlone = {
    {"CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false)", "create_subscription"},
    {"CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (create_slot = OFF, enabled = 0)", "create_subscription"},
    {"CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (create_slot = 0, enabled = 0)", "create_subscription"},
    {"ALTER SUBSCRIPTION sub SET PUBLICATION p WITH (refresh = off)", "alter_subscription"},
    {"ALTER SUBSCRIPTION sub DROP PUBLICATION p WITH (refresh = false)", "alter_subscription"},
    {"ALTER SUBSCRIPTION sub SET (synchronous_commit = off)", "alter_subscription"},
    {"ALTER SUBSCRIPTION sub DISABLE", "alter_subscription"},
    {"REFRESH MATERIALIZED VIEW CONCURRENTLY m", "refresh_materialized_view"},
    {"ANALYZE", "analyze"},
    {"ALTER TABLESPACE pg_default RESET (random_page_cost)", "alter_tablespace"},
    {"ALTER TABLE t ADD CONSTRAINT detach CHECK (id > 0) NOT VALID", "alter_table"},
};

std::string shown(const Statement& s) {
    std::string text = fmt::format("{} runs={} session={}", s.kind, static_cast<int>(s.runs), s.session);
    if (s.alone)
        text += fmt::format(" {} {}.{} on {}.{} ifExists={} unique={} scope={}", static_cast<int>(s.alone->kind),
                            s.alone->schema, s.alone->name, s.alone->tableSchema, s.alone->table, s.alone->ifExists,
                            s.alone->unique, s.alone->scope);
    return text;
}

std::string shown(const AloneCase& c) {
    Statement statement;
    statement.kind = c.kind.c_str();
    statement.runs = Runs::alone;
    statement.alone = std::make_shared<const Details>(c.details);
    return shown(statement);
}

Statement byWords(const std::string& sql) {
    Statement statement;
    readWords(sql, statement);
    return statement;
}

TEST(Classify, TellsKindAndTransaction) {
    for (const auto* list : {&cases, &notAlone})
        for (const Case& c : *list) {
            const Statement found = classify(c.sql);
            EXPECT_EQ(found.kind, c.kind) << c.sql;
            EXPECT_EQ(found.runs, c.runs) << c.sql;
            EXPECT_EQ(found.session, c.session) << c.sql;
            EXPECT_EQ(found.alone, nullptr) << c.sql;
            EXPECT_EQ(found.why != nullptr, found.runs == Runs::forbidden) << c.sql;
        }
}

TEST(Classify, TellsWhatRunsAlone) {
    for (const AloneCase& c : alone) EXPECT_EQ(shown(classify(c.sql)), shown(c)) << c.sql;
}

TEST(Classify, FinalizesADetachAlone) {
    const std::string sql = "ALTER TABLE parent DETACH PARTITION s.part FINALIZE";
    EXPECT_EQ(shown(classify(sql)), shown({sql, "alter_table", partition("", "parent", "s", "part"), ""}));
}

TEST(Classify, WordsTellTheSameAsTheTree) {
    for (const Case& c : cases) {
        // Beyond words: the third argument of set_config(), and languages that have become extensions.
        if (c.sql == "SELECT set_config('a.b', 'c', true)" || c.kind == "create_extension") continue;
        EXPECT_EQ(shown(byWords(c.sql)), shown(classify(c.sql))) << c.sql;
    }
    for (const AloneCase& c : alone) {
        // Beyond words: the option refresh, which is on unless it is given.
        if (c.kind == "alter_subscription" && c.sql.find("REFRESH") == std::string::npos) continue;
        EXPECT_EQ(shown(byWords(c.sql)), shown(c)) << c.sql;
    }
}

TEST(Classify, KeepsTheOptionsOfBegin) {
    const std::vector<std::pair<std::string, std::string>> begins = {
        {"BEGIN", ""},
        {"begin work", ""},
        {"START TRANSACTION", ""},
        {"BEGIN ISOLATION LEVEL SERIALIZABLE", "ISOLATION LEVEL SERIALIZABLE"},
        {"begin transaction isolation level\n repeatable read , /* x */ read only",
         "ISOLATION LEVEL REPEATABLE READ, READ ONLY"},
        {"START TRANSACTION READ WRITE NOT DEFERRABLE", "READ WRITE NOT DEFERRABLE"},
    };
    for (const auto& [sql, options] : begins) {
        const Statement found = classify(sql);
        ASSERT_NE(found.begin, nullptr) << sql;
        EXPECT_EQ(*found.begin, options) << sql;
        EXPECT_EQ(*byWords(sql).begin, options) << sql;
    }
}

TEST(Classify, PassesOnWhatTheParserDoesNotKnow) {
    const std::vector<Case> unknown = {
        {"SELECT 1_000.5_0", "select"},                                                       // PostgreSQL 16
        {"SELECT * FROM JSON_TABLE('[]', '$[*]' COLUMNS (a int PATH '$'))", "select"},        // 17
        {"MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE RETURNING *", "merge"},       // 17
        {"CREATE TABLE g (a int, b int GENERATED ALWAYS AS (a) VIRTUAL)", "create_table"},    // 18
        {"ALTER TABLE t ADD CONSTRAINT c NOT NULL a NOT VALID", "alter_table"},               // 18
        {"CREATE TABLE r (a int, PRIMARY KEY (a WITHOUT OVERLAPS))", "create_table"},         // 18
        {"SELEKT 1", "opaque"},
        {"CREATE TABEL t ()", "opaque"},
        {")", "opaque"},
        {"$1", "opaque"},
        {"REPACK t", "opaque"},                                                               // newer still
    };
    for (const Case& c : unknown) {
        const Statement found = classify(c.sql);
        EXPECT_EQ(found.kind, c.kind) << c.sql;
        EXPECT_EQ(found.runs, Runs::transactional) << c.sql;
        ASSERT_NE(found.why, nullptr) << c.sql;
        EXPECT_NE(found.why->find(" at or near "), std::string::npos) << *found.why;
    }
    const Statement newer = classify("CREATE UNIQUE INDEX CONCURRENTLY i ON s.t (a) WHERE a > 1_000");
    EXPECT_EQ(shown(newer), shown({"", "create_index", index("s", "i", "t", false, true), ""}));
    EXPECT_NE(newer.why, nullptr);
    EXPECT_EQ(shown(classify("REINDEX SYSTEM")), shown({"", "reindex", detail(repeatable, "", "", "system"), ""}));
    EXPECT_EQ(shown(classify("REINDEX DATABASE CONCURRENTLY")),
              shown({"", "reindex", detail(Details::Kind::reindex, "", "", "database"), ""}));
}

/// The server is asked about every case of the tables above, each in a transaction block of its own.
class OnServer : public testing::Test {
  protected:
    void SetUp() override {
        connection->run(R"(
            CREATE TABLE t (id int PRIMARY KEY, n int);
            CREATE TABLE parent (id int) PARTITION BY RANGE (id);
            CREATE TABLE part PARTITION OF parent FOR VALUES FROM (0) TO (10);
            CREATE VIEW v AS SELECT id FROM t;
            CREATE MATERIALIZED VIEW m AS SELECT id FROM t;
            CREATE UNIQUE INDEX ON m (id);
            CREATE SEQUENCE q;
            CREATE TYPE colour AS ENUM ('red');
            CREATE PUBLICATION pub;
            CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE FUNCTION etf() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
            SET client_min_messages = error;
            CREATE SUBSCRIPTION sub CONNECTION 'dbname=nowhere' PUBLICATION p, q WITH (connect = false);)");
    }
    void TearDown() override {
        connection->run("ALTER SUBSCRIPTION sub SET (slot_name = NONE)");
        connection->run("DROP SUBSCRIPTION sub");
    }

    /// The SQLSTATE, "" when it succeeded; `tag` is then the command's tag.
    std::string inTransaction(const std::string& sql, const std::string& before, std::string* tag = nullptr) {
        std::string state;
        connection->run("BEGIN");
        try {
            if (!before.empty()) connection->run(before);
            const Result result = connection->run(sql);
            if (tag) *tag = result.tag;
        } catch (const Error& error) {
            state = error.sqlstate;
        }
        connection->run("ROLLBACK");
        return state;
    }

    tests::Database database;
    std::unique_ptr<Connection> connection = database.connect();
};

TEST_F(OnServer, RefusesWhatRunsAlone) {
    const bool old = tests::serverMajor() < 14;
    for (const AloneCase& c : alone)
        EXPECT_EQ(inTransaction(c.sql, c.before), old && c.before14 ? c.before14 : "25001") << c.sql << ": manual, " << c.page;
}

TEST_F(OnServer, TakesTheRestAndCallsItByTheSameName) {
    for (const auto* list : {&cases, &notAlone})
        for (const Case& c : *list) {
            if (c.runs != Runs::transactional && c.runs != Runs::mayCommit) continue;
            std::string tag;
            EXPECT_NE(inTransaction(c.sql, "", &tag), "25001") << c.sql;
            tag = replaceAll(lower(tag), " ", "_") + "_";
            // Nothing when it failed; SELECT for CREATE TABLE AS, too; INSERT is followed by numbers.
            if (tag == "_" || tag.starts_with("select_")) continue;
            EXPECT_TRUE(tag.starts_with(c.kind + "_")) << c.sql << " is " << tag << " but not " << c.kind;
        }
}

TEST(Parse, KeepsThePlacesOfTheScript) {
    const ScriptText script{.file = "V1__x.sql", .text = R"(-- Purpose: a
CREATE TABLE a (id int);
COPY a FROM stdin;
1
\.

/* then */ CREATE INDEX CONCURRENTLY i
    ON a (id);
INSERT INTO a VALUES (2)
)"};
    const std::vector<Statement> found = parse(script);
    ASSERT_EQ(found.size(), 4u);
    EXPECT_EQ(found[0].span.of(script.text), "CREATE TABLE a (id int)");
    EXPECT_EQ(script.positionOf(found[0].span.begin), (Position{2, 1}));
    EXPECT_STREQ(found[1].kind, "copy");
    EXPECT_TRUE(found[1].copyIn);
    EXPECT_EQ(found[1].data.of(script.text), "1\n");
    EXPECT_EQ(script.positionOf(found[2].span.begin), (Position{7, 12}));
    EXPECT_EQ(found[2].span.of(script.text), "CREATE INDEX CONCURRENTLY i\n    ON a (id)");
    EXPECT_EQ(found[2].runs, Runs::alone);
    EXPECT_STREQ(found[3].kind, "insert");
    EXPECT_EQ(script.positionOf(found[3].span.begin), (Position{9, 1}));
}

TEST(Parse, OneBadStatementLeavesTheOthersAlone) {
    const std::vector<Statement> found = parse({.text = "CREATE TABLE a (id int); CREATE TABEL b (); DROP TABLE a;"});
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].why, nullptr);
    EXPECT_NE(found[1].why, nullptr);
    EXPECT_STREQ(found[2].kind, "drop_table");
    EXPECT_EQ(found[2].why, nullptr);
}

TEST(Parse, AnEmptyScriptHasNoStatements) { EXPECT_TRUE(parse({.text = "-- nothing\n"}).empty()); }

std::string repeated(std::string_view unit, int times) {
    std::string text;
    for (int i = 0; i < times; i++) text += unit;
    return text;
}

TEST(Parse, WithstandsDeepNesting) {
    const std::vector<Case> deep = {
        {"SELECT " + repeated("1+", 200'000) + "1", "select"},
        {"SELECT " + repeated("1+", 520'000) + "1", "select"},
        {"CREATE VIEW v AS SELECT " + repeated("1+", 200'000) + "1", "create_view"},
        {"SELECT set_config('a.b', 'c', false), " + repeated("1+", 200'000) + "1", "select", Runs::transactional, true},
        {"SELECT 1 WHERE " + repeated("a = 1 OR ", 100'000) + "true", "select"},
        {"SELECT 1 WHERE " + repeated("a = 1 AND NOT b OR ", 50'000) + "true", "select"},
        {"SELECT " + repeated("1::int::", 50'000) + "int", "select"},
        {"SELECT 1 " + repeated("UNION SELECT 1 ", 60'000), "select"},
        {"SELECT 1 FROM a " + repeated("JOIN a USING (b) ", 60'000), "select"},
        {"SELECT " + repeated("(", 100'000) + "1" + repeated(")", 100'000), "select"},
        {"SELECT " + repeated("- ", 100'000) + "1", "select"},
        {"SELECT " + repeated("CASE WHEN true THEN ", 20'000) + "1", "select"},
        {"SELECT " + repeated("x IS NULL IS NULL ", 50'000), "select"},
        {"SELECT " + repeated("[", 300'000), "select"},
    };
    for (const Case& c : deep) {
        const Statement found = classify(c.sql);
        EXPECT_EQ(found.kind, c.kind) << c.sql.substr(0, 40);
        EXPECT_EQ(found.session, c.session) << c.sql.substr(0, 40);
    }
    EXPECT_EQ(classify(deep[0].sql).why, nullptr) << "the stack is large enough to parse it";
}

TEST(Parse, TellsLargeStatementsByTheirFirstWords) {
    const std::string filler(2 << 20, 'x');
    const Statement function = classify("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$" + filler + "$$");
    EXPECT_STREQ(function.kind, "create_function");
    EXPECT_EQ(function.runs, Runs::transactional);
    ASSERT_NE(function.why, nullptr);
    EXPECT_NE(function.why->find("too large"), std::string::npos);
    const Statement build = classify("CREATE INDEX CONCURRENTLY i ON t (a) WHERE b = '" + filler + "'");
    EXPECT_EQ(shown(build), shown({"", "create_index", index("", "i", "t"), ""}));
    EXPECT_STREQ(classify("INSERT INTO t VALUES ('" + filler + "')").kind, "insert");
    EXPECT_EQ(classify("DO '" + filler + "'").runs, Runs::mayCommit);
}

TEST(Parse, ServesManyThreadsByOne) {
    // libpg_query takes a pthread key for each thread that parses; a process has 1,024.
    std::vector<std::thread> callers;
    for (int caller = 0; caller < 8; caller++)
        callers.emplace_back([] {
            for (int i = 0; i < 200; i++) EXPECT_STREQ(classify("CREATE TABLE a (id int)").kind, "create_table");
        });
    for (std::thread& caller : callers) caller.join();
}

TEST(Parse, AForkedChildCanExit) {
    classify("SELECT 1");
    const pid_t child = fork();
    if (child == 0) {
        alarm(10);
        std::exit(0);
    }
    int status = -1;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status)) << "it hung until its alarm";
}

TEST(Parse, KeepsStatementsSmall) { EXPECT_LE(sizeof(Statement), 96u); }

}  // namespace
}  // namespace slipway::postgres
