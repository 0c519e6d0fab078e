`slipway check` tells what each statement of a release will do, without a server: nothing here has a database.

  $ mkdir -p db/migrations
  $ cat >db/migrations/V1__Create_orders.sql <<'SQL'
  > CREATE TABLE customers (id bigint PRIMARY KEY, name text);
  > CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint, total integer NOT NULL, note text);
  > CREATE INDEX orders_total_idx ON orders (total);
  > SQL
  $ cat >db/migrations/V2__Grow.sql <<'SQL'
  > -- Orders grow.
  > ALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'open';
  > ALTER TABLE orders ALTER COLUMN total TYPE bigint;
  > ALTER TABLE orders
  >     ADD CONSTRAINT orders_customer_fkey FOREIGN KEY (customer) REFERENCES customers (id);
  > CREATE INDEX CONCURRENTLY orders_state_idx ON orders (state);
  > SQL
  $ slipway check --server-version 15

With --since, what comes after it is one release, and the tables that it makes itself lock nobody out:

  $ cat >db/migrations/V3__More.sql <<'SQL'
  > CREATE TABLE payments (id bigint PRIMARY KEY, order_id bigint);
  > ALTER TABLE payments ADD FOREIGN KEY (order_id) REFERENCES orders (id);
  > ALTER TABLE payments ALTER COLUMN order_id SET NOT NULL;
  > ALTER TABLE orders RENAME TO purchases;
  > DROP TABLE customers CASCADE;
  > SQL
  $ slipway check --since 2 --server-version 15
  $ slipway check --since V2 --server-version 15 | tail -n 1
  $ slipway check --since 3
  $ slipway check --since 7
  $ slipway check --since 33 --format json

A file of the project is judged with what runs before it; so is an undo script:

  $ echo 'ALTER TABLE orders DROP COLUMN state;' >db/migrations/U2__Shrink.sql
  $ slipway check db/migrations/V2__Grow.sql --server-version 15 | tail -n 6
  $ slipway check db/migrations/U2__Shrink.sql --server-version 15

Repeatables come last:

  $ echo 'CREATE OR REPLACE VIEW totals AS SELECT sum(total) AS total FROM purchases;' >db/migrations/R__Totals.sql
  $ slipway check --server-version 15 | tail -n 5
  $ rm db/migrations/R__Totals.sql

Versions differ: before 14 a partition could not be detached without stopping everybody.

  $ slipway check --server-version 13 | tail -n 1
  $ slipway check --server-version 12
  $ slipway check --server-version new

What cannot run at all is a finding, and the exit code is 1:

  $ cat >db/migrations/V4__Wrong.sql <<'SQL'
  > ALTER TABLE purchases ADD COLUM
  >     (weight int);
  > ALTER TABLE acounts ADD COLUMN note text;
  > ALTER TABLE purchases ADD COLUMN note text;
  > BEGIN;
  > CREATE INDEX CONCURRENTLY ON purchases (note);
  > COMMIT;
  > PREPARE TRANSACTION 'x';
  > DROP TABLE payments;
  > SQL
  $ slipway check --since 3 --server-version 15
  $ rm db/migrations/V4__Wrong.sql

Files outside of a project stand for themselves. What they do not make may well be there:

  $ mkdir ../outside && cd ../outside
  $ cat >one.sql <<'SQL'
  > CREATE TABLE notes (id int);
  > ALTER TABLE orders ADD COLUMN weight int;
  > SQL
  $ echo 'ALTER TABLE notes ALTER COLUMN id TYPE bigint;' >two.sql
  $ slipway check --server-version 15 one.sql two.sql
  $ slipway check --server-version 15 two.sql one.sql | head -n 3

What is no script is told, and the files after it are judged nevertheless:

  $ slipway check one.sql missing.sql
  $ printf 'SELECT 1;\nSELECT "a\0b";\n' >nul.sql
  $ slipway check --server-version 15 nul.sql one.sql
  $ printf "CREATE TABLE a (id int);\n\\\\set x 1\nCREATE TABLE b (id int);\nSELECT 'open\n;\n" >psql.sql
  $ slipway check --server-version 15 psql.sql
  $ printf '' >empty.sql; slipway check --server-version 15 empty.sql
  $ cd .. && mkdir nothing && cd nothing && slipway check
