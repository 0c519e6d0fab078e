The JSON of `slipway check`: one document, whose shape docs/reference/json.md tells.

  $ mkdir -p db/migrations
  $ cat >db/migrations/V1__Create_orders.sql <<'SQL'
  > CREATE TABLE orders (id bigint PRIMARY KEY, total integer NOT NULL);
  > SQL
  $ cat >db/migrations/V2__Change.sql <<'SQL'
  > ALTER TABLE orders ALTER COLUMN total TYPE bigint;
  > CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
  > ALTER TABLE orders RENAME TO "Purchases";
  > DO $$ BEGIN EXECUTE current_setting('app.sql'); END $$;
  > DROP TABLE "Purchases";
  > DROP TABLE nobody;
  > SQL
  $ slipway check --since 1 --server-version 15 --observe never --format json

It is well-formed whatever stands in a script:

  $ printf 'SELECT \x27tab\t quote " back \\ slash \xc3\xa9\x27;\n' >odd.sql
  $ slipway check --server-version 15 --format json odd.sql | grep -o '"sql": [^}]*' | cut -d, -f1

Nothing to check is a document, too:

  $ printf '' >empty.sql; slipway check --server-version 16 --format json empty.sql

Syntax that came after the parser's own version is no error where the server may know it:

  $ echo 'ALTER TABLE orders ALTER COLUMN total SET EXPRESSION AS (1);' >newer.sql
  $ slipway check --server-version 15 --format json newer.sql | grep -c '"rule": "syntax"'
  $ slipway check --server-version 17 --format json newer.sql | grep -c '"rule": "syntax"'
