#require database

A project that began at a baseline has no file that made its first tables. `slipway snapshot` writes down what is there.

  $ sql "CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, total integer NOT NULL)"
  $ sql "CREATE VIEW totals AS SELECT sum(total) AS total FROM orders"
  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ slipway baseline --version 41
  Baseline at version 41 in public.flyway_schema_history.
  $ echo 'ALTER TABLE orders ADD COLUMN note text;' >db/migrations/V42__Note.sql
  $ slipway migrate >/dev/null
  $ printf 'ALTER TABLE orders ADD CHECK (total > 0);\nALTER TABLE orders DROP COLUMN total;\n' >db/migrations/V43__Positive.sql
  $ echo 'CREATE TABLE orders (id int);' >db/migrations/V44__Again.sql

Without a snapshot nobody knows what the table is like:

  $ slipway check --server-version 15
  db/migrations/V42__Note.sql
     1  ALTER TABLE orders ADD COLUMN note text
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes; perhaps more: nothing is known
            of public.orders: it was made before the migrations that can be seen here
  
  db/migrations/V43__Positive.sql
     1  ALTER TABLE orders ADD CHECK (total > 0)
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes; reads the whole table; perhaps
            more: nothing is known of public.orders: it was made before the migrations that can be
            seen here
        warning: db/migrations/V42__Note.sql takes ACCESS EXCLUSIVE on public.orders, too
          [same-table-twice, predicted]
         --> db/migrations/V43__Positive.sql:1:1
          1 | ALTER TABLE orders ADD CHECK (total > 0);
            | ^
          hint: do both in one ALTER TABLE, or see with its author what the other does
        error: ACCESS EXCLUSIVE on public.orders blocks reads and writes while the whole table is read
          to prove the constraint [check-not-valid, by name]
         --> db/migrations/V43__Positive.sql:1:24
          1 | ALTER TABLE orders ADD CHECK (total > 0);
            |                        ^
          hint: add it NOT VALID, then VALIDATE CONSTRAINT in another transaction
     2  ALTER TABLE orders DROP COLUMN total
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes; perhaps more: nothing is known
            of public.orders: it was made before the migrations that can be seen here
        error: what public.orders.total holds is lost, and running code that names it fails
          [drop-column, by name]
         --> db/migrations/V43__Positive.sql:2:1
          2 | ALTER TABLE orders DROP COLUMN total;
            | ^
          hint: release code that does not use it first, save its values, and drop it in a release of
            its own
  
  db/migrations/V44__Again.sql
     1  CREATE TABLE orders (id int)
        error: table public.orders exists already [duplicate-object]
         --> db/migrations/V44__Again.sql:1:14
          1 | CREATE TABLE orders (id int);
            |              ^
          hint: give it another name, or drop the old one first
  
  The strongest lock on each table:
    public.orders: ACCESS EXCLUSIVE by db/migrations/V43__Positive.sql:1: blocks reads and writes;
      read whole
  
  FAIL: 3 errors, 1 warning, 4 notes on PostgreSQL 15; 3 statements may do more than is told here; --notes shows the notes.
  [1]

With one it is known, and so is which migrations were applied to it:

  $ slipway snapshot dev --out production.json
  Written to production.json: 1 schema, 1 table, 3 columns, 1 constraint, 1 index, 1 view, 1 sequence, 1 extension.
  `slipway check --catalog production.json` begins with it.
  $ slipway check --catalog production.json
  db/migrations/V43__Positive.sql
     1  ALTER TABLE orders ADD CHECK (total > 0)
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes; reads the whole table
        error: ACCESS EXCLUSIVE on public.orders blocks reads and writes while the whole table is read
          to prove the constraint [check-not-valid, predicted]
         --> db/migrations/V43__Positive.sql:1:24
          1 | ALTER TABLE orders ADD CHECK (total > 0);
            |                        ^
          hint: add it NOT VALID, then VALIDATE CONSTRAINT in another transaction
     2  ALTER TABLE orders DROP COLUMN total
        error: view public.totals depends on column total of public.orders, which therefore cannot be
          dropped [dependents]
         --> db/migrations/V43__Positive.sql:2:1
          2 | ALTER TABLE orders DROP COLUMN total;
            | ^
          hint: drop or change what depends on it first, in a statement of its own: CASCADE would take
            it along without a word
        error: what public.orders.total holds is lost, and running code that names it fails
          [drop-column, predicted]
         --> db/migrations/V43__Positive.sql:2:1
          2 | ALTER TABLE orders DROP COLUMN total;
            | ^
          hint: release code that does not use it first, save its values, and drop it in a release of
            its own
  
  db/migrations/V44__Again.sql
     1  CREATE TABLE orders (id int)
        error: table public.orders exists already [duplicate-object]
         --> db/migrations/V44__Again.sql:1:14
          1 | CREATE TABLE orders (id int);
            |              ^
          hint: give it another name, or drop the old one first
  
  FAIL: 4 errors, 2 notes on PostgreSQL 15; --notes shows the notes.
  [1]
  $ slipway check --catalog production.json --since 43 | tail -n 1
  FAIL: 1 error, 1 note on PostgreSQL 15; --notes shows the notes.
  $ slipway snapshot | head -n 3
  {
    "slipway": 1,
    "server_version": 15,

What is no snapshot is refused:

  $ echo '{"tables": 5' >broken.json; slipway check --catalog broken.json 2>&1 | head -n 1
  broken.json: error: this is not a catalog that `slipway snapshot` wrote
  $ slipway check --catalog nowhere.json
  nowhere.json: error: cannot read nowhere.json: No such file or directory
    hint: check the path
  [2]
