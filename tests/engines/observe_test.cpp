#include "engines/postgres/observe.h"

#include "engines/postgres/parse.h"
#include "support/database.h"
#include "support/program.h"

namespace slipway::postgres {

namespace {

using tests::errorOf;
using Lines = std::vector<std::string>;

/// "t: ACCESS EXCLUSIVE, rewrites, scans", with the schema only where it is not public.
std::string line(const Effect& effect) {
    auto shorter = [](const std::string& name) { return name.starts_with("public.") ? name.substr(7) : name; };
    std::string text = shorter(effect.relation) + ": " + wordsFor(effect.lock);
    if (effect.rewrites) text += ", rewrites";
    if (effect.scans) text += ", scans";
    if (effect.rebuilds) text += ", rebuilds";
    if (effect.drops) text += ", drops";
    if (!effect.renamedTo.empty()) text += " -> " + shorter(effect.renamedTo);
    return text;
}

Lines allLines(const Observation& seen) {
    Lines lines;
    for (const Effect& effect : seen.effects.effects) lines.push_back(line(effect));
    return lines;
}

/// Without the indexes that are only locked because a query or a write locks them with their table.
Lines lines(const Observation& seen) {
    Observation rest = seen;
    std::erase_if(rest.effects.effects, [](const Effect& effect) {
        return effect.kind == RelationKind::index && effect.lock <= LockMode::rowExclusive && !effect.rebuilds &&
               !effect.drops;
    });
    return allLines(rest);
}

class Observe : public testing::Test {
  protected:
    Observe() : connection_(database_.connect()), observer_(*connection_, [this] { return database_.connect(); }) {}

    Observation observe(const std::string& sql, Ending ending = Ending::commit) {
        return observer_.observe(classify(sql), sql, {}, ending);
    }
    void run(const std::string& sql) { connection_->run(sql); }
    std::string value(const std::string& sql) { return connection_->value(sql).value_or(""); }

    tests::Database database_;
    std::unique_ptr<Connection> connection_;
    Observer observer_;
};

constexpr const char* schema = R"(
    CREATE TABLE p (id int PRIMARY KEY);
    CREATE TABLE c (id int PRIMARY KEY, p_id int CONSTRAINT c_p REFERENCES p);
    CREATE TABLE late (p_id int, a int, proved int, CHECK (proved IS NOT NULL));
    ALTER TABLE late ADD CONSTRAINT late_p FOREIGN KEY (p_id) REFERENCES p NOT VALID,
        ADD CONSTRAINT late_a CHECK (a > 0) NOT VALID;
    CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(20), c text, p_id int);
    CREATE INDEX t_b ON t (b);
    CREATE INDEX t_c ON t (lower(c));
    CREATE VIEW v AS SELECT id FROM t;
    CREATE MATERIALIZED VIEW m AS SELECT id, a FROM t;
    CREATE UNIQUE INDEX m_id ON m (id);
    CREATE SEQUENCE s;
    CREATE TABLE list (k int, v text) PARTITION BY LIST (k);
    CREATE TABLE list_1 PARTITION OF list FOR VALUES IN (1);
    CREATE TABLE list_rest PARTITION OF list DEFAULT;
    CREATE TABLE list_2 (k int, v text);
    CREATE TABLE range (k int) PARTITION BY RANGE (k);
    CREATE TABLE range_1 PARTITION OF range FOR VALUES FROM (1) TO (10);
    CREATE DOMAIN positive AS int;
    CREATE TABLE d (n positive);
    CREATE TYPE mood AS ENUM ('sad');
    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER old BEFORE INSERT ON d FOR EACH ROW EXECUTE FUNCTION f();
    CREATE SCHEMA other;
)";

