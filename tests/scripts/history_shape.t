#require database

The history is Flyway's own, so that either tool can carry on with it: the same table, the same rows, the same checksums.

  $ mkdir -p db/migrations
  $ cat >flyway.conf <<'CONF'
  > flyway.url=${DB_URL}
  > flyway.locations=filesystem:db/migrations
  > flyway.placeholders.col=id
  > CONF
  $ printf 'CREATE TABLE t1 (id int);\n' >db/migrations/V1__Create_t1.sql
  $ printf '\xEF\xBB\xBFCREATE TABLE t2 (id int);\r\nINSERT INTO t2 VALUES (1);\r\n' >db/migrations/V2_0_0__Create_t2.sql
  $ mkdir db/migrations/later
  $ printf "CREATE TABLE t3 (id int, n text);\n\n-- caf\xC3\xA9\nINSERT INTO t3 VALUES (1, 'h\xC3\xA9llo')" >db/migrations/later/V003__Create_t3.sql
  $ printf 'create table x(id int);\n' >db/migrations/V20260401120000.sql
  $ printf 'CREATE OR REPLACE VIEW v1 AS SELECT ${col} FROM t1;\n' >db/migrations/R__v1.sql
  $ slipway migrate >/dev/null
  $ sql '\d flyway_schema_history'
  installed_rank|integer||not null|
  version|character varying(50)|||
  description|character varying(200)||not null|
  type|character varying(20)||not null|
  script|character varying(1000)||not null|
  checksum|integer|||
  installed_by|character varying(100)||not null|
  installed_on|timestamp without time zone||not null|now()
  execution_time|integer||not null|
  success|boolean||not null|
  $ sql "SELECT pg_get_constraintdef(oid), conname FROM pg_constraint WHERE conrelid = 'flyway_schema_history'::regclass AND contype <> 'n'"
  PRIMARY KEY (installed_rank)|flyway_schema_history_pk
  $ sql "SELECT indexdef FROM pg_indexes WHERE tablename = 'flyway_schema_history' ORDER BY indexname"
  CREATE UNIQUE INDEX flyway_schema_history_pk ON public.flyway_schema_history USING btree (installed_rank)
  CREATE INDEX flyway_schema_history_s_idx ON public.flyway_schema_history USING btree (success)
  $ sql "SELECT installed_rank, version, description, type, script, checksum, installed_by, success FROM flyway_schema_history ORDER BY 1"
  1|1|Create t1|SQL|V1__Create_t1.sql|-1030005526|postgres|t
  2|2.0.0|Create t2|SQL|V2_0_0__Create_t2.sql|-1375930209|postgres|t
  3|003|Create t3|SQL|later/V003__Create_t3.sql|1843267740|postgres|t
  4|20260401120000||SQL|V20260401120000.sql|1668080745|postgres|t
  5||v1|SQL|R__v1.sql|853430754|postgres|t

