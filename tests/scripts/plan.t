#require database

`slipway plan` prints the SQL that `slipway migrate` would run, and runs nothing.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\nstatement_timeout = "5min"\n' >slipway.toml
  $ cat >db/migrations/V1__Create_orders.sql <<'SQL'
  > -- Orders of the shop
  > CREATE TABLE orders (
  >     id bigint PRIMARY KEY,
  >     state ${type} NOT NULL  -- open, paid
  > );
  > COPY orders (id, state) FROM stdin;
  > 1	open
  > 2	paid
  > \.
  > SQL
  $ cat >db/migrations/V2__Index_state.sql <<'SQL'
  > CREATE INDEX CONCURRENTLY orders_state_idx ON orders (state);
  > COMMENT ON INDEX orders_state_idx IS 'for the list of open orders';
  > ALTER SYSTEM SET log_min_duration_statement = '1s';
  > SQL
  $ cat >db/migrations/V3__Serial.sql <<'SQL'
  > BEGIN ISOLATION LEVEL SERIALIZABLE;
  > UPDATE orders SET state = 'done' WHERE state = 'paid';
  > COMMIT;
  > SQL
  $ cat >>slipway.toml <<'TOML'
  > [project.placeholders]
  > type = "text"
  > TOML
  $ slipway plan --target 3
  -- Plan for dev (PostgreSQL *, database $DB_NAME) (glob)
  
  -- V1 Create orders (db/migrations/V1__Create_orders.sql)
  BEGIN;
  CREATE TABLE orders (
      id bigint PRIMARY KEY,
      state text NOT NULL  -- open, paid
  );
  COPY orders (id, state) FROM stdin;
  -- (14 bytes of data, 2 lines)
  COMMIT;
  
  -- V2 Index state (db/migrations/V2__Index_state.sql)
  -- segment 1 of 3: outside transactions; if it stops half way, the catalog tells and migrate repairs
  CREATE INDEX CONCURRENTLY orders_state_idx ON orders (state);
  -- segment 2 of 3: one transaction, gives up a lock after 2.0 s, a statement after 5 min 0 s
  BEGIN;
  COMMENT ON INDEX orders_state_idx IS 'for the list of open orders';
  COMMIT;
  -- segment 3 of 3: outside transactions; if it stops half way, a person has to look
  ALTER SYSTEM SET log_min_duration_statement = '1s';
  
  -- V3 Serial (db/migrations/V3__Serial.sql)
  BEGIN ISOLATION LEVEL SERIALIZABLE;
  UPDATE orders SET state = 'done' WHERE state = 'paid';
  COMMIT;
  
  -- 3 scripts, plan * (glob)
  $ sql "SELECT to_regclass('orders') IS NULL"
  t

--out keeps the plan in a file, and `migrate --plan` runs that or nothing:

  $ slipway plan --target 1 --out release.json | tail -n 2
  -- 1 script, plan * (glob)
  Written to release.json; `slipway migrate --plan release.json` runs exactly this.
  $ slipway migrate --plan release.json
    ✓ V1 Create orders (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)

When the files, the history or a limit has changed, what would run is not what was looked at:

  $ sed -i /SYSTEM/d db/migrations/V2__Index_state.sql
  $ slipway plan --out release.json >/dev/null
  $ echo "-- one more thought" >>db/migrations/V2__Index_state.sql
  $ slipway migrate --plan release.json
  error: what would run now is not what the plan says: the files, the history or the environment's limits have changed since
    hint: look at the new plan (`slipway plan --out FILE`) and run that one
  [1]
  $ sed -i '$d' db/migrations/V2__Index_state.sql
  $ sed -i 's/5min/1min/' slipway.toml
  $ slipway migrate --plan release.json
  error: what would run now is not what the plan says: the files, the history or the environment's limits have changed since
    hint: look at the new plan (`slipway plan --out FILE`) and run that one
  [1]
  $ sed -i 's/1min/5min/' slipway.toml
  $ slipway migrate --plan release.json
    ✓ V2 Index state (*) (glob)
    ✓ V3 Serial (*) (glob)
  Applied 2 migrations to $DB_NAME (dev), now at version 3 (*) (glob)
  $ slipway plan
  -- Plan for dev (PostgreSQL *, database $DB_NAME) (glob)
  -- Nothing is pending.

A file that is no plan is told so:

  $ echo '{}' >release.json
  $ slipway migrate --plan release.json
  release.json: error: this is not a plan that `slipway plan --out` wrote
    hint: make one with `slipway plan --out FILE`
  [2]
  $ slipway migrate --plan nowhere.json
  nowhere.json: error: cannot read nowhere.json: No such file or directory
    hint: check the path
  [2]