constexpr const char* rows = R"(
    INSERT INTO p SELECT generate_series(1, 9);
    INSERT INTO c SELECT n, n FROM generate_series(1, 9) n;
    INSERT INTO late SELECT n, n, n FROM generate_series(1, 9) n;
    INSERT INTO t SELECT n, n, 'b' || n, 'c' || n, n FROM generate_series(1, 9) n;
    INSERT INTO list SELECT n % 3 * 10 + 1, 'v' FROM generate_series(1, 9) n;
    INSERT INTO list_2 VALUES (2, 'v');
    INSERT INTO d VALUES (1);
    REFRESH MATERIALIZED VIEW m;
)";

struct Form {
    const char* sql;
    Lines effects;
};

/// What PostgreSQL 12 to 18 were seen to do, and what the manual says ("Explicit Locking", and the page of each
/// statement).
const Form forms[] = {
    {"ALTER TABLE t ADD COLUMN z int", {"t: ACCESS EXCLUSIVE"}},
    {"ALTER TABLE t ADD COLUMN IF NOT EXISTS a int", {"t: ACCESS EXCLUSIVE"}},
    {"ALTER TABLE t ADD COLUMN z timestamptz NOT NULL DEFAULT now()", {"t: ACCESS EXCLUSIVE"}},
    {"ALTER TABLE t ADD COLUMN z uuid DEFAULT gen_random_uuid()",
     {"t: ACCESS EXCLUSIVE, rewrites, scans", "t_b: ACCESS EXCLUSIVE, rebuilds", "t_c: ACCESS EXCLUSIVE, rebuilds",
      "t_pkey: ACCESS EXCLUSIVE, rebuilds"}},
    {"ALTER TABLE late ADD COLUMN z bigserial", {"late: ACCESS EXCLUSIVE, rewrites, scans"}},
    {"ALTER TABLE t ADD COLUMN z int REFERENCES p", {"p: SHARE ROW EXCLUSIVE", "t: ACCESS EXCLUSIVE"}},
    {"ALTER TABLE t ADD COLUMN z int CHECK (z > 0)", {"t: ACCESS EXCLUSIVE, scans"}},
    {"ALTER TABLE t DROP COLUMN b", {"t: ACCESS EXCLUSIVE", "t_b: ACCESS EXCLUSIVE, drops"}},
    {"ALTER TABLE c DROP COLUMN p_id", {"c: ACCESS EXCLUSIVE", "p: ACCESS EXCLUSIVE"}},
    {"ALTER TABLE t ALTER COLUMN b TYPE varchar(50)", {"t: ACCESS EXCLUSIVE", "t_b: ACCESS EXCLUSIVE"}},
    {"ALTER TABLE t ALTER COLUMN c TYPE varchar", {"t: ACCESS EXCLUSIVE, scans", "t_c: ACCESS EXCLUSIVE, rebuilds"}},
    {"ALTER TABLE late ALTER COLUMN a TYPE bigint", {"late: ACCESS EXCLUSIVE, rewrites, scans"}},
    {"ALTER TABLE c ALTER COLUMN p_id TYPE bigint",
     {"c: ACCESS EXCLUSIVE, rewrites, scans", "c_pkey: ACCESS EXCLUSIVE, rebuilds", "p: ACCESS EXCLUSIVE, scans"}},
    {"ALTER TABLE t ALTER COLUMN a SET NOT NULL", {"t: ACCESS EXCLUSIVE, scans"}},
    {"ALTER TABLE t ALTER COLUMN id SET NOT NULL", {"t: ACCESS EXCLUSIVE"}},
    {"ALTER TABLE late ALTER COLUMN proved SET NOT NULL", {"late: ACCESS EXCLUSIVE"}},
    {"ALTER TABLE t ALTER COLUMN a SET STATISTICS 500", {"t: SHARE UPDATE EXCLUSIVE"}},
    {"ALTER TABLE t ADD CHECK (a > 0)", {"t: ACCESS EXCLUSIVE, scans"}},
    {"ALTER TABLE t ADD CHECK (a > 0) NOT VALID", {"t: ACCESS EXCLUSIVE"}},
    {"ALTER TABLE late VALIDATE CONSTRAINT late_a", {"late: SHARE UPDATE EXCLUSIVE, scans"}},
    {"ALTER TABLE late VALIDATE CONSTRAINT late_p", {"late: SHARE UPDATE EXCLUSIVE, scans", "p: ROW SHARE, scans"}},
    {"ALTER TABLE t ADD FOREIGN KEY (p_id) REFERENCES p",
     {"p: SHARE ROW EXCLUSIVE, scans", "t: SHARE ROW EXCLUSIVE, scans"}},
    {"ALTER TABLE t ADD FOREIGN KEY (p_id) REFERENCES p NOT VALID",
     {"p: SHARE ROW EXCLUSIVE", "t: SHARE ROW EXCLUSIVE"}},
    {"ALTER TABLE c DROP CONSTRAINT c_p", {"c: ACCESS EXCLUSIVE", "p: ACCESS EXCLUSIVE"}},
    {"ALTER TABLE t ADD UNIQUE (a)", {"t: ACCESS EXCLUSIVE, scans"}},
    {"ALTER TABLE t SET (fillfactor = 70)", {"t: SHARE UPDATE EXCLUSIVE"}},
    {"ALTER TABLE late SET UNLOGGED", {"late: ACCESS EXCLUSIVE, rewrites, scans"}},
    {"ALTER TABLE late REPLICA IDENTITY FULL", {"late: ACCESS EXCLUSIVE"}},
    {"ALTER TABLE late RENAME TO \"Later\"", {"late: ACCESS EXCLUSIVE -> \"Later\""}},
    {"ALTER TABLE late RENAME COLUMN a TO z", {"late: ACCESS EXCLUSIVE"}},
    {"ALTER TABLE late SET SCHEMA other", {"late: ACCESS EXCLUSIVE -> other.late"}},
    {"ALTER TABLE list ATTACH PARTITION list_2 FOR VALUES IN (2)",
     {"list: SHARE UPDATE EXCLUSIVE", "list_2: ACCESS EXCLUSIVE, scans", "list_rest: ACCESS EXCLUSIVE, scans"}},
    {"CREATE INDEX ON t (a)", {"t: SHARE, scans"}},
    {"CREATE INDEX IF NOT EXISTS t_b ON t (a)", {"t: SHARE"}},
    {"CREATE INDEX ON list (v)", {"list: SHARE", "list_1: SHARE, scans", "list_rest: SHARE, scans"}},
    {"CREATE INDEX ON ONLY list (v)", {"list: SHARE"}},
    {"DROP INDEX t_b", {"t: ACCESS EXCLUSIVE", "t_b: ACCESS EXCLUSIVE, drops"}},
    {"ALTER INDEX t_b RENAME TO t_z", {"t_b: SHARE UPDATE EXCLUSIVE -> t_z"}},
    {"REINDEX TABLE c", {"c: SHARE, scans", "c_pkey: ACCESS EXCLUSIVE, rebuilds"}},
    {"CREATE TABLE z (id int PRIMARY KEY)", {}},
    {"CREATE TABLE IF NOT EXISTS t (id int)", {}},
    {"CREATE TABLE z (p_id int REFERENCES p)", {"p: SHARE ROW EXCLUSIVE"}},
    {"CREATE TABLE z (LIKE t)", {"t: ACCESS SHARE"}},
    {"CREATE TABLE z AS SELECT * FROM t", {"t: ACCESS SHARE, scans"}},
    {"CREATE TABLE z AS SELECT * FROM t WHERE id = 1", {"t: ACCESS SHARE, scans"}},
    {"CREATE TABLE z AS SELECT * FROM t WITH NO DATA", {"t: ACCESS SHARE"}},
    {"CREATE TABLE list_7 PARTITION OF list FOR VALUES IN (7)",
     {"list: ACCESS EXCLUSIVE", "list_rest: ACCESS EXCLUSIVE, scans"}},
    {"CREATE TABLE z () INHERITS (late)", {"late: SHARE UPDATE EXCLUSIVE"}},
    {"DROP TABLE c", {"c: ACCESS EXCLUSIVE, drops", "c_pkey: ACCESS EXCLUSIVE, drops", "p: ACCESS EXCLUSIVE"}},
    {"DROP TABLE list_1", {"list: ACCESS EXCLUSIVE", "list_1: ACCESS EXCLUSIVE, drops", "list_rest: ACCESS EXCLUSIVE"}},
    {"TRUNCATE c", {"c: ACCESS EXCLUSIVE, rewrites", "c_pkey: ACCESS EXCLUSIVE, rebuilds"}},
    {"CREATE VIEW z AS SELECT * FROM t", {"t: ACCESS SHARE"}},
    {"DROP VIEW v", {"v: ACCESS EXCLUSIVE, drops"}},
    {"REFRESH MATERIALIZED VIEW m",
     {"m: ACCESS EXCLUSIVE, rewrites", "m_id: ACCESS EXCLUSIVE, rebuilds", "t: ACCESS SHARE, scans"}},
    {"REFRESH MATERIALIZED VIEW CONCURRENTLY m", {"m: EXCLUSIVE, scans", "t: ACCESS SHARE, scans"}},
    {"CREATE TRIGGER z BEFORE INSERT ON late FOR EACH ROW EXECUTE FUNCTION f()", {"late: SHARE ROW EXCLUSIVE"}},
    {"DROP TRIGGER old ON d", {"d: ACCESS EXCLUSIVE"}},
    {"CLUSTER c USING c_pkey", {"c: ACCESS EXCLUSIVE, rewrites, scans", "c_pkey: ACCESS EXCLUSIVE, rebuilds"}},
    {"ANALYZE late", {"late: SHARE UPDATE EXCLUSIVE"}},
    {"COMMENT ON TABLE late IS 'x'", {"late: SHARE UPDATE EXCLUSIVE"}},
    {"LOCK TABLE late", {"late: ACCESS EXCLUSIVE"}},
    {"ALTER SEQUENCE s RESTART", {"s: SHARE ROW EXCLUSIVE"}},
    {"DROP SEQUENCE s", {"s: ACCESS EXCLUSIVE, drops"}},
    {"ALTER TYPE mood ADD VALUE 'glad'", {}},
    {"ALTER DOMAIN positive ADD CHECK (VALUE > 0)", {"d: SHARE, scans"}},
    {"ALTER DOMAIN positive ADD CHECK (VALUE > 0) NOT VALID", {}},
    {"ALTER SCHEMA other RENAME TO others", {}},
    {"SELECT * FROM late", {"late: ACCESS SHARE"}},
    {"SELECT * FROM late FOR UPDATE", {"late: ROW SHARE"}},
    {"INSERT INTO late VALUES (1, 1, 1)", {"late: ROW EXCLUSIVE", "p: ROW SHARE"}},
    {"UPDATE d SET n = 2", {"d: ROW EXCLUSIVE"}},
    {"DELETE FROM d", {"d: ROW EXCLUSIVE"}},
    {"DO 'BEGIN UPDATE d SET n = 2; END'", {"d: ROW EXCLUSIVE"}},
};

