// What queries and expressions name, and what functions do.

#include "engines/postgres/predict/queries.h"

#include <algorithm>

#include "playing.h"

namespace slipway::postgres {
namespace {

using tests::locksOf;
using tests::Played;

constexpr const char* schema = R"sql(
CREATE SCHEMA app;
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id int PRIMARY KEY, a text, b text);
CREATE TABLE u (id int, t_id int, c text);
CREATE TABLE app.t (x int, y int);
CREATE SEQUENCE s;
CREATE VIEW v AS SELECT id, a FROM t;
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n * 2';
CREATE FUNCTION rolled() RETURNS float8 LANGUAGE sql AS 'SELECT random()';
CREATE FUNCTION looked() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM t';
CREATE FUNCTION strictly(n int) RETURNS int LANGUAGE sql STRICT AS 'SELECT 1';
CREATE FUNCTION strictly_added(n int) RETURNS int LANGUAGE sql STRICT AS 'SELECT n + 1';
CREATE FUNCTION owned() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
CREATE FUNCTION procedural() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE FUNCTION fixed() RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN 1; END';
CREATE FUNCTION overloaded(n int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION overloaded(n text) RETURNS text LANGUAGE sql AS 'SELECT n';
)sql";

const Played& played() {
    static const Played made(schema);
    return made;
}

/// "t.a t.id": columns by relation, without the relations as such.
std::string columnsOf(const Uses& uses) {
    const World& world = played().world;
    std::vector<std::string> names;
    for (const ColumnId& each : uses.columns)
        if (each.column)
            names.push_back(world.name(each.relation) + "." + world.relation(each.relation).column(each.column).name);
    std::ranges::sort(names);
    return fmt::format("{}", fmt::join(names, " "));
}

QueryUse read(const std::string& sql) {
    QueryUse use;
    const Played& with = played();  // made before: the parser's thread is not entered twice
    Played::parse(sql, [&](const Node& statement, std::string_view) {
        use = usesOfQuery(with.world, with.session, statement);
        for (RelationUse& each : use.relations) each.statement = {};
    });
    return use;
}

Uses readExpression(const std::string& sql, const char* table = "") {
    Uses uses;
    const World& world = played().world;
    Played::parse("SELECT " + sql, [&](const Node& statement, std::string_view) {
        const Id relation = *table ? world.relationNamed(world.publicSchema(), table) : 0;
        uses = usesOfExpression(world, played().session, statement.list("targetList")[0].node("val"), relation, relation != 0);
    });
    return uses;
}

std::string relationsOf(const QueryUse& use) {
    std::string text;
    for (const RelationUse& each : use.relations)
        text += (text.empty() ? "" : " ") + std::string(1, each.operation) + ":" + played().world.shown(each.relation);
    return text;
}

TEST(UsesOfQuery, ColumnsAreFoundByAliasTableAndScope) {
    const std::pair<const char*, const char*> cases[] = {
        {"SELECT a FROM t", "t.a"},
        {"SELECT t.a FROM t WHERE b = 'x'", "t.a t.b"},
        {"SELECT z.a FROM t AS z", "t.a"},
        {"SELECT public.t.a FROM public.t", "t.a"},
        {"SELECT x FROM app.t", "t.x"},
        {"SELECT k FROM t AS z(k)", "t.id"},
        {"SELECT * FROM t", "t.a t.b t.id"},
        {"SELECT t.* FROM t, u", "t.a t.b t.id"},
        // A view of whole rows stands in no column's way: PostgreSQL drops each.
        {"SELECT t FROM t", ""},
        {"SELECT count(*) FROM t", ""},
        {"SELECT t.a FROM t JOIN u USING (id)", "t.a t.id u.id"},
        {"SELECT c FROM t NATURAL JOIN u", "t.id u.c u.id"},
        {"SELECT j.c FROM (t JOIN u ON t.id = u.t_id) AS j", "t.id u.c u.t_id"},
        {"SELECT (SELECT max(c) FROM u WHERE t_id = t.id) FROM t", "t.id u.c u.t_id"},
        // The inner id is the inner table's own.
        {"SELECT 1 FROM t WHERE EXISTS (SELECT 1 FROM u WHERE id = 1)", "u.id"},
        {"SELECT l.c FROM t, LATERAL (SELECT c FROM u WHERE t_id = t.id) AS l", "t.id u.c u.t_id"},
        {"SELECT q.a FROM (SELECT a, b FROM t) AS q", "t.a t.b"},
        {"WITH t AS (SELECT c AS a FROM u) SELECT a FROM t", "u.c"},
        {"WITH RECURSIVE r(n) AS (SELECT id FROM t UNION SELECT n + 1 FROM r) SELECT n FROM r", "t.id"},
        {"SELECT a FROM t UNION SELECT c FROM u ORDER BY a", "t.a u.c"},
        {"SELECT a AS b FROM t ORDER BY b", "t.a"},
        {"SELECT f.a FROM json_to_recordset('[]') AS f(a int), t WHERE t.id = f.a", "t.id"},
        {"SELECT n FROM generate_series(1, 2) AS n, t WHERE t.id = n", "t.id"},
        {"SELECT row_number() OVER (PARTITION BY a ORDER BY b) FROM t", "t.a t.b"},
        {"SELECT count(*) FILTER (WHERE a = 'x') FROM t GROUP BY b HAVING max(id) > 1", "t.a t.b t.id"},
        {"INSERT INTO t (id, a) VALUES (1, 'x') RETURNING b", "t.a t.b t.id"},
        {"INSERT INTO t SELECT id, c FROM u", "t.a t.id u.c u.id"},
        {"INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET a = excluded.b WHERE t.b = 'x'", "t.a t.b t.id"},
        {"UPDATE t SET a = c FROM u WHERE u.t_id = t.id", "t.a t.id u.c u.t_id"},
        {"UPDATE t SET (a, b) = (SELECT c, c FROM u)", "t.a t.b u.c"},
        {"DELETE FROM t USING u WHERE t.id = u.t_id RETURNING c", "t.id u.c u.t_id"},
        {"MERGE INTO t USING u ON t.id = u.t_id WHEN MATCHED THEN UPDATE SET a = c WHEN NOT MATCHED THEN INSERT (id) "
         "VALUES (u.id)",
         "t.a t.id u.c u.id u.t_id"},
    };
    for (const auto& [sql, columns] : cases) {
        const QueryUse use = read(sql);
        EXPECT_EQ(columnsOf(use.uses), columns) << sql;
        EXPECT_TRUE(use.unknown.empty()) << sql;
    }
}

TEST(UsesOfQuery, RelationsAreToldWithWhatIsDoneToThem) {
    const std::pair<const char*, const char*> cases[] = {
        {"SELECT 1 FROM v, app.t", "s:public.v s:app.t"},
        {"SELECT 1 FROM t FOR UPDATE", "k:public.t"},
        {"SELECT 1 FROM t, u FOR SHARE OF u", "s:public.t k:public.u"},
        {"SELECT 1 FROM (SELECT 1 FROM t) AS q, u FOR UPDATE OF q", "k:public.t s:public.u"},
        {"SELECT (SELECT 1 FROM u) FROM t FOR UPDATE", "k:public.t s:public.u"},
        {"WITH w AS (DELETE FROM t RETURNING id) INSERT INTO u SELECT id FROM w", "d:public.t i:public.u"},
        {"INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 'x'", "i:public.t u:public.t"},
        {"MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE", "m:public.t s:public.u d:public.t"},
        {"SELECT 1 FROM pg_class, information_schema.tables", ""},
    };
    for (const auto& [sql, relations] : cases) EXPECT_EQ(relationsOf(read(sql)), relations) << sql;
}

TEST(UsesOfQuery, WhatIsNotThereIsToldWithItsPlace) {
    const QueryUse use = read("SELECT 1 FROM t, gone WHERE EXISTS (SELECT 1 FROM app.gone2)");
    ASSERT_EQ(use.unknown.size(), 2u);
    EXPECT_EQ(use.unknown[0].name, "gone");
    EXPECT_EQ(use.unknown[0].location, 17);
    EXPECT_EQ(use.unknown[1].name, "gone2");
}

TEST(UsesOfQuery, OutputHasNamesAndTypes) {
    std::string text;
    for (const ResultColumn& each :
         read("SELECT id, a AS z, id + 1, count(*), now(), 'x'::mood, coalesce(a, b), CASE WHEN true THEN 1 END, "
              "EXISTS (SELECT 1), array_agg(id), 1.5, $1 FROM t GROUP BY 1")
             .output)
        text += fmt::format("{}:{} ", each.name, formatType(played().world, each.type));
    EXPECT_EQ(text,
              "id:integer z:text ?column?:integer count:bigint now:timestamp with time zone mood:public.mood "
              "coalesce:text case:integer "
              "exists:boolean array_agg: ?column?:numeric ?column?: ");
    std::string names;
    for (const ResultColumn& each : read("SELECT * FROM u JOIN t USING (id)").output) names += each.name + " ";
    EXPECT_EQ(names, "id t_id c a b ");
}

TEST(UsesOfExpression, OldAndNewAreTheRelation) {
    EXPECT_EQ(columnsOf(readExpression("NEW.a IS DISTINCT FROM OLD.b AND id > 1", "t")), "t.a t.b t.id");
}

TEST(UsesOfExpression, NamesSequencesTypesAndFunctions) {
    const World& world = played().world;
    const auto names = [&](const std::vector<Id>& ids) {
        std::string text;
        for (const Id each : ids) text += world.name(each) + " ";
        return text;
    };
    EXPECT_EQ(names(readExpression("nextval('s')").sequences), "s ");
    EXPECT_EQ(names(readExpression("nextval('public.s'::regclass)").sequences), "s ");
    EXPECT_EQ(names(readExpression("'sad'::mood").types), "mood ");
    EXPECT_EQ(names(readExpression("twice(one())").functions), "one twice ");
    ASSERT_EQ(readExpression("'t'::regclass").columns.size(), 1u);
    EXPECT_EQ(world.name(readExpression("'t'::regclass").columns[0].relation), "t");
    EXPECT_EQ(readExpression("overloaded(a)", "t").functions.size(), 1u);
    EXPECT_TRUE(readExpression("nobody_knows(1)").unread);
}

// ALTER TABLE ADD COLUMN with each as its default rewrote the table on PostgreSQL 13, 15 and 18 where true stands here,
// and not where false does.
TEST(UsesOfExpression, IsVolatileAfterFunctionsWereInlined) {
    const std::pair<const char*, bool> cases[] = {
        {"1", false},
        {"now()", false},
        {"current_timestamp", false},
        {"clock_timestamp()", true},
        {"random()", true},
        {"gen_random_uuid()", true},
        {"upper('x')", false},
        {"one()", false},
        {"twice(1)", false},
        {"rolled()", true},
        {"looked()", true},
        {"strictly(1)", true},
        {"strictly_added(1)", false},
        {"owned()", true},
        {"procedural()", true},
        {"fixed()", false},
    };
    for (const auto& [sql, isVolatile] : cases) EXPECT_EQ(readExpression(sql).isVolatile, isVolatile) << sql;
}

struct Block {
    const char* sql;
    const char* locks;
    const char* why = "";
};

TEST(PlayBlock, StaticSqlAndConstantExecuteArePlayed) {
    const Block cases[] = {
        {"DO $$ BEGIN UPDATE u SET c = 'x'; END $$", "u RowExclusive"},
        {"DO $$ DECLARE id int := 1; BEGIN DELETE FROM u WHERE u.id = id; END $$", "u RowExclusive"},
        {"DO $$ BEGIN EXECUTE 'DELETE FROM u'; END $$", "u RowExclusive"},
        {"DO $$ BEGIN EXECUTE format('DELETE FROM %I.%I WHERE c = %L', 'public', 'u', 'it''s'); END $$",
         "u RowExclusive"},
        {"DO $$ DECLARE name constant text := 'u'; BEGIN EXECUTE 'DELETE FROM ' || quote_ident(name); END $$",
         "u RowExclusive"},
        {"DO $$ DECLARE name text; BEGIN FOREACH name IN ARRAY ARRAY['u', 't'] LOOP EXECUTE format('LOCK %I IN SHARE "
         "MODE', name); END LOOP; END $$",
         "t Share, u Share"},
        {"DO $$ DECLARE name text := 'u'; BEGIN name := name || 'x'; EXECUTE 'DELETE FROM ' || name; END $$", "",
         "EXECUTE builds its statement at run time (line 1 of the DO block)"},
        {"DO $$ BEGIN IF (SELECT count(*) FROM u) > 1 THEN\n DELETE FROM app.t; END IF; END $$",
         "app.t RowExclusive, u AccessShare", "whether line 2 of the DO block is executed is decided at run time"},
        {"DO $$ BEGIN IF (SELECT count(*) FROM u) > 1 THEN RAISE NOTICE 'x'; END IF; END $$", "u AccessShare"},
        {"DO $$ BEGIN IF (SELECT count(*) FROM u) > 1 THEN RETURN; END IF; DELETE FROM app.t; END $$",
         "app.t RowExclusive, u AccessShare",
         "whether it goes on behind line 1 of the DO block is decided at run time"},
        {"DO $$ BEGIN IF true THEN DELETE FROM u; ELSE DELETE FROM app.t; END IF; END $$", "u RowExclusive"},
        {"DO $$ BEGIN CREATE TABLE u (id int); EXCEPTION WHEN duplicate_table THEN NULL; END $$", ""},
        {"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'u') THEN CREATE TABLE u (); END IF; END "
         "$$",
         ""},
        {"DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM u LOOP UPDATE app.t SET x = r.id; END LOOP; END $$",
         "app.t RowExclusive, u AccessShare"},
        {"DO $$ DECLARE r record; BEGIN FOR r IN SELECT relname FROM pg_class LOOP EXECUTE 'DROP TABLE ' || r.relname; "
         "END LOOP; END $$",
         "", "EXECUTE builds its statement at run time (line 1 of the DO block)"},
        {"DO $$ BEGIN PERFORM set_config('search_path', 'app, public', true); DELETE FROM t; END $$",
         "app.t RowExclusive"},
        {"DO LANGUAGE plpython3u 'pass'", "", "the DO block is written in plpython3u"},
    };
    for (const Block& each : cases) {
        const StatementEffects effects = played().effects(each.sql);
        EXPECT_EQ(locksOf(effects), each.locks) << each.sql;
        EXPECT_EQ(effects.why, each.why) << each.sql;
    }
}

TEST(PlayFunction, BodiesInSqlAndPlpgsqlArePlayed) {
    Played with(schema);
    with.run(R"sql(
CREATE FUNCTION app.by_path() RETURNS void LANGUAGE sql SET search_path = app AS 'DELETE FROM t';
CREATE FUNCTION calls() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM app.by_path(); PERFORM calls(); END $$;
CREATE FUNCTION listed() RETURNS TABLE (n int) LANGUAGE plpgsql AS $$ BEGIN FOR n IN SELECT id FROM u LOOP RETURN NEXT; END LOOP; END $$;
CREATE FUNCTION row_set() RETURNS SETOF t LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT * FROM u; RETURN; END $$;
CREATE PROCEDURE does() LANGUAGE plpgsql AS $$ BEGIN UPDATE u SET c = ''; COMMIT; END $$;
CREATE FUNCTION atomic() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM u; END;
CREATE FUNCTION broken() RETURNS int LANGUAGE plpgsql AS $$ BEGIN this is nothing $$;
CREATE FUNCTION foreign_one() RETURNS int LANGUAGE plpython3u AS 'return 1';
CREATE FUNCTION switch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO u VALUES (NEW.id);
    ELSIF TG_OP IN ('UPDATE', 'DELETE') THEN
        DELETE FROM app.t;
    END IF;
    RETURN NULL;
END $$;
CREATE TABLE watched (id int);
CREATE TRIGGER watch AFTER INSERT OR UPDATE ON watched FOR EACH ROW EXECUTE FUNCTION switch();
)sql");
    const Block cases[] = {
        {"SELECT app.by_path()", "app.t RowExclusive"},
        {"SELECT calls()", "app.t RowExclusive"},
        {"SELECT * FROM listed()", "u AccessShare"},
        {"SELECT * FROM row_set()", "u AccessShare"},
        {"CALL does()", "u RowExclusive"},
        {"SELECT atomic()", "u AccessShare"},
        {"SELECT foreign_one()", "", "function public.foreign_one is written in plpython3u"},
        {"INSERT INTO watched VALUES (1)", "u RowExclusive, watched RowExclusive"},
        {"UPDATE watched SET id = 1", "app.t RowExclusive, watched RowExclusive"},
    };
    for (const Block& each : cases) {
        const StatementEffects effects = with.effects(each.sql);
        EXPECT_EQ(locksOf(effects), each.locks) << each.sql;
        EXPECT_EQ(effects.why, each.why) << each.sql;
    }
    // As a role that does not own the table saw it on PostgreSQL 15.
    with.run(
        "CREATE TABLE mine (owner text); CREATE TABLE rights (owner text); CREATE POLICY p ON mine USING (owner IN "
        "(SELECT owner FROM rights));"
        "ALTER TABLE mine ENABLE ROW LEVEL SECURITY");
    EXPECT_EQ(locksOf(with.effects("SELECT * FROM mine")), "mine AccessShare");
    with.session.role = "reader";
    EXPECT_EQ(locksOf(with.effects("SELECT * FROM mine")), "mine AccessShare, rights AccessShare");
    EXPECT_EQ(locksOf(with.effects("INSERT INTO mine VALUES ('x')")), "mine RowExclusive, rights AccessShare");

    const StatementEffects broken = with.effects("SELECT broken()");
    EXPECT_FALSE(broken.certain);
    EXPECT_TRUE(broken.why.starts_with("function public.broken cannot be read: ")) << broken.why;
}

}  // namespace
}  // namespace slipway::postgres
