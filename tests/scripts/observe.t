#require database

`slipway observe` runs what is pending on a disposable copy, and tells what each statement was seen to do.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ cat >db/migrations/V1__Create_orders.sql <<'SQL'
  > CREATE TABLE orders (id bigint PRIMARY KEY, total integer NOT NULL);
  > INSERT INTO orders SELECT n, n FROM generate_series(1, 1000) n;
  > SQL
  $ slipway migrate >/dev/null
  $ cat >db/migrations/V2__Change.sql <<'SQL'
  > ALTER TABLE orders ALTER COLUMN total TYPE ${wide};
  > CREATE TABLE payments (order_id bigint REFERENCES orders);
  > ALTER TABLE payments ADD COLUMN at timestamptz;
  > CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
  > DO $$ BEGIN EXECUTE 'ALTER TABLE orders ALTER COLUMN ' || 'total DROP NOT NULL'; END $$;
  > SQL
  $ printf '[project.placeholders]\nwide = "bigint"\n' >>slipway.toml
  $ slipway observe --on clone
  $ slipway observe --on clone --format json | grep -o '"by": "[a-z]*"' | sort | uniq -c | tr -s ' '

Prediction says the same:

  $ locks() { grep -o '"line": [0-9]*\|"locks": [^]]*\|"rewrites": [^]]*\|"scans": [^]]*\|"rebuilds": [^]]*'; }
  $ slipway observe --on clone --format json | locks >observed
  $ slipway check --since 1 --observe never --format json | locks >predicted
  $ diff predicted observed && echo the same

The database itself was not touched, and no copy is left:

  $ sql '\d orders' | cut -d '|' -f 1,2
  $ sql "SELECT count(*) FROM pg_database WHERE datname LIKE 'slipway%' AND shobj_description(oid, 'pg_database') LIKE '%$DB_NAME %'"

A statement that fails ends it:

  $ echo "ALTER TABLE acounts ADD COLUMN note text;" >db/migrations/V3__Wrong.sql
  $ slipway observe --on clone
  $ rm db/migrations/V3__Wrong.sql

`slipway check` observes by itself what it cannot predict:

  $ echo "DO \$\$ BEGIN EXECUTE replace('ALTER TABLE orders ADD COLUMN x int', 'x', 'y'); END \$\$;" >db/migrations/V3__Dynamic.sql
  $ slipway check --since 2 --observe never
  $ slipway check --since 2 2>&1 | grep -v 'first start'
  $ slipway check --since 2 --observe always --format json | grep -o '"by": "[a-z]*"'
  $ slipway check --since 2 --observe always --server-version 13
  $ slipway embedded remove --yes
