`slipway fix` writes the safe form of what `check` finds. What must not share a transaction goes into migrations that
follow, which sort before the next version in every tool that reads these names.

  $ mkdir -p db/migrations
  $ cat >db/migrations/V1__Create_orders.sql <<'SQL'
  > CREATE TABLE customers (id bigint PRIMARY KEY);
  > CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint, note text);
  > SQL
  $ cat >db/migrations/V2__Grow.sql <<'SQL'
  > -- Orders grow.
  > ALTER TABLE orders ADD FOREIGN KEY (customer) REFERENCES customers;
  > CREATE INDEX orders_customer ON orders (customer);
  > ALTER TABLE orders ALTER COLUMN note SET NOT NULL; -- at last
  > SQL
  $ slipway fix --since 1 --server-version 15
  db/migrations/V2__Grow.sql (changed)
      -- Orders grow.
      ALTER TABLE orders ADD FOREIGN KEY (customer) REFERENCES customers NOT VALID;
      CREATE INDEX CONCURRENTLY orders_customer ON orders (customer);
      ALTER TABLE public.orders ADD CONSTRAINT note_not_null CHECK (note IS NOT NULL) NOT VALID; -- at last
  
  db/migrations/V2.1__Grow.sql (new)
      -- Continues db/migrations/V2__Grow.sql, in a transaction of its own.
  
      ALTER TABLE public.orders VALIDATE CONSTRAINT orders_customer_fkey;
  
  db/migrations/U2.1__Grow.sql (new)
      -- Nothing to take back: the constraint goes with the migration that adds it.
      SELECT;
  
  db/migrations/V2.2__Grow.sql (new)
      -- Continues db/migrations/V2__Grow.sql, in a transaction of its own.
  
      ALTER TABLE public.orders VALIDATE CONSTRAINT note_not_null;
  
  db/migrations/U2.2__Grow.sql (new)
      -- Nothing to take back: the constraint goes with the migration that adds it.
      SELECT;
  
  db/migrations/V2.3__Grow.sql (new)
      -- Continues db/migrations/V2__Grow.sql, in a transaction of its own.
  
      ALTER TABLE public.orders ALTER COLUMN note SET NOT NULL;
      ALTER TABLE public.orders DROP CONSTRAINT note_not_null;
  
  db/migrations/U2.3__Grow.sql (new)
      ALTER TABLE public.orders ADD CONSTRAINT note_not_null CHECK (note IS NOT NULL) NOT VALID;
      ALTER TABLE public.orders ALTER COLUMN note DROP NOT NULL;
  
  db/migrations/U2__Grow.sql (new)
      ALTER TABLE public.orders DROP CONSTRAINT note_not_null;
      ALTER TABLE public.orders ALTER COLUMN note DROP NOT NULL;
      DROP INDEX CONCURRENTLY public.orders_customer;
      ALTER TABLE public.orders DROP CONSTRAINT orders_customer_fkey;
  
  Nothing was written: `slipway fix --write` does.
  $ slipway fix --since 1 --server-version 15 --write
  db/migrations/V2__Grow.sql (changed)
  db/migrations/V2.1__Grow.sql (new)
  db/migrations/U2.1__Grow.sql (new)
  db/migrations/V2.2__Grow.sql (new)
  db/migrations/U2.2__Grow.sql (new)
  db/migrations/V2.3__Grow.sql (new)
  db/migrations/U2.3__Grow.sql (new)
  db/migrations/U2__Grow.sql (new)
  8 files written. Look at them, and rehearse them.
  $ ls db/migrations
  U2.1__Grow.sql
  U2.2__Grow.sql
  U2.3__Grow.sql
  U2__Grow.sql
  V1__Create_orders.sql
  V2.1__Grow.sql
  V2.2__Grow.sql
  V2.3__Grow.sql
  V2__Grow.sql
  $ cat db/migrations/V2__Grow.sql
  -- Orders grow.
  ALTER TABLE orders ADD FOREIGN KEY (customer) REFERENCES customers NOT VALID;
  CREATE INDEX CONCURRENTLY orders_customer ON orders (customer);
  ALTER TABLE public.orders ADD CONSTRAINT note_not_null CHECK (note IS NOT NULL) NOT VALID; -- at last
  $ slipway check --since 1 --server-version 15 --only safety | tail -n 1
  PASS: 7 statements can run on PostgreSQL 15.

Definitions and rows are parted, in the order in which they stand:

  $ cat >db/migrations/V3__Channel.sql <<'SQL'
  > SET lock_timeout = '2s';
  > ALTER TABLE orders ADD COLUMN channel text;
  > UPDATE orders SET channel = 'web' WHERE id < 100;
  > ALTER TABLE orders ALTER COLUMN channel SET DEFAULT 'web';
  > SQL
  $ slipway fix --since 2.3 --server-version 15
  db/migrations/V3__Channel.sql (changed)
      SET lock_timeout = '2s';
      ALTER TABLE orders ADD COLUMN channel text;
  
  db/migrations/V3.1__Channel.sql (new)
      -- Continues db/migrations/V3__Channel.sql, in a transaction of its own.
  
      SET lock_timeout = '2s';
      UPDATE orders SET channel = 'web' WHERE id < 100;
  
  db/migrations/V3.2__Channel.sql (new)
      -- Continues db/migrations/V3__Channel.sql, in a transaction of its own.
  
      SET lock_timeout = '2s';
      ALTER TABLE orders ALTER COLUMN channel SET DEFAULT 'web';
  
  Nothing was written: `slipway fix --write` does.

Where the way back follows from the script, an undo script is written; where it does not, the reason is told:

  $ rm db/migrations/V3__Channel.sql
  $ cat >db/migrations/V3__Carts.sql <<'SQL'
  > CREATE TYPE size AS ENUM ('s', 'm');
  > CREATE TABLE carts (id bigint PRIMARY KEY, size size);
  > ALTER TABLE orders ADD COLUMN cart bigint;
  > CREATE FUNCTION total(cart bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
  > SQL
  $ echo 'ALTER TABLE orders DROP COLUMN note;' >db/migrations/V4__Drop_note.sql
  $ slipway fix --since 2.3 --server-version 15
  db/migrations/U3__Carts.sql (new)
      DROP FUNCTION total(bigint);
      ALTER TABLE public.orders DROP COLUMN cart;
      DROP TABLE public.carts;
      DROP TYPE size;
  
  left alone: db/migrations/V4__Drop_note.sql:1: what public.orders.note holds is lost, and running code that names it fails [drop-column]: release code that does not use it first, save its values, and drop it in a release of its own
  left alone: db/migrations/V4__Drop_note.sql:1: db/migrations/V3__Carts.sql takes ACCESS EXCLUSIVE on public.orders, too [same-table-twice]: do both in one ALTER TABLE, or see with its author what the other does
  left alone: db/migrations/V4__Drop_note.sql: no undo script can be derived: line 1: what public.orders.note held is gone
  Nothing was written: `slipway fix --write` does.

What was applied must not be changed, so somebody must say where that ends:

  $ slipway fix
  error: what was applied already must not be changed
    hint: name the scripts, or say with --since which migration was applied last
  [2]
  $ slipway fix --since 4
  There is nothing that could be fixed without asking.
