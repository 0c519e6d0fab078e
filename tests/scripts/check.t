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
  db/migrations/V1__Create_orders.sql
     1  CREATE TABLE customers (id bigint PRIMARY KEY, name text)
     2  CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint, total integer NOT NULL, note tex…
     3  CREATE INDEX orders_total_idx ON orders (total)
  
  db/migrations/V2__Grow.sql
     2  ALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'open'
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes
     3  ALTER TABLE orders ALTER COLUMN total TYPE bigint
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes; rewrites the table; rebuilds 2
            indexes
        error: ACCESS EXCLUSIVE on public.orders blocks reads and writes while every row is written
          anew: bigint is not stored as integer is [column-type-change, predicted]
         --> db/migrations/V2__Grow.sql:3:1
          3 | ALTER TABLE orders ALTER COLUMN total TYPE bigint;
            | ^
          hint: a new column that a trigger keeps in step and a backfill fills in batches, then a swap
            (expand and contract)
        error: ACCESS EXCLUSIVE on public.orders, which line 2 took, blocks reads and writes while
          public.orders is written anew [work-under-lock, predicted]
         --> db/migrations/V2__Grow.sql:3:1
          3 | ALTER TABLE orders ALTER COLUMN total TYPE bigint;
            | ^
          hint: put it into a migration of its own, or a COMMIT between the two
     4  ALTER TABLE orders ADD CONSTRAINT orders_customer_fkey FOREIGN KEY (customer) REFERENCES cust…
          SHARE ROW EXCLUSIVE on public.customers: blocks writes; reads the whole table; and 1 more
        error: ACCESS EXCLUSIVE on public.orders, which line 2 took, blocks reads and writes while
          public.customers is read whole [work-under-lock, predicted]
         --> db/migrations/V2__Grow.sql:4:1
          4 | ALTER TABLE orders
            | ^
          hint: put it into a migration of its own, or a COMMIT between the two
        warning: no index of public.orders begins with customer: each delete in public.customers will
          read the whole table [foreign-key-not-indexed, predicted]
         --> db/migrations/V2__Grow.sql:4:1
          4 | ALTER TABLE orders
            | ^
          hint: create an index on these columns, too
        error: SHARE ROW EXCLUSIVE on public.orders and public.customers blocks writes to both while
          all rows are compared [foreign-key-not-valid, predicted]
         --> db/migrations/V2__Grow.sql:5:9
          5 |     ADD CONSTRAINT orders_customer_fkey FOREIGN KEY (customer) REFERENCES customers (id…
            |         ^
          hint: add it NOT VALID, then VALIDATE CONSTRAINT in another transaction
     6  CREATE INDEX CONCURRENTLY orders_state_idx ON orders (state)
          SHARE UPDATE EXCLUSIVE on public.orders; reads the whole table
  
  The strongest lock on each table:
    public.orders: ACCESS EXCLUSIVE by db/migrations/V2__Grow.sql:3: blocks reads and writes;
      rewritten
    public.customers: SHARE ROW EXCLUSIVE by db/migrations/V2__Grow.sql:4: blocks writes; read whole
  
  FAIL: 4 errors, 1 warning, 4 notes on PostgreSQL 15; --notes shows the notes.
  [1]

With --since, what comes after it is one release, and the tables that it makes itself lock nobody out:

  $ cat >db/migrations/V3__More.sql <<'SQL'
  > CREATE TABLE payments (id bigint PRIMARY KEY, order_id bigint);
  > ALTER TABLE payments ADD FOREIGN KEY (order_id) REFERENCES orders (id);
  > ALTER TABLE payments ALTER COLUMN order_id SET NOT NULL;
  > ALTER TABLE orders RENAME TO purchases;
  > DROP TABLE customers CASCADE;
  > SQL
  $ slipway check --since 2 --server-version 15
  db/migrations/V3__More.sql
     1  CREATE TABLE payments (id bigint PRIMARY KEY, order_id bigint)
     2  ALTER TABLE payments ADD FOREIGN KEY (order_id) REFERENCES orders (id)
          SHARE ROW EXCLUSIVE on public.orders: blocks writes; reads the whole table
        warning: no index of public.payments begins with order_id: each delete in public.orders will
          read the whole table [foreign-key-not-indexed, predicted]
         --> db/migrations/V3__More.sql:2:1
          2 | ALTER TABLE payments ADD FOREIGN KEY (order_id) REFERENCES orders (id);
            | ^
          hint: create an index on these columns, too
     3  ALTER TABLE payments ALTER COLUMN order_id SET NOT NULL
     4  ALTER TABLE orders RENAME TO purchases
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes; renames it to public.purchases
        error: running code that names public.orders fails as soon as it is called purchases
          [rename-table, predicted]
         --> db/migrations/V3__More.sql:4:13
          4 | ALTER TABLE orders RENAME TO purchases;
            |             ^
          hint: create a view of the old name in the same transaction, and drop it when no code uses
            it
     5  DROP TABLE customers CASCADE
          ACCESS EXCLUSIVE on public.customers: blocks reads and writes; drops it; and 1 more
        error: constraint orders_customer_fkey of public.purchases goes along with public.customers
          [drop-cascade, predicted]
         --> db/migrations/V3__More.sql:5:1
          5 | DROP TABLE customers CASCADE;
            | ^
          hint: drop it by name in a statement of its own
        error: the rows of public.customers are lost, and running code that names it fails
          [drop-table, predicted]
         --> db/migrations/V3__More.sql:5:1
          5 | DROP TABLE customers CASCADE;
            | ^
          hint: rename it first, and drop it in a later release when nobody missed it and its rows are
            saved
        warning: public.orders stays locked against reads and writes while this waits for
          public.customers; clients that take both in another order deadlock [several-tables-locked,
          predicted]
         --> db/migrations/V3__More.sql:5:1
          5 | DROP TABLE customers CASCADE;
            | ^
          hint: one migration for each table, or a COMMIT between them
  
  The strongest lock on each table:
    public.customers: ACCESS EXCLUSIVE by db/migrations/V3__More.sql:5: blocks reads and writes;
      dropped
    public.orders: ACCESS EXCLUSIVE by db/migrations/V3__More.sql:4: blocks reads and writes; read
      whole; now public.purchases
  
  FAIL: 3 errors, 2 warnings, 1 note on PostgreSQL 15; --notes shows the notes.
  [1]
  $ slipway check --since V2 --server-version 15 | tail -n 1
  FAIL: 3 errors, 2 warnings, 1 note on PostgreSQL 15; --notes shows the notes.
  $ slipway check --since 3
  There is nothing to check.
  $ slipway check --since 7
  error: no migration here is named '7'
    hint: did you mean '1'?
  [2]
  $ slipway check --env nope
  error: there is no environment 'nope'
    hint: the environments are: dev
  [2]
  $ slipway check --since 33 --format json
  {
    "slipway": 1,
    "error": {
      "code": "since-unknown",
      "exit": 2,
      "message": "no migration here is named '33'",
      "hint": "did you mean '3'?"
    }
  }
  [2]

A file of the project is judged with what runs before it; so is an undo script:

  $ echo 'ALTER TABLE orders DROP COLUMN state;' >db/migrations/U2__Shrink.sql
  $ slipway check db/migrations/V2__Grow.sql --server-version 15 | tail -n 6
  The strongest lock on each table:
    public.orders: ACCESS EXCLUSIVE by db/migrations/V2__Grow.sql:3: blocks reads and writes;
      rewritten
    public.customers: SHARE ROW EXCLUSIVE by db/migrations/V2__Grow.sql:4: blocks writes; read whole
  
  FAIL: 4 errors, 1 warning, 2 notes on PostgreSQL 15; --notes shows the notes.
  $ slipway check db/migrations/U2__Shrink.sql --server-version 15
  db/migrations/U2__Shrink.sql
     1  ALTER TABLE orders DROP COLUMN state
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes
        error: what public.orders.state holds is lost, and running code that names it fails
          [drop-column, predicted]
         --> db/migrations/U2__Shrink.sql:1:1
          1 | ALTER TABLE orders DROP COLUMN state;
            | ^
          hint: release code that does not use it first, save its values, and drop it in a release of
            its own
  
  FAIL: 1 error on PostgreSQL 15.
  [1]

Repeatables come last:

  $ echo 'CREATE OR REPLACE VIEW totals AS SELECT sum(total) AS total FROM purchases;' >db/migrations/R__Totals.sql
  $ slipway check --server-version 15 | tail -n 5
      whole; dropped
    public.orders: ACCESS EXCLUSIVE by db/migrations/V2__Grow.sql:3: blocks reads and writes;
      rewritten; now public.purchases
  
  FAIL: 7 errors, 6 warnings, 2 notes on PostgreSQL 15; --notes shows the notes.
  $ rm db/migrations/R__Totals.sql

It tells for another version, too:

  $ slipway check --server-version 13 | tail -n 1
  FAIL: 7 errors, 6 warnings, 2 notes on PostgreSQL 13; --notes shows the notes.
  $ slipway check --server-version 12
  error: --server-version: Value 12 not in range 13 to 18
    hint: see `slipway help check`
  [2]
  $ slipway check --server-version new
  error: --server-version: Value new not in range 13 to 18
    hint: see `slipway help check`
  [2]

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
  db/migrations/V4__Wrong.sql
    warning: there is no undo script, and nothing says why [undo-missing]
      hint: write one, or declare irreversible = "reason" in the .slipway.toml beside it
     1  ALTER TABLE purchases ADD COLUM (weight int)
        error: syntax error at or near "(" [syntax]
         --> db/migrations/V4__Wrong.sql:2:5
          2 |     (weight int);
            |     ^
          hint: correct the statement; PostgreSQL would refuse it as it is
     3  ALTER TABLE acounts ADD COLUMN note text
        error: relation acounts does not exist here [unknown-object]
         --> db/migrations/V4__Wrong.sql:3:13
          3 | ALTER TABLE acounts ADD COLUMN note text;
            |             ^
          hint: correct the name, or put the migration that makes it before this one
     4  ALTER TABLE purchases ADD COLUMN note text
        error: column note of public.purchases exists already [duplicate-object]
         --> db/migrations/V4__Wrong.sql:4:34
          4 | ALTER TABLE purchases ADD COLUMN note text;
            |                                  ^
          hint: give it another name, or drop the old one first
     6  CREATE INDEX CONCURRENTLY ON purchases (note)
        error: this statement cannot run inside a transaction, and the script's BEGIN has opened one
          [alone-in-transaction]
         --> db/migrations/V4__Wrong.sql:6:1
          6 | CREATE INDEX CONCURRENTLY ON purchases (note);
            | ^
          hint: put a COMMIT before it, or leave out BEGIN and COMMIT: Slipway makes the transactions
            itself
     8  PREPARE TRANSACTION 'x'
        error: a prepared transaction outlives the run: it keeps its locks and holds back VACUUM until
          somebody ends it [forbidden-statement]
         --> db/migrations/V4__Wrong.sql:8:1
          8 | PREPARE TRANSACTION 'x';
            | ^
          hint: take the statement out of the migration
     9  DROP TABLE payments
          ACCESS EXCLUSIVE on public.payments: blocks reads and writes; drops it; and 1 more
        error: the rows of public.payments are lost, and running code that names it fails; ACCESS
          EXCLUSIVE on public.purchases, too, blocks reads and writes [drop-table, predicted]
         --> db/migrations/V4__Wrong.sql:9:1
          9 | DROP TABLE payments;
            | ^
          hint: rename it first, and drop it in a later release when nobody missed it and its rows are
            saved
  
  FAIL: 6 errors, 1 warning, 1 note on PostgreSQL 15; --notes shows the notes.
  [1]
  $ rm db/migrations/V4__Wrong.sql

Files outside of a project stand for themselves. What they do not make may well be there:

  $ mkdir ../outside && cd ../outside
  $ cat >one.sql <<'SQL'
  > CREATE TABLE notes (id int);
  > ALTER TABLE orders ADD COLUMN weight int;
  > SQL
  $ echo 'ALTER TABLE notes ALTER COLUMN id TYPE bigint;' >two.sql
  $ slipway check --server-version 15 one.sql two.sql
  one.sql
     1  CREATE TABLE notes (id int)
     2  ALTER TABLE orders ADD COLUMN weight int
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes; perhaps more: nothing is known
            of public.orders: it was made before the migrations that can be seen here
  
  two.sql
     1  ALTER TABLE notes ALTER COLUMN id TYPE bigint
          ACCESS EXCLUSIVE on public.notes: blocks reads and writes; rewrites the table
        error: ACCESS EXCLUSIVE on public.notes blocks reads and writes while every row is written
          anew: bigint is not stored as integer is [column-type-change, predicted]
         --> two.sql:1:1
          1 | ALTER TABLE notes ALTER COLUMN id TYPE bigint;
            | ^
          hint: a new column that a trigger keeps in step and a backfill fills in batches, then a swap
            (expand and contract)
  
  The strongest lock on each table:
    public.notes: ACCESS EXCLUSIVE by two.sql:1: blocks reads and writes; rewritten
    public.orders: ACCESS EXCLUSIVE by one.sql:2: blocks reads and writes
  
  FAIL: 1 error, 3 notes on PostgreSQL 15; 1 statement may do more than is told here; --notes shows the notes.
  [1]
  $ slipway check --server-version 15 two.sql one.sql | head -n 3
  two.sql
     1  ALTER TABLE notes ALTER COLUMN id TYPE bigint
          ACCESS EXCLUSIVE on public.notes: blocks reads and writes; perhaps more: nothing is known of

What is no script is told, and the files after it are judged nevertheless:

  $ slipway check one.sql missing.sql
  missing.sql: error: cannot read missing.sql: No such file or directory
    hint: check the path
  [2]
  $ printf 'SELECT 1;\nSELECT "a\0b";\n' >nul.sql
  $ slipway check --server-version 15 nul.sql one.sql
  nul.sql
    error: the file holds a NUL byte, at which PostgreSQL would stop reading [file-nul]
     --> nul.sql:2:10
      hint: remove the byte; SQL scripts are plain text
  
  one.sql
     1  CREATE TABLE notes (id int)
     2  ALTER TABLE orders ADD COLUMN weight int
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes; perhaps more: nothing is known
            of public.orders: it was made before the migrations that can be seen here
  
  FAIL: 1 error, 2 notes on PostgreSQL 15; 1 statement may do more than is told here; --notes shows the notes.
  [1]
  $ printf "CREATE TABLE a (id int);\n\\\\set x 1\nCREATE TABLE b (id int);\nSELECT 'open\n;\n" >psql.sql
  $ slipway check --server-version 15 psql.sql
  psql.sql
     1  CREATE TABLE a (id int)
    error: \set is a command of psql, not SQL [psql-command]
     --> psql.sql:2:1
      2 | \set x 1
        | ^
      hint: use a placeholder, ${name}, and give its value in the configuration or the environment
     3  CREATE TABLE b (id int)
    error: the string that begins here never ends [unterminated]
     --> psql.sql:4:8
      4 | SELECT 'open
        |        ^
      hint: close it with '
  
  FAIL: 2 errors, 2 notes on PostgreSQL 15; --notes shows the notes.
  [1]
  $ printf '' >empty.sql; slipway check --server-version 15 empty.sql
  empty.sql
  
  PASS: 0 statements can run on PostgreSQL 15.
  $ cd .. && mkdir nothing && cd nothing && slipway check
  error: there is no slipway.toml, flyway.toml or flyway.conf here or above, and none of the folders db/migrations, db/migration, migrations, sql
    hint: begin with 'slipway new NAME', which writes the first migration, or write a slipway.toml
  [2]