TEST_F(Observe, WhatStatementsDo) {
    run(schema);
    run(rows);
    for (const Form& form : forms) {
        const Observation seen = observe(form.sql, Ending::rollback);
        EXPECT_EQ(lines(seen), form.effects) << form.sql;
        EXPECT_TRUE(seen.effects.certain);
        EXPECT_EQ(seen.effects.by, By::observed);
    }
}

/// The server of these tests may be another: two forms are not the same everywhere.
TEST_F(Observe, WhatDiffersBetweenVersions) {
    run(schema);
    const bool detachLocksHard = connection_->serverVersion() >= 140000;
    EXPECT_EQ(lines(observe("ALTER TABLE range DETACH PARTITION range_1", Ending::rollback)),
              (Lines{"range: ACCESS EXCLUSIVE",
                     detachLocksHard ? "range_1: ACCESS EXCLUSIVE" : "range_1: SHARE UPDATE EXCLUSIVE"}));
    const bool grantLocks = connection_->serverVersion() >= 180000;
    EXPECT_EQ(lines(observe("GRANT SELECT ON d TO PUBLIC", Ending::rollback)),
              grantLocks ? Lines{"d: ACCESS SHARE"} : Lines{});
}

TEST_F(Observe, NothingDependsOnWhetherThereAreRows) {
    run(schema);  // and no rows
    EXPECT_EQ(lines(observe("ALTER TABLE t ADD FOREIGN KEY (p_id) REFERENCES p", Ending::rollback)),
              (Lines{"p: SHARE ROW EXCLUSIVE, scans", "t: SHARE ROW EXCLUSIVE, scans"}));
    EXPECT_EQ(lines(observe("ALTER TABLE late VALIDATE CONSTRAINT late_p", Ending::rollback)),
              (Lines{"late: SHARE UPDATE EXCLUSIVE, scans", "p: ROW SHARE, scans"}));
    EXPECT_EQ(lines(observe("CREATE TABLE z AS SELECT t.* FROM t JOIN p ON p.id = t.id JOIN late ON late.a = p.id",
                            Ending::rollback)),
              (Lines{"late: ACCESS SHARE, scans", "p: ACCESS SHARE, scans", "t: ACCESS SHARE, scans"}));
}

