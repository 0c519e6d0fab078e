#require database

Each run is logged below .slipway/logs, one JSON object a line: what was run, how many rows, how long, and what the server said.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ cat >db/migrations/V1__Create_a.sql <<'SQL'
  > CREATE TABLE a (id int);
  > INSERT INTO a SELECT generate_series(1, 42);
  > DROP TABLE IF EXISTS b;
  > DO $$ BEGIN RAISE WARNING 'a word of warning'; END $$;
  > CREATE INDEX CONCURRENTLY a_idx ON a (id);
  > SQL
  $ slipway migrate
      warning: a word of warning
    ✓ V1 Create a (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ show() { sed -E 's/"at":"[^"]*"/"at":"..."/; s/,"ms":[0-9]+//' .slipway/logs/*.jsonl; }
  $ show
  {"at":"...","event":"run_started","subject":"migrate","text":"dev: database $DB_NAME, PostgreSQL *, as postgres"} (glob)
  {"at":"...","event":"script_started","subject":"V1 Create a","file":"db/migrations/V1__Create_a.sql","total":2}
  {"at":"...","event":"statement_started","file":"db/migrations/V1__Create_a.sql","sql":"CREATE TABLE a (id int)"}
  {"at":"...","event":"statement_finished","file":"db/migrations/V1__Create_a.sql","sql":"CREATE TABLE a (id int)","text":"CREATE TABLE","outcome":"ok"}
  {"at":"...","event":"statement_started","file":"db/migrations/V1__Create_a.sql","sql":"INSERT INTO a SELECT generate_series(1, 42)"}
  {"at":"...","event":"statement_finished","file":"db/migrations/V1__Create_a.sql","sql":"INSERT INTO a SELECT generate_series(1, 42)","text":"INSERT 0 42","outcome":"ok","rows":42}
  {"at":"...","event":"statement_started","file":"db/migrations/V1__Create_a.sql","sql":"DROP TABLE IF EXISTS b"}
  {"at":"...","event":"notice","file":"db/migrations/V1__Create_a.sql","sql":"DROP TABLE IF EXISTS b","severity":"NOTICE","text":"table \"b\" does not exist, skipping"}
  {"at":"...","event":"statement_finished","file":"db/migrations/V1__Create_a.sql","sql":"DROP TABLE IF EXISTS b","text":"DROP TABLE","outcome":"ok"}
  {"at":"...","event":"statement_started","file":"db/migrations/V1__Create_a.sql","sql":"DO $$ BEGIN RAISE WARNING 'a word of warning'; END $$"}
  {"at":"...","event":"notice","file":"db/migrations/V1__Create_a.sql","sql":"DO $$ BEGIN RAISE WARNING 'a word of warning'; END $$","severity":"WARNING","text":"a word of warning"}
  {"at":"...","event":"statement_finished","file":"db/migrations/V1__Create_a.sql","sql":"DO $$ BEGIN RAISE WARNING 'a word of warning'; END $$","text":"DO","outcome":"ok"}
  {"at":"...","event":"statement_started","file":"db/migrations/V1__Create_a.sql","sql":"CREATE INDEX CONCURRENTLY a_idx ON a (id)"}
  {"at":"...","event":"statement_finished","file":"db/migrations/V1__Create_a.sql","sql":"CREATE INDEX CONCURRENTLY a_idx ON a (id)","text":"CREATE INDEX","outcome":"ok"}
  {"at":"...","event":"script_finished","subject":"V1 Create a","file":"db/migrations/V1__Create_a.sql","outcome":"ok","total":2}

The same facts stay in the database, in the journal, for as long as it lives:

  $ sql "SELECT segment, segments, kind, state, regexp_replace(statements, '\"ms\":\d+', '\"ms\":0', 'g') FROM slipway.journal ORDER BY id"
  1|2|atomic|done|[{"kind":"create_table","line":1,"ms":0},{"kind":"insert","line":2,"ms":0,"rows":42},{"kind":"drop_table","line":3,"ms":0,"notices":["NOTICE: table \"b\" does not exist, skipping"]},{"kind":"do","line":4,"ms":0,"notices":["WARNING: a word of warning"]}]
  2|2|verifiable|started|[]
  2|2|verifiable|done|[{"kind":"create_index","line":5,"ms":0}]

What fails is logged as well:

  $ rm .slipway/logs/*
  $ echo 'SELECT 1/0;' >db/migrations/V2__Fail.sql
  $ slipway migrate 2>/dev/null
    ✗ V2 Fail
  [1]
  $ show
  {"at":"...","event":"run_started","subject":"migrate","text":"dev: database $DB_NAME, PostgreSQL *, as postgres"} (glob)
  {"at":"...","event":"script_started","subject":"V2 Fail","file":"db/migrations/V2__Fail.sql","total":1}
  {"at":"...","event":"statement_started","file":"db/migrations/V2__Fail.sql","sql":"SELECT 1/0"}
  {"at":"...","event":"statement_finished","file":"db/migrations/V2__Fail.sql","line":1,"sql":"SELECT 1/0","text":"division by zero","outcome":"failed"}
  {"at":"...","event":"script_finished","subject":"V2 Fail","file":"db/migrations/V2__Fail.sql","outcome":"failed","total":1}

Passwords that a script sets are left out:

  $ rm .slipway/logs/*
  $ echo "CREATE ROLE \${flyway:database} PASSWORD 'hunter''2' LOGIN; DROP ROLE \${flyway:database}; SELECT missing, 'password=hunter2 x';" >db/migrations/V2__Fail.sql
  $ slipway migrate
    ✗ V2 Fail
  db/migrations/V2__Fail.sql:1:97: error: column "missing" does not exist (SQLSTATE 42703)
    | SELECT missing, 'password=*** x'
    nothing of V2 Fail was applied
    hint: correct the statement and run the command again
  [1]
  $ show | grep -c hunter
  0
  [1]
  $ show | grep '"statement_finished".*CREATE ROLE'
  {"at":"...","event":"statement_finished","file":"db/migrations/V2__Fail.sql","sql":"CREATE ROLE $DB_NAME PASSWORD '***' LOGIN","text":"CREATE ROLE","outcome":"ok"}

JSON output names the file. Git does not see the folder, and a folder that cannot be written never stops a release:

  $ rm .slipway/logs/* db/migrations/V2__Fail.sql; echo 'SELECT 2;' >db/migrations/V2__Two.sql
  $ slipway migrate --format json | grep '"log"' | tr -d ' ,"'
  log:$TMP/.slipway/logs/*.jsonl (glob)
  $ cat .slipway/.gitignore
  *
  $ rm -r .slipway; touch .slipway; echo 'SELECT 3;' >db/migrations/V3__Three.sql
  $ slipway migrate
    ✓ V3 Three (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 3 (*) (glob)
  warning: the run is not logged: the folder .slipway/logs cannot be made

A command that changes nothing leaves nothing behind:

  $ rm .slipway
  $ slipway info >/dev/null; slipway plan >/dev/null; slipway migrate >/dev/null
  $ ls -A
  db
  slipway.toml
