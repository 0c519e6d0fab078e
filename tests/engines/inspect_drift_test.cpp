// Every kind of single change to a database must be seen: the base schema has one of each thing, each drift changes
// one thing in a transaction that is rolled back.
#include <algorithm>

#include "engines/postgres/inspect.h"
#include "support/database.h"

namespace slipway::postgres {
namespace {

constexpr const char* baseSchema = R"(
CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad', 'happy');
CREATE DOMAIN app.email AS text DEFAULT 'nobody@example.org' CONSTRAINT has_at CHECK (VALUE ~ '@');
CREATE TYPE app.address AS (street text, city text);
CREATE TYPE app.span AS RANGE (subtype = float8);
CREATE TABLE app.users (
    id bigint GENERATED ALWAYS AS IDENTITY (INCREMENT BY 1) PRIMARY KEY,
    name text NOT NULL,
    email app.email,
    mood app.mood DEFAULT 'sad',
    age integer DEFAULT 18,
    twice integer GENERATED ALWAYS AS (age * 2) STORED,
    born date,
    home app.address,
    CONSTRAINT users_name_key UNIQUE (name)
);
ALTER TABLE app.users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;
CREATE TABLE app.orders (
    id serial PRIMARY KEY,
    user_id bigint CONSTRAINT orders_user_fk REFERENCES app.users,
    during tsrange,
    total numeric(10,2) DEFAULT 0
);
CREATE INDEX orders_total ON app.orders (total) WHERE total > 10;
CREATE INDEX users_lower ON app.users (lower(name));
CREATE INDEX users_born ON app.users (born);
CREATE TABLE app.loose (id integer, note text);
CREATE TABLE app.base (id integer, note text);
CREATE TABLE app.guarded (id integer, price numeric(10,2));
CREATE TABLE app.events (at date NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE app.events_2025 PARTITION OF app.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE VIEW app.adults AS SELECT id, name FROM app.users WHERE age >= 18;
CREATE MATERIALIZED VIEW app.totals AS SELECT user_id, sum(total) AS total FROM app.orders GROUP BY user_id;
CREATE INDEX totals_user ON app.totals (user_id);
CREATE FUNCTION app.double(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n * 2';
CREATE PROCEDURE app.tidy() LANGUAGE plpgsql AS 'BEGIN DELETE FROM app.loose; END';
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION app.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION app.same(app.mood, app.mood) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2::text';
CREATE FUNCTION app.mood_to_int(app.mood) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE AGGREGATE app.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE TRIGGER users_touch BEFORE UPDATE ON app.users FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE RULE keep AS ON DELETE TO app.guarded WHERE OLD.id = 0 DO INSTEAD NOTHING;
CREATE POLICY users_own ON app.users FOR SELECT TO pg_monitor USING (name = CURRENT_USER);
CREATE SEQUENCE app.numbers INCREMENT BY 1;
CREATE FOREIGN DATA WRAPPER wrapper;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER wrapper OPTIONS (host 'a.example.org', password 'open sesame');
CREATE FOREIGN TABLE app.remote (id integer) SERVER elsewhere OPTIONS (path '/a', secret_key 'open sesame');
CREATE PUBLICATION feed FOR TABLE app.orders;
CREATE STATISTICS app.users_stats ON age, born FROM app.users;
CREATE COLLATION app.german (provider = libc, locale = 'C');
CREATE TEXT SEARCH DICTIONARY app.words (TEMPLATE = pg_catalog.simple, ACCEPT = true);
CREATE TEXT SEARCH CONFIGURATION app.search (COPY = pg_catalog.simple);
CREATE OPERATOR app.=== (LEFTARG = app.mood, RIGHTARG = app.mood, FUNCTION = app.same);
CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION app.on_ddl();
ALTER EVENT TRIGGER watch DISABLE;
COMMENT ON TABLE app.users IS 'People';
)";

struct Drift {
    const char* name;
    const char* sql;
    const char* kind;
    const char* object;
    const char* attribute = "";  ///< "" for something new or gone
    int since = 0;               ///< the first server version that knows the statement
};

// One line for each row of the matrix of things that schema comparisons are known to see or to miss.
const std::vector<Drift> drifts = {
    {"schema", "CREATE SCHEMA other", "schema", "other"},
    {"table", "CREATE TABLE app.new (id integer)", "table", "app.new"},
    {"table dropped", "DROP TABLE app.base", "table", "app.base"},
    {"column", "ALTER TABLE app.loose ADD extra text", "column", "app.loose.extra"},
    {"column type", "ALTER TABLE app.loose ALTER id TYPE bigint", "column", "app.loose.id", "type"},
    {"column type modifier", "ALTER TABLE app.guarded ALTER price TYPE numeric(12,2)", "column", "app.guarded.price",
     "type"},
    {"column default", "ALTER TABLE app.users ALTER age SET DEFAULT 21", "column", "app.users.age", "default"},
    {"column not null", "ALTER TABLE app.loose ALTER id SET NOT NULL", "column", "app.loose.id", "not null"},
    {"column collation", R"(ALTER TABLE app.loose ALTER note TYPE text COLLATE "C")", "column", "app.loose.note",
     "collation"},
    {"column storage", "ALTER TABLE app.loose ALTER note SET STORAGE EXTERNAL", "column", "app.loose.note", "storage"},
    {"column compression", "ALTER TABLE app.loose ALTER note SET COMPRESSION pglz", "column", "app.loose.note",
     "compression", 140000},
    {"column statistics", "ALTER TABLE app.loose ALTER note SET STATISTICS 500", "column", "app.loose.note",
     "statistics target"},
    {"column options", "ALTER TABLE app.loose ALTER note SET (n_distinct = 5)", "column", "app.loose.note", "options"},
    {"column not null unchecked", "ALTER TABLE app.loose ADD CONSTRAINT given NOT NULL id NOT VALID", "column",
     "app.loose.id", "not null validated", 180000},
    {"column virtual", "ALTER TABLE app.loose ADD more integer GENERATED ALWAYS AS (id + 1) VIRTUAL", "column",
     "app.loose.more", "", 180000},
    {"identity kind", "ALTER TABLE app.users ALTER id SET GENERATED BY DEFAULT", "column", "app.users.id", "identity"},
    {"identity increment", "ALTER TABLE app.users ALTER id SET INCREMENT BY 10", "sequence", "app.users_id_seq",
     "increment"},
    {"generated expression",
     "ALTER TABLE app.users DROP twice; ALTER TABLE app.users ADD twice integer GENERATED ALWAYS AS (age * 3) STORED",
     "column", "app.users.twice", "default"},
    {"generated expression set", "ALTER TABLE app.users ALTER twice SET EXPRESSION AS (age * 3)", "column",
     "app.users.twice", "default", 170000},
    {"primary key", "ALTER TABLE app.loose ADD PRIMARY KEY (id)", "constraint", "app.loose.loose_pkey"},
    {"unique constraint", "ALTER TABLE app.loose ADD CONSTRAINT once UNIQUE (id)", "constraint", "app.loose.once"},
    {"check constraint", "ALTER TABLE app.loose ADD CONSTRAINT positive CHECK (id > 0)", "constraint",
     "app.loose.positive"},
    {"check validated", "ALTER TABLE app.users VALIDATE CONSTRAINT users_age_check", "constraint",
     "app.users.users_age_check", "validated"},
    {"foreign key", "ALTER TABLE app.loose ADD CONSTRAINT to_user FOREIGN KEY (id) REFERENCES app.users", "constraint",
     "app.loose.to_user"},
    {"foreign key on delete",
     "ALTER TABLE app.orders DROP CONSTRAINT orders_user_fk, ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) "
     "REFERENCES app.users ON DELETE CASCADE",
     "constraint", "app.orders.orders_user_fk", "definition"},
    {"foreign key deferrable", "ALTER TABLE app.orders ALTER CONSTRAINT orders_user_fk DEFERRABLE INITIALLY DEFERRED",
     "constraint", "app.orders.orders_user_fk", "definition"},
    {"foreign key on delete of a column",
     "ALTER TABLE app.orders DROP CONSTRAINT orders_user_fk, ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) "
     "REFERENCES app.users ON DELETE SET NULL (user_id)",
     "constraint", "app.orders.orders_user_fk", "definition", 150000},
    {"foreign key not enforced", "ALTER TABLE app.orders ALTER CONSTRAINT orders_user_fk NOT ENFORCED", "constraint",
     "app.orders.orders_user_fk", "definition", 180000},
    {"unique with nulls",
     "ALTER TABLE app.users DROP CONSTRAINT users_name_key, ADD CONSTRAINT users_name_key UNIQUE NULLS NOT DISTINCT "
     "(name)",
     "constraint", "app.users.users_name_key", "definition", 150000},
    {"exclusion constraint", "ALTER TABLE app.orders ADD CONSTRAINT apart EXCLUDE USING gist (during WITH &&)",
     "constraint", "app.orders.apart"},
    {"index", "CREATE INDEX loose_id ON app.loose (id)", "index", "app.loose_id"},
    {"index dropped", "DROP INDEX app.users_lower", "index", "app.users_lower"},
    {"index predicate", "DROP INDEX app.orders_total; CREATE INDEX orders_total ON app.orders (total) WHERE total > 11",
     "index", "app.orders_total", "definition"},
    {"index include", "DROP INDEX app.users_born; CREATE INDEX users_born ON app.users (born) INCLUDE (age)", "index",
     "app.users_born", "definition"},
    {"index order", "DROP INDEX app.users_born; CREATE INDEX users_born ON app.users (born DESC NULLS LAST)", "index",
     "app.users_born", "definition"},
    {"index expression", "DROP INDEX app.users_lower; CREATE INDEX users_lower ON app.users (upper(name))", "index",
     "app.users_lower", "definition"},
    {"index method", "DROP INDEX app.users_born; CREATE INDEX users_born ON app.users USING hash (born)", "index",
     "app.users_born", "definition"},
    {"index statistics", "ALTER INDEX app.users_lower ALTER COLUMN 1 SET STATISTICS 500", "index", "app.users_lower",
     "statistics targets"},
    {"view definition", "CREATE OR REPLACE VIEW app.adults AS SELECT id, name FROM app.users WHERE age >= 21", "view",
     "app.adults", "definition"},
    {"view option", "ALTER VIEW app.adults SET (security_barrier = true)", "view", "app.adults", "options"},
    {"view option security_invoker", "ALTER VIEW app.adults SET (security_invoker = true)", "view", "app.adults",
     "options", 150000},
    {"materialized view definition",
     "DROP MATERIALIZED VIEW app.totals; CREATE MATERIALIZED VIEW app.totals AS SELECT user_id, max(total) AS total "
     "FROM app.orders GROUP BY user_id; CREATE INDEX totals_user ON app.totals (user_id)",
     "materialized view", "app.totals", "definition"},
    {"materialized view index", "DROP INDEX app.totals_user", "index", "app.totals_user"},
    {"function body", "CREATE OR REPLACE FUNCTION app.double(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n + n'",
     "function", "app.double(integer)", "definition"},
    {"function of SQL", "CREATE OR REPLACE FUNCTION app.double(n integer) RETURNS integer RETURN n * 2", "function",
     "app.double(integer)", "definition", 140000},
    {"function volatility", "ALTER FUNCTION app.double IMMUTABLE", "function", "app.double(integer)", "definition"},
    {"function security definer", "ALTER FUNCTION app.double SECURITY DEFINER", "function", "app.double(integer)",
     "definition"},
    {"function search_path", "ALTER FUNCTION app.double SET search_path = app", "function", "app.double(integer)",
     "definition"},
    {"function parallel", "ALTER FUNCTION app.double PARALLEL SAFE", "function", "app.double(integer)", "definition"},
    {"function overload", "CREATE FUNCTION app.double(text) RETURNS text LANGUAGE sql AS 'SELECT $1'", "function",
     "app.double(text)"},
    {"procedure body", "CREATE OR REPLACE PROCEDURE app.tidy() LANGUAGE plpgsql AS 'BEGIN END'", "procedure",
     "app.tidy()", "definition"},
    {"aggregate", "CREATE OR REPLACE AGGREGATE app.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '1')",
     "aggregate", "app.total(integer)", "definition"},
    {"trigger", "CREATE TRIGGER again BEFORE INSERT ON app.users FOR EACH ROW EXECUTE FUNCTION app.touch()", "trigger",
     "app.users.again"},
    {"trigger disabled", "ALTER TABLE app.users DISABLE TRIGGER users_touch", "trigger", "app.users.users_touch",
     "firing"},
    {"rule", "CREATE OR REPLACE RULE keep AS ON DELETE TO app.guarded WHERE OLD.id = 1 DO INSTEAD NOTHING", "rule",
     "app.guarded.keep", "definition"},
    {"policy", "ALTER POLICY users_own ON app.users USING (true)", "policy", "app.users.users_own", "definition"},
    {"policy role", "ALTER POLICY users_own ON app.users TO PUBLIC", "policy", "app.users.users_own", "definition"},
    {"row security", "ALTER TABLE app.users ENABLE ROW LEVEL SECURITY", "table", "app.users", "row security"},
    {"row security forced", "ALTER TABLE app.users FORCE ROW LEVEL SECURITY", "table", "app.users",
     "row security forced"},
    {"grant on table", "GRANT SELECT ON app.users TO pg_monitor", "table", "app.users", "grants"},
    {"grant of maintenance", "GRANT MAINTAIN ON app.users TO pg_monitor", "table", "app.users", "grants", 170000},
    {"grant on column", "GRANT SELECT (name) ON app.users TO pg_monitor", "column", "app.users.name", "grants"},
    {"grant on function", "GRANT EXECUTE ON FUNCTION app.double TO pg_monitor", "function", "app.double(integer)",
     "grants"},
    {"revoke on function", "REVOKE EXECUTE ON FUNCTION app.double FROM PUBLIC", "function", "app.double(integer)",
     "grants"},
    {"grant on schema", "GRANT USAGE ON SCHEMA app TO pg_monitor", "schema", "app", "grants"},
    {"grant on sequence", "GRANT USAGE ON SEQUENCE app.numbers TO pg_monitor", "sequence", "app.numbers", "grants"},
    {"grant on type", "GRANT USAGE ON TYPE app.mood TO pg_monitor", "type", "app.mood", "grants"},
    {"grant on server", "GRANT USAGE ON FOREIGN SERVER elsewhere TO pg_monitor", "server", "elsewhere", "grants"},
    {"owner revoked", "REVOKE ALL ON app.users FROM postgres", "table", "app.users", "grants"},
    {"default privileges", "ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO pg_monitor", "default acl",
     "for role postgres in schema app on tables"},
    {"owner", "ALTER TABLE app.users OWNER TO pg_monitor", "table", "app.users", "owner"},
    {"enum value", "ALTER TYPE app.mood ADD VALUE 'glad'", "type", "app.mood", "labels"},
    {"domain constraint", "ALTER DOMAIN app.email ADD CONSTRAINT short CHECK (length(VALUE) < 100)", "constraint",
     "app.email.short"},
    {"domain constraint gone", "ALTER DOMAIN app.email DROP CONSTRAINT has_at", "constraint", "app.email.has_at"},
    {"domain default", "ALTER DOMAIN app.email DROP DEFAULT", "domain", "app.email", "default"},
    {"domain not null", "ALTER DOMAIN app.email SET NOT NULL", "domain", "app.email", "not null"},
    {"composite type", "ALTER TYPE app.address ADD ATTRIBUTE zip text", "column", "app.address.zip"},
    {"range type", "DROP TYPE app.span; CREATE TYPE app.span AS RANGE (subtype = integer)", "type", "app.span",
     "definition"},
    {"sequence increment", "ALTER SEQUENCE app.numbers INCREMENT BY 5", "sequence", "app.numbers", "increment"},
    {"sequence owner column", "ALTER SEQUENCE app.numbers OWNED BY app.loose.id", "sequence", "app.numbers",
     "owned by"},
    {"extension", "CREATE EXTENSION citext SCHEMA app", "extension", "citext"},
    {"partition",
     "CREATE TABLE app.events_2026 PARTITION OF app.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')", "table",
     "app.events_2026"},
    {"partition bound",
     "ALTER TABLE app.events DETACH PARTITION app.events_2025; ALTER TABLE app.events ATTACH PARTITION app.events_2025 "
     "FOR VALUES FROM ('2024-01-01') TO ('2026-01-01')",
     "table", "app.events_2025", "partition bound"},
    {"partition detached", "ALTER TABLE app.events DETACH PARTITION app.events_2025", "table", "app.events_2025",
     "parents"},
    {"inheritance", "ALTER TABLE app.loose INHERIT app.base", "table", "app.loose", "parents"},
    {"event trigger", "ALTER EVENT TRIGGER watch ENABLE", "event trigger", "watch", "definition"},
    {"event trigger at login", "CREATE EVENT TRIGGER greet ON login EXECUTE FUNCTION app.on_ddl()", "event trigger",
     "greet", "", 170000},
    {"event trigger gone", "DROP EVENT TRIGGER watch", "event trigger", "watch"},
    {"publication", "ALTER PUBLICATION feed ADD TABLE app.users", "publication", "feed", "definition"},
    {"publication operations", "ALTER PUBLICATION feed SET (publish = 'insert')", "publication", "feed", "definition"},
    {"publication of a schema", "ALTER PUBLICATION feed ADD TABLES IN SCHEMA app", "publication", "feed", "definition",
     150000},
    {"publication filter", "ALTER PUBLICATION feed SET TABLE app.orders (id) WHERE (id > 5)", "publication", "feed",
     "definition", 150000},
    {"publication of generated columns", "ALTER PUBLICATION feed SET (publish_generated_columns = stored)",
     "publication", "feed", "definition", 180000},
    {"subscription",
     "CREATE SUBSCRIPTION pull CONNECTION 'host=/nowhere password=open_sesame' PUBLICATION feed WITH (connect = false)",
     "subscription", "pull"},
    {"foreign data wrapper", "CREATE FOREIGN DATA WRAPPER second", "foreign-data wrapper", "second"},
    {"foreign server", "ALTER SERVER elsewhere OPTIONS (SET host 'b.example.org')", "server", "elsewhere",
     "definition"},
    {"foreign table", "ALTER FOREIGN TABLE app.remote OPTIONS (SET path '/b')", "foreign table", "app.remote",
     "options"},
    {"user mapping", "CREATE USER MAPPING FOR postgres SERVER elsewhere OPTIONS (password 'open sesame')",
     "user mapping", "postgres on elsewhere"},
    {"collation", "DROP COLLATION app.german; CREATE COLLATION app.german (provider = libc, locale = 'POSIX')",
     "collation", "app.german", "definition"},
    {"extended statistics",
     "DROP STATISTICS app.users_stats; CREATE STATISTICS app.users_stats (mcv) ON age, born FROM app.users",
     "statistics object", "app.users_stats", "definition"},
    {"extended statistics target", "ALTER STATISTICS app.users_stats SET STATISTICS 100", "statistics object",
     "app.users_stats", "definition"},
    {"comment on table", "COMMENT ON TABLE app.users IS 'Users'", "table", "app.users", "comment"},
    {"comment on column", "COMMENT ON COLUMN app.users.name IS 'Full name'", "column", "app.users.name", "comment"},
    {"comment on function", "COMMENT ON FUNCTION app.double IS 'Doubles'", "function", "app.double(integer)",
     "comment"},
    {"comment on index", "COMMENT ON INDEX app.users_born IS 'For reports'", "index", "app.users_born", "comment"},
    {"comment on constraint", "COMMENT ON CONSTRAINT users_age_check ON app.users IS 'Alive'", "constraint",
     "app.users.users_age_check", "comment"},
    {"operator", "CREATE OPERATOR app.!== (LEFTARG = app.mood, RIGHTARG = app.mood, FUNCTION = app.same)", "operator",
     "app.!==(app.mood,app.mood)"},
    {"operator class",
     "CREATE OPERATOR CLASS app.ints FOR TYPE integer USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(integer)",
     "operator class", "app.ints USING hash"},
    {"cast", "CREATE CAST (app.mood AS integer) WITH FUNCTION app.mood_to_int(app.mood)", "cast",
     "(app.mood AS integer)"},
    {"conversion", "CREATE CONVERSION app.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8", "conversion",
     "app.latin"},
    {"text search configuration", "ALTER TEXT SEARCH CONFIGURATION app.search DROP MAPPING FOR int",
     "text search configuration", "app.search", "definition"},
    {"text search dictionary", "ALTER TEXT SEARCH DICTIONARY app.words (ACCEPT = false)", "text search dictionary",
     "app.words", "definition"},
    {"table options", "ALTER TABLE app.loose SET (fillfactor = 70)", "table", "app.loose", "options"},
    {"table unlogged", "ALTER TABLE app.base SET UNLOGGED", "table", "app.base", "unlogged"},
    {"replica identity", "ALTER TABLE app.users REPLICA IDENTITY FULL", "table", "app.users", "replica identity"},
    {"replica identity index", "ALTER TABLE app.users REPLICA IDENTITY USING INDEX users_name_key", "index",
     "app.users_name_key", "replica identity"},
    {"cluster", "ALTER TABLE app.users CLUSTER ON users_born", "index", "app.users_born", "clustered"},
    {"language", "CREATE LANGUAGE pigeon HANDLER plpgsql_call_handler", "language", "pigeon"},
    {"access method", "CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler", "access method", "pile"},
    {"database setting",
     "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''8MB''', current_database()); END $$",
     "database setting", "work_mem"},
    {"column order", "ALTER TABLE app.loose DROP id; ALTER TABLE app.loose ADD id integer", "table", "app.loose",
     "position"},
};

std::string list(const std::vector<Difference>& differences) {
    std::string text;
    for (const Difference& difference : differences) text += "  " + difference.message() + "\n";
    return text;
}

class InspectDrift : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        database = new tests::Database;
        database->run(baseSchema);
    }
    static void TearDownTestSuite() { delete database; }
    static tests::Database* database;
};
tests::Database* InspectDrift::database = nullptr;

TEST_F(InspectDrift, everyKindOfChangeIsSeen) {
    const auto connection = database->connect();
    const Catalog before = inspect(*connection);
    for (const Drift& drift : drifts) {
        if (connection->serverVersion() < drift.since) continue;
        SCOPED_TRACE(drift.name);
        connection->run("BEGIN");
        ASSERT_NO_THROW(connection->run(drift.sql));
        const Catalog after = inspect(*connection);
        connection->run("ROLLBACK");

        const auto differences = compare(before, after);
        EXPECT_TRUE(std::ranges::any_of(differences,
                                        [&](const Difference& d) {
                                            return d.kind == drift.kind && d.object == drift.object &&
                                                   d.attribute == drift.attribute;
                                        }))
            << drift.kind << " " << drift.object << " " << drift.attribute << " is not among:\n"
            << list(differences);
        EXPECT_EQ(compare(after, before).size(), differences.size());
        EXPECT_NE(digest(after), digest(before));
        EXPECT_LE(differences.size(), 4u) << list(differences);
    }
    EXPECT_EQ(inspect(*connection), before);
}

TEST_F(InspectDrift, aFailedConcurrentIndexIsSeenAsInvalid) {
    tests::Database own;
    const auto connection = own.connect();
    connection->run("CREATE TABLE t (a integer); INSERT INTO t VALUES (1), (1)");
    const Catalog before = inspect(*connection);
    EXPECT_THROW(connection->run("CREATE UNIQUE INDEX CONCURRENTLY once ON t (a)"), Error);
    const Catalog failed = inspect(*connection);
    ASSERT_EQ(compare(before, failed).size(), 1u);
    EXPECT_EQ(compare(before, failed)[0].messageAfterUndo(), "index public.once was left behind");
    EXPECT_FALSE(failed.table("public", "t")->indexes.at(0).valid);

    connection->run("DELETE FROM t; REINDEX INDEX once");
    const auto repaired = compare(failed, inspect(*connection));
    EXPECT_EQ(list(repaired),
              "  index public.once: valid is yes, was no\n"
              "  index public.once: ready is yes, was no\n");
}

TEST_F(InspectDrift, onlyAnotherOrderOfColumnsIsToldApart) {
    const auto connection = database->connect();
    const Catalog before = inspect(*connection);
    connection->run("BEGIN; ALTER TABLE app.loose DROP id; ALTER TABLE app.loose ADD id integer");
    const auto differences = compare(before, inspect(*connection));
    connection->run("ROLLBACK");
    EXPECT_TRUE(onlyColumnOrder(differences)) << list(differences);
    EXPECT_EQ(differences.at(0).message(),
              "table app.loose: its columns stand in another order: note, id; before: id, note");
}

TEST_F(InspectDrift, theSameStatementsGiveTheSameDigestInAnotherDatabase) {
    tests::Database other;
    // Other OIDs, a column dropped on the way, rows, a sequence that has moved: none of it counts.
    other.run("CREATE SCHEMA ballast; CREATE TABLE ballast.t (id serial); DROP SCHEMA ballast CASCADE");
    other.run(baseSchema);
    other.run(
        "ALTER TABLE app.loose ADD gone text; ALTER TABLE app.loose DROP gone;"
        "INSERT INTO app.loose SELECT 1, 'x' FROM generate_series(1, 100); ANALYZE;"
        "SELECT nextval('app.numbers')");
    const Catalog one = inspect(*database->connect()), two = inspect(*other.connect());
    EXPECT_EQ(list(compare(one, two)), "");
    EXPECT_EQ(one, two);
    EXPECT_EQ(digest(one), digest(two));
}

TEST_F(InspectDrift, aRoleWithoutPrivilegesSeesTheSame) {
    const auto server = database->connect();
    const std::string role = "plain_" + database->name();
    server->run("CREATE ROLE " + role + " LOGIN");
    const Catalog expected = inspect(*server);
    Catalog seen;
    {
        const auto plain = Connection::open({.url = database->url(), .user = role}, "test");
        seen = inspect(*plain);
    }
    server->run("DROP ROLE " + role);
    EXPECT_EQ(list(compare(expected, seen)), "");
    EXPECT_EQ(digest(expected), digest(seen));
}

TEST_F(InspectDrift, noSecretIsRead) {
    const auto connection = database->connect();
    connection->run(
        "BEGIN; CREATE USER MAPPING FOR postgres SERVER elsewhere OPTIONS (password 'open sesame');"
        "CREATE SUBSCRIPTION pull CONNECTION 'host=/nowhere password=open_sesame' PUBLICATION feed"
        " WITH (connect = false);"
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET app.jwt_secret = ''open sesame''',"
        " current_database()); END $$");
    const auto differences = compare(Catalog(), inspect(*connection));
    const Catalog catalog = inspect(*connection);
    connection->run("ROLLBACK");
    for (const Other& other : catalog.others) EXPECT_FALSE(other.definition.contains("sesame")) << other.definition;
    EXPECT_EQ(catalog.table("app", "remote")->options, (std::vector<std::string>{"path=/a", "secret_key=(hidden)"}));
}

}  // namespace
}  // namespace slipway::postgres
