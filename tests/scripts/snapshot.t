#require database

A project that began at a baseline has no file that made its first tables. `slipway snapshot` writes down what is there.

  $ sql "CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, total integer NOT NULL)"
  $ sql "CREATE VIEW totals AS SELECT sum(total) AS total FROM orders"
  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ slipway baseline --version 41
  $ echo 'ALTER TABLE orders ADD COLUMN note text;' >db/migrations/V42__Note.sql
  $ slipway migrate >/dev/null
  $ echo 'ALTER TABLE orders ALTER COLUMN total TYPE bigint;' >db/migrations/V43__Bigint.sql
  $ echo 'CREATE TABLE orders (id int);' >db/migrations/V44__Again.sql

Without a snapshot nobody knows what the table is like:

  $ slipway check --server-version 15

With one it is known, and so is which migrations were applied to it:

  $ slipway snapshot dev --out production.json
  $ slipway check --catalog production.json
  $ slipway check --catalog production.json --since 43 | tail -n 1
  $ slipway snapshot | head -n 3

What is no snapshot is refused:

  $ echo '{"tables": 5' >broken.json; slipway check --catalog broken.json 2>&1 | head -n 1
  $ slipway check --catalog nowhere.json