A history that Flyway has written is carried on with. This one holds a checksum of each kind, and of the repeatable that of its raw text,
which counts as well:

  $ sql 'SET client_min_messages = warning; DROP SCHEMA slipway CASCADE; DELETE FROM flyway_schema_history'
  $ sql <<'SQL'
  > INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success) VALUES
  >     (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"public"', NULL, 'flyway', 0, true),
  >     (1, '1', 'Create t1', 'SQL', 'V1__Create_t1.sql', -1030005526, 'flyway', 12, true),
  >     (2, '2.0.0', 'Create t2', 'SQL', 'V2_0_0__Create_t2.sql', -1375930209, 'flyway', 12, true),
  >     (3, '003', 'Create t3', 'SQL', 'later/V003__Create_t3.sql', 1843267740, 'flyway', 12, true),
  >     (4, '20260401120000', '', 'SQL', 'V20260401120000.sql', 1668080745, 'flyway', 12, true),
  >     (5, NULL, 'v1', 'SQL', 'R__v1.sql', -1495974062, 'flyway', 12, true);
  > SQL
  $ slipway validate
  Successfully validated 6 migrations.
  $ slipway migrate
  $DB_NAME (default) is up to date at version 20260401120000.
  $ echo 'CREATE TABLE t5 (id int);' >db/migrations/V20260402000000__Create_t5.sql
  $ echo 'DROP TABLE t5;' >db/migrations/U20260402000000__Drop_t5.sql
  $ slipway migrate
    ✓ V20260402000000 Create t5 (*) (glob)
  Applied 1 migration to $DB_NAME (default), now at version 20260402000000 (*) (glob)
  $ slipway undo
    ✓ undo of V20260402000000 Create t5 (*) (glob)
  Undid 1 migration in $DB_NAME (default), now at version 20260401120000 (*) (glob)
  $ sql "SELECT installed_rank, version, type, script, checksum IS NULL, success FROM flyway_schema_history WHERE installed_rank > 4 ORDER BY 1"
  5||SQL|R__v1.sql|f|t
  6|20260402000000|SQL|V20260402000000__Create_t5.sql|f|t
  7|20260402000000|DELETE|V20260402000000__Create_t5.sql|f|t

Flyway's paid editions write rows of type UNDO_SQL when they undo. The open one cannot read them, so Slipway writes such rows only where
there are some already:

  $ slipway migrate >/dev/null
  $ sql "INSERT INTO flyway_schema_history VALUES (20, '20260402000000', 'Drop t5', 'UNDO_SQL', 'U20260402000000__Drop_t5.sql', 1, 'flyway', now(), 1, true)"
  $ sql 'DROP TABLE t5'
  $ slipway info | tail -n +4
  Category    Version         Description                   Type      Installed On         State    Undoable
                              << Flyway Schema Creation >>  SCHEMA    ????-??-?? ??:??:??  Success  No (glob)
  Versioned   1               Create t1                     SQL       ????-??-?? ??:??:??  Success  No (glob)
  Versioned   2.0.0           Create t2                     SQL       ????-??-?? ??:??:??  Success  No (glob)
  Versioned   003             Create t3                     SQL       ????-??-?? ??:??:??  Success  No (glob)
  Versioned   20260401120000                                SQL       ????-??-?? ??:??:??  Success  No (glob)
  Repeatable                  v1                            SQL       ????-??-?? ??:??:??  Success  No (glob)
  Versioned   20260402000000  Create t5                     SQL       ????-??-?? ??:??:??  Deleted  No (glob)
  Versioned   20260402000000  Create t5                     DELETE    ????-??-?? ??:??:??  Success  No (glob)
  Versioned   20260402000000  Create t5                     SQL       ????-??-?? ??:??:??  Undone   No (glob)
  Undo        20260402000000  Create t5                     UNDO_SQL  ????-??-?? ??:??:??  Success  No (glob)
  Versioned   20260402000000  Create t5                     SQL                            Pending  Yes
  
  1 migration pending: `slipway plan` shows what would run, `slipway migrate` runs it.
  $ slipway migrate >/dev/null
  $ slipway undo >/dev/null
  $ sql "SELECT version, description, type, script FROM flyway_schema_history WHERE installed_rank > 20 ORDER BY installed_rank"
  20260402000000|Create t5|SQL|V20260402000000__Create_t5.sql
  20260402000000|Create t5|UNDO_SQL|U20260402000000__Drop_t5.sql

A failed migration keeps Flyway away while a script of several segments is half done: its row says success = false until the end.

  $ rm db/migrations/*20260402*
  $ printf 'CREATE TABLE half (id int);\nCREATE INDEX CONCURRENTLY ON half (oops);\n' >db/migrations/V20260403000000__Half.sql
  $ slipway migrate >/dev/null 2>&1
  [1]
  $ sql "SELECT version, type, checksum IS NULL, success FROM flyway_schema_history WHERE NOT success"
  20260403000000|SQL|f|f

What is no history of Flyway's is not touched:

  $ echo 'flyway.table=t3' >>flyway.conf
  $ slipway info
  error: public.t3 is not a history table: column "installed_rank" does not exist
    hint: name the history table with `table` in the configuration
  [3]

Its name may be any name:

  $ sed -i '$d' flyway.conf; printf 'flyway.table=strange "name"\nflyway.baselineOnMigrate=true\nflyway.target=1\n' >>flyway.conf
  $ slipway migrate
    the database is not empty and baselineOnMigrate is set: everything up to version 1 is taken as applied
    ✓ R v1 (*) (glob)
  Applied 1 migration to $DB_NAME (default), now at version 1 (*) (glob)
  $ sql 'SELECT type, version FROM "strange ""name"""'
  BASELINE|1
  SQL|