/// A column without values needs no validation, whatever else is read for.
TEST_F(Observe, OnlyValidationReadsTheReferencedTable) {
    run(schema);
    run(rows);
    EXPECT_EQ(
        lines(observe("ALTER TABLE t ADD COLUMN z int REFERENCES p, ALTER COLUMN a SET NOT NULL", Ending::rollback)),
        (Lines{"p: SHARE ROW EXCLUSIVE", "t: ACCESS EXCLUSIVE, scans"}));
}

TEST_F(Observe, IndexesAreLockedWithTheirTable) {
    run(schema);
    EXPECT_EQ(allLines(observe("UPDATE c SET p_id = NULL")), (Lines{"c: ROW EXCLUSIVE", "c_pkey: ROW EXCLUSIVE"}));
    EXPECT_EQ(allLines(observe("SELECT * FROM c")), (Lines{"c: ACCESS SHARE", "c_pkey: ACCESS SHARE"}));
}

TEST_F(Observe, AnIndexMovesAndIsRenamedWithItsTableAndItsConstraint) {
    run(schema);
    run("CREATE UNIQUE INDEX t_a ON t (a)");
    EXPECT_EQ(lines(observe("ALTER TABLE t ADD CONSTRAINT t_one UNIQUE USING INDEX t_a")),
              (Lines{"t: ACCESS EXCLUSIVE", "t_a: SHARE UPDATE EXCLUSIVE -> t_one"}));
    const Lines moved = allLines(observe("ALTER SCHEMA public RENAME TO other_public"));
    EXPECT_EQ(moved.size(), 21u);
    EXPECT_EQ(moved.at(0), "c: no lock -> other_public.c");
}

