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
  $ show() { sed -E 's/"at":"[^"]*"/"at":"..."/; s/,"ms":[0-9]+//' .slipway/logs/*.jsonl; }
  $ show

The same facts stay in the database, in the journal, for as long as it lives:

  $ sql "SELECT segment, segments, kind, state, regexp_replace(statements, '\"ms\":\d+', '\"ms\":0', 'g') FROM slipway.journal ORDER BY id"

What fails is logged as well:

  $ rm .slipway/logs/*
  $ echo 'SELECT 1/0;' >db/migrations/V2__Fail.sql
  $ slipway migrate 2>/dev/null
  $ show

JSON output names the file. Git does not see the folder, and a folder that cannot be written never stops a release:

  $ rm .slipway/logs/* db/migrations/V2__Fail.sql; echo 'SELECT 2;' >db/migrations/V2__Two.sql
  $ slipway migrate --format json | grep '"log"' | tr -d ' ,"'
  $ cat .slipway/.gitignore
  $ rm -r .slipway; touch .slipway; echo 'SELECT 3;' >db/migrations/V3__Three.sql
  $ slipway migrate

A command that changes nothing leaves nothing behind:

  $ rm .slipway
  $ slipway info >/dev/null; slipway plan >/dev/null; slipway migrate >/dev/null
  $ ls -A
