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
  db/migrations/V2__Change.sql
     1  ALTER TABLE orders ALTER COLUMN total TYPE bigint
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes; rewrites the table; rebuilds
            public.orders_pkey (observed)
     2  CREATE TABLE payments (order_id bigint REFERENCES orders)
          SHARE ROW EXCLUSIVE on public.orders: blocks writes (observed)
     3  ALTER TABLE payments ADD COLUMN at timestamptz
     4  CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total)
          SHARE UPDATE EXCLUSIVE on public.orders; reads the whole table (observed)
     5  DO $$ BEGIN EXECUTE 'ALTER TABLE orders ALTER COLUMN ' || 'total DROP NOT NULL'; END $$
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes (observed)
  
  The strongest lock on each table:
    public.orders: ACCESS EXCLUSIVE by db/migrations/V2__Change.sql:1: blocks reads and writes;
      rewritten
  
  PASS: 5 statements can run on PostgreSQL 15.
  $ slipway observe --on clone --format json | grep -o '"by": "[a-z]*"' | sort | uniq -c | tr -s ' '
   5 "by": "observed"

Prediction says the same:

  $ locks() { grep -o '"line": [0-9]*, "sql\|"locks": [^]]*\|"rewrites": [^]]*\|"scans": [^]]*\|"rebuilds": [^]]*'; }
  $ slipway observe --on clone --format json | locks >observed
  $ slipway check --since 1 --observe never --format json | locks >predicted
  $ diff predicted observed && echo the same
  the same

The database itself was not touched, and no copy is left:

  $ sql '\d orders' | cut -d '|' -f 1,2
  id|bigint
  total|integer
  $ sql "SELECT count(*) FROM pg_database WHERE datname LIKE 'slipway%' AND shobj_description(oid, 'pg_database') LIKE '%$DB_NAME %'"
  0

A statement that fails ends it:

  $ echo "ALTER TABLE acounts ADD COLUMN note text;" >db/migrations/V3__Wrong.sql
  $ slipway observe --on clone
  db/migrations/V3__Wrong.sql:1:1: error: relation "acounts" does not exist (SQLSTATE 42P01)
    | ALTER TABLE acounts ADD COLUMN note text
    hint: correct the statement and run the command again
  [1]
  $ rm db/migrations/V3__Wrong.sql

`slipway check` observes by itself what it cannot predict:

  $ echo "DO \$\$ BEGIN EXECUTE replace('ALTER TABLE orders ADD COLUMN x int', 'x', 'y'); END \$\$;" >db/migrations/V3__Dynamic.sql
  $ slipway check --since 2 --observe never
  db/migrations/V3__Dynamic.sql
     1  DO $$ BEGIN EXECUTE replace('ALTER TABLE orders ADD COLUMN x int', 'x', 'y'); END $$
          perhaps more: EXECUTE builds its statement at run time (line 1 of the DO block)
  
  PASS: 1 statement can run on PostgreSQL 15; 1 note; 1 statement may do more than is told here; --notes shows the notes.
  $ slipway check --since 2 2>&1 | grep -v 'first start'
  db/migrations/V3__Dynamic.sql
     1  DO $$ BEGIN EXECUTE replace('ALTER TABLE orders ADD COLUMN x int', 'x', 'y'); END $$
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes (observed)
  
  PASS: 1 statement can run on PostgreSQL 15; 1 note; --notes shows the notes.
  $ slipway check --since 2 --observe always --format json | grep -o '"by": "[a-z]*"'
  "by": "observed"
  $ slipway check --since 2 --observe always --server-version 13
  error: the embedded server is PostgreSQL 15, so nothing can be observed for 13
    hint: install that version, or leave out --observe
  [2]
  $ slipway embedded remove --yes
  Removed the embedded server and the data of its databases.