TEST_F(Observe, EarlierStatementsAreNotCountedAgain) {
    run(schema);
    observe("CREATE INDEX ON t (a)");
    run("SELECT count(*) FROM late");
    EXPECT_EQ(lines(observe("ALTER TABLE late ADD COLUMN z int")), Lines{"late: ACCESS EXCLUSIVE"});
    EXPECT_EQ(lines(observe("ALTER TABLE t ADD COLUMN z int")), Lines{"t: ACCESS EXCLUSIVE"});
}

TEST_F(Observe, WhatIsDeferredIsDoneToo) {
    run("CREATE TABLE p (id int PRIMARY KEY); "
        "CREATE TABLE c (p_id int REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
    EXPECT_EQ(errorOf([&] { observe("INSERT INTO c VALUES (1)"); }).sqlstate, "23503");
    run("INSERT INTO p VALUES (1)");
    EXPECT_EQ(lines(observe("INSERT INTO c VALUES (1)")), (Lines{"c: ROW EXCLUSIVE", "p: ROW SHARE"}));
}

TEST_F(Observe, TemporaryAndSystemRelationsAreLeftOut) {
    run("CREATE TEMP TABLE t (a int); CREATE TABLE toasted (a text)");
    EXPECT_EQ(lines(observe("ALTER TABLE t ADD COLUMN z bigserial")), Lines{});
    EXPECT_EQ(lines(observe("COMMENT ON TABLE pg_class IS 'x'", Ending::rollback)), Lines{});
    EXPECT_EQ(lines(observe("DROP TABLE toasted")), Lines{"toasted: ACCESS EXCLUSIVE, drops"});
}

TEST_F(Observe, EndsAsToldAndCountsTheWal) {
    run("CREATE TABLE t (a int)");
    const Observation seen = observe("INSERT INTO t SELECT generate_series(1, 1000)", Ending::rollback);
    EXPECT_GT(seen.walBytes, 1000 * 30);
    EXPECT_EQ(value("SELECT count(*) FROM t"), "0");
    observe("INSERT INTO t VALUES (1)");
    EXPECT_EQ(value("SELECT count(*) FROM t"), "1");
}

TEST_F(Observe, ReadsTheLinesOfACopy) {
    run("CREATE TABLE t (a int)");
    const std::string sql = "COPY t FROM stdin";
    Statement statement = classify(sql);
    statement.copyIn = true;
    EXPECT_EQ(lines(observer_.observe(statement, sql, "1\n2\n")), Lines{"t: ROW EXCLUSIVE"});
    EXPECT_EQ(value("SELECT sum(a) FROM t"), "3");
}

TEST_F(Observe, AnErrorLeavesNoTrace) {
    run("CREATE TABLE t (a int); INSERT INTO t VALUES (NULL)");
    const Error error = errorOf([&] { observe("ALTER TABLE t ADD COLUMN b int, ALTER COLUMN a SET NOT NULL"); });
    EXPECT_EQ(error.sqlstate, "23502");
    EXPECT_EQ(connection_->transaction(), Transaction::idle);
    EXPECT_EQ(value("SELECT count(*) FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'b'"), "0");
    EXPECT_EQ(errorOf([&] { observe("ALTER TABLE t ADD nonsense"); }).column, 27);
    EXPECT_EQ(errorOf([&] { observe("COPY t TO stdout"); }).code, "sql");
    EXPECT_EQ(lines(observe("ALTER TABLE t ADD COLUMN b int")), Lines{"t: ACCESS EXCLUSIVE"});
    EXPECT_EQ(errorOf([&] { observe("PREPARE TRANSACTION 'x'"); }).code, "forbidden-statement");
}

TEST_F(Observe, AServerThatCountsNothingLeavesScansUncertain) {
    run("CREATE TABLE t (a int); ALTER DATABASE " + database_.name() + " SET track_counts = off");
    const auto connection = database_.connect();
    Observer observer(*connection, [this] { return database_.connect(); });
    const std::string sql = "CREATE INDEX ON t (a)";
    const Observation seen = observer.observe(classify(sql), sql);
    EXPECT_FALSE(seen.effects.certain);
    EXPECT_TRUE(seen.effects.why.contains("track_counts")) << seen.effects.why;
}

TEST_F(Observe, SettingsLastAndAreNotDisturbed) {
    run("CREATE SCHEMA other; CREATE TABLE other.t (a int)");
    EXPECT_EQ(lines(observe("SET search_path = other", Ending::rollback)), Lines{});
    EXPECT_EQ(lines(observe("ALTER TABLE t ADD COLUMN b int")), Lines{"other.t: ACCESS EXCLUSIVE"});
    observe("SELECT set_config('search_path', 'public', false)", Ending::rollback);
    EXPECT_EQ(value("SHOW search_path"), "public");
    observe("RESET ALL");
    EXPECT_EQ(value("SHOW search_path"), "\"$user\", public");
    EXPECT_EQ(value("SHOW enable_indexscan"), "on");
    EXPECT_EQ(errorOf([&] { observe("SET nonsense = 1"); }).sqlstate, "42704");
}

TEST_F(Observe, LocalSettingsLastUntilTheCommit) {
    run("CREATE SCHEMA other; CREATE TABLE other.t (a int)");
    observe("BEGIN");
    observe("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
    observe("SET LOCAL search_path = other");
    EXPECT_EQ(errorOf([&] { observe("SET LOCAL nonsense = 1"); }).sqlstate, "42704");
    observe("SAVEPOINT here");
    EXPECT_EQ(lines(observe("ALTER TABLE t ADD COLUMN b int")), Lines{"other.t: ACCESS EXCLUSIVE"});
    observe("CREATE TABLE levels AS SELECT current_setting('transaction_isolation')");
    EXPECT_EQ(value("SELECT * FROM other.levels"), "serializable");
    observe("COMMIT");
    EXPECT_EQ(errorOf([&] { observe("DROP TABLE t"); }).sqlstate, "42P01");
    observe("SET LOCAL search_path = other");
    observer_.scriptEnded();
    EXPECT_EQ(errorOf([&] { observe("DROP TABLE t"); }).sqlstate, "42P01");
}

// What runs outside transactions

TEST_F(Observe, CreateIndexConcurrently) {
    run(schema);
    run(rows);
    EXPECT_EQ(lines(observe("CREATE INDEX CONCURRENTLY z ON t (a)")), Lines{"t: SHARE UPDATE EXCLUSIVE, scans"});
    EXPECT_EQ(lines(observe("CREATE INDEX CONCURRENTLY IF NOT EXISTS z ON t (a)")), Lines{"t: SHARE UPDATE EXCLUSIVE"});
    EXPECT_EQ(lines(observe("CREATE INDEX CONCURRENTLY m_a ON m (a)")), Lines{"m: SHARE UPDATE EXCLUSIVE, scans"});
    EXPECT_EQ(value("SELECT bool_and(indisvalid) FROM pg_index"), "t");
}

TEST_F(Observe, DropIndexConcurrently) {
    run(schema);
    EXPECT_EQ(lines(observe("DROP INDEX CONCURRENTLY t_b")),
              (Lines{"t: SHARE UPDATE EXCLUSIVE", "t_b: SHARE UPDATE EXCLUSIVE, drops"}));
    EXPECT_EQ(lines(observe("DROP INDEX CONCURRENTLY IF EXISTS t_b")), Lines{});
}

TEST_F(Observe, ReindexConcurrently) {
    run(schema);
    EXPECT_EQ(lines(observe("REINDEX INDEX CONCURRENTLY t_b")),
              (Lines{"t: SHARE UPDATE EXCLUSIVE, scans", "t_b: SHARE UPDATE EXCLUSIVE, rebuilds"}));
    run("CREATE INDEX m_a ON m (a)");
    EXPECT_EQ(lines(observe("REINDEX INDEX CONCURRENTLY m_a")),
              (Lines{"m: SHARE UPDATE EXCLUSIVE, scans", "m_a: SHARE UPDATE EXCLUSIVE, rebuilds"}));
    EXPECT_EQ(lines(observe("REINDEX TABLE CONCURRENTLY c")),
              (Lines{"c: SHARE UPDATE EXCLUSIVE, scans", "c_pkey: SHARE UPDATE EXCLUSIVE, rebuilds"}));
}

TEST_F(Observe, ReindexOfASchema) {
    run("CREATE SCHEMA other; CREATE TABLE other.t (a int PRIMARY KEY); "
        "CREATE TABLE other.u (a int PRIMARY KEY); CREATE TABLE other.w (); CREATE TABLE w ()");
    EXPECT_EQ(lines(observe("REINDEX SCHEMA other")),
              (Lines{"other.t: SHARE, scans", "other.t_pkey: ACCESS EXCLUSIVE, rebuilds", "other.u: SHARE, scans",
                     "other.u_pkey: ACCESS EXCLUSIVE, rebuilds", "other.w: SHARE"}));
}

TEST_F(Observe, DetachConcurrently) {
    if (connection_->serverVersion() < 140000) GTEST_SKIP() << "came with 14";
    run(schema);
    EXPECT_EQ(lines(observe("ALTER TABLE range DETACH PARTITION range_1 CONCURRENTLY")),
              (Lines{"range: SHARE UPDATE EXCLUSIVE", "range_1: ACCESS EXCLUSIVE"}));
    EXPECT_EQ(value("SELECT relispartition FROM pg_class WHERE relname = 'range_1'"), "f");
}

TEST_F(Observe, Vacuum) {
    run(schema);
    run(rows);
    run("DELETE FROM late");  // whose end could be cut off
    EXPECT_EQ(lines(observe("VACUUM late, c")), (Lines{"c: SHARE UPDATE EXCLUSIVE", "late: SHARE UPDATE EXCLUSIVE"}));
    EXPECT_EQ(lines(observe("VACUUM m")), Lines{"m: SHARE UPDATE EXCLUSIVE"});
    EXPECT_EQ(lines(observe("VACUUM FULL c")),
              (Lines{"c: ACCESS EXCLUSIVE, rewrites, scans", "c_pkey: ACCESS EXCLUSIVE, rebuilds"}));
}

TEST_F(Observe, WhatFailsOutsideTransactionsLeavesTheSessionsUsable) {
    run("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)");
    for (int i = 0; i < 2; i++) {
        EXPECT_EQ(errorOf([&] { observe("CREATE UNIQUE INDEX CONCURRENTLY z ON t (a)"); }).sqlstate, "23505");
        EXPECT_EQ(lines(observe("DROP INDEX CONCURRENTLY z")),
                  (Lines{"t: SHARE UPDATE EXCLUSIVE", "z: SHARE UPDATE EXCLUSIVE, drops"}));
    }
    EXPECT_EQ(errorOf([&] { observe("CREATE INDEX CONCURRENTLY ON nothing (a)"); }).sqlstate, "42P01");
}

TEST_F(Observe, StatementsAboutTheServerTouchNoRelation) {
    run(schema);
    EXPECT_EQ(lines(observe("CREATE DATABASE z_" + database_.name())), Lines{});
    EXPECT_EQ(lines(observe("DROP DATABASE z_" + database_.name())), Lines{});
}

TEST_F(Observe, ABodyThatCommitsIsUncertain) {
    run("CREATE TABLE t (a int); CREATE TABLE u (a int)");
    const Observation seen = observe("DO 'BEGIN INSERT INTO t VALUES (1); COMMIT; ALTER TABLE u ADD b int; END'");
    EXPECT_FALSE(seen.effects.certain);
    EXPECT_TRUE(seen.effects.why.contains("commits")) << seen.effects.why;
    EXPECT_EQ(lines(seen), (Lines{"t: ROW EXCLUSIVE", "u: ACCESS EXCLUSIVE"}));
    EXPECT_EQ(value("SELECT count(*) FROM t"), "1");
}

}  // namespace

}  // namespace slipway::postgres
