// What rules say of a file by itself, where tables are known by their names only.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "commands/check.h"
#include "support/folder.h"

namespace slipway {

namespace {

/// The ids of the errors and warnings of the safety rules, and of what cannot run, in order and once each.
std::set<std::string> alarms(std::string_view sql) {
    const tests::Folder folder;
    folder.write("alone.sql", std::string(sql));
    commands::CheckRequest request;
    request.files = {"alone.sql"};
    request.serverVersion = 15;
    request.observe = commands::Observe::never;
    request.only = Category::safety;
    std::set<std::string> found;
    for (const JudgedScript& script : commands::check(request, {}).scripts)
        for (const Finding& each : script.findings)
            if (each.severity != Severity::note) found.insert(each.rule);
    return found;
}

using Ids = std::set<std::string>;

TEST(RulesByName, ACheckThatTheFileProvesSparesTheScan) {
    EXPECT_EQ(alarms("BEGIN; ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID; COMMIT;"
                     "BEGIN; ALTER TABLE t VALIDATE CONSTRAINT c; COMMIT;"
                     "BEGIN; ALTER TABLE t ALTER COLUMN a SET NOT NULL; COMMIT;"), Ids{});
    EXPECT_EQ(alarms("BEGIN; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; COMMIT;"
                     "BEGIN; ALTER TABLE t VALIDATE CONSTRAINT c; COMMIT;"
                     "BEGIN; ALTER TABLE t ALTER COLUMN a SET NOT NULL; COMMIT;"), Ids{"set-not-null-scan"});
}

TEST(RulesByName, AttachingBehindACheckReadsNothing) {
    const std::string attach = "ALTER TABLE p ATTACH PARTITION t FOR VALUES FROM (1) TO (9);";
    EXPECT_EQ(alarms("BEGIN; ALTER TABLE t ADD CONSTRAINT c CHECK (a >= 1 AND a < 9) NOT VALID; COMMIT;"
                     "BEGIN; ALTER TABLE t VALIDATE CONSTRAINT c; COMMIT;" + attach), Ids{});
    EXPECT_EQ(alarms(attach), Ids{"attach-partition-scan"});
}

TEST(RulesByName, AKeyOnAnUnknownIndex) {
    EXPECT_EQ(alarms("CREATE UNIQUE INDEX CONCURRENTLY i ON t (a); ALTER TABLE t ADD PRIMARY KEY USING INDEX i;"), Ids{});
}

TEST(RulesByName, AnUnknownTableHasTheColumnsThatAreNamed) {
    EXPECT_EQ(alarms("ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u (b) NOT VALID; INSERT INTO t (a) VALUES (1);"), Ids{});
    EXPECT_EQ(alarms("CREATE INDEX CONCURRENTLY ON t (a); CREATE TABLE v (LIKE t INCLUDING ALL);"), Ids{});
    EXPECT_EQ(alarms("CREATE TABLE c (a integer); CREATE INDEX ON ONLY p (a); ALTER TABLE p ATTACH PARTITION c FOR VALUES FROM (1) TO (2);"), Ids{});
}

TEST(RulesByName, WhatComesOfAnUnknownTableMayHaveAnyColumn) {
    for (const char* made : {"CREATE TABLE a (LIKE b);", "CREATE TABLE a () INHERITS (b);", "CREATE TABLE a AS SELECT * FROM b;", "CREATE TABLE a OF b;",
                             "CREATE MATERIALIZED VIEW a AS SELECT * FROM f();"})
        EXPECT_EQ(alarms(std::string(made) + "CREATE INDEX ON a (z);"), Ids{}) << made;
}

TEST(RulesByName, TheStatementTellsTheKind) {
    EXPECT_EQ(alarms("DROP VIEW v;"), Ids{"drop-view"});
    EXPECT_EQ(alarms("DROP VIEW v; CREATE VIEW v AS SELECT 1 AS a;"), Ids{});
    EXPECT_EQ(alarms("ALTER INDEX i RENAME TO j;"), Ids{});
    EXPECT_EQ(alarms("DROP TABLE t;"), Ids{"drop-table"});
}

TEST(RulesByName, NamesThatSayEnough) {
    EXPECT_EQ(alarms("ALTER TABLE t DROP CONSTRAINT t_pkey;"), Ids{"drop-primary-key"});
    EXPECT_EQ(alarms("ALTER TABLE t DROP CONSTRAINT t_check;"), Ids{});
    EXPECT_EQ(alarms("ALTER DOMAIN d ADD CHECK (VALUE > 0);"), Ids{"domain-constraint-scan"});
    EXPECT_EQ(alarms("ALTER DOMAIN d ADD CHECK (VALUE > 0) NOT VALID;"), Ids{});
}

/// What the server refuses, told before.
TEST(RulesByName, CannotRun) {
    const auto refused = [](std::string_view sql) { return alarms(sql).contains("cannot-run") || alarms(sql).contains("dependents"); };
    const std::string parent = "CREATE TABLE p (a integer NOT NULL, b integer) PARTITION BY RANGE (a);";
    EXPECT_TRUE(refused(parent + "ALTER TABLE p ADD PRIMARY KEY (b);"));
    EXPECT_FALSE(refused(parent + "ALTER TABLE p ADD PRIMARY KEY (b, a);"));
    EXPECT_TRUE(refused(parent + "ALTER TABLE p ALTER COLUMN a TYPE bigint;"));
    EXPECT_FALSE(refused(parent + "ALTER TABLE p ALTER COLUMN b TYPE bigint;"));
    EXPECT_TRUE(refused(parent + "CREATE TABLE d PARTITION OF p DEFAULT; CREATE TABLE c PARTITION OF p FOR VALUES FROM (1) TO (2); ALTER TABLE p DETACH PARTITION c CONCURRENTLY;"));
    EXPECT_FALSE(refused(parent + "CREATE TABLE c PARTITION OF p FOR VALUES FROM (1) TO (2); ALTER TABLE p DETACH PARTITION c CONCURRENTLY;"));
    EXPECT_TRUE(refused(parent + "CREATE TABLE r (id integer PRIMARY KEY); ALTER TABLE p ADD FOREIGN KEY (b) REFERENCES r (id) NOT VALID;"));
    EXPECT_TRUE(refused("CREATE TABLE r (id bigint PRIMARY KEY); CREATE TABLE t (r text REFERENCES r (id));"));
    EXPECT_FALSE(refused("CREATE TABLE r (id bigint PRIMARY KEY); CREATE TABLE t (r integer REFERENCES r (id));"));
    EXPECT_TRUE(refused("CREATE TABLE t (a integer); CREATE MATERIALIZED VIEW m AS SELECT a FROM t; REFRESH MATERIALIZED VIEW CONCURRENTLY m;"));
    EXPECT_FALSE(refused("CREATE TABLE t (a integer); CREATE MATERIALIZED VIEW m AS SELECT a FROM t; CREATE UNIQUE INDEX ON m (a); REFRESH MATERIALIZED VIEW CONCURRENTLY m;"));
    EXPECT_TRUE(refused("CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'; CREATE OR REPLACE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT text ''a''';"));
    EXPECT_FALSE(refused("CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'; CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 2';"));
    EXPECT_TRUE(refused("CREATE VIEW v AS SELECT 1 AS a, 2 AS b; CREATE OR REPLACE VIEW v AS SELECT 1 AS a;"));
    EXPECT_TRUE(refused("CREATE VIEW v AS SELECT 1 AS a; CREATE OR REPLACE VIEW v AS SELECT 1 AS z;"));
    EXPECT_FALSE(refused("CREATE VIEW v AS SELECT 1 AS a; CREATE OR REPLACE VIEW v AS SELECT 1 AS a, 2 AS b;"));
    EXPECT_FALSE(refused("CREATE VIEW v AS SELECT * FROM unknown; CREATE OR REPLACE VIEW v AS SELECT a FROM unknown;"));
}

}  // namespace

}  // namespace slipway
