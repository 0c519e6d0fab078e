#require database

A script may hold statements that run only outside transactions beside others. Slipway cuts it into segments, each on its own, and can go
on between them. That is the default:

  $ mkdir -p db/migrations
  $ echo 'flyway.url=${DB_URL}' >flyway.conf; echo 'flyway.locations=filesystem:db/migrations' >>flyway.conf
  $ cat >db/migrations/V1__Create_orders.sql <<'SQL'
  > CREATE TABLE orders (id int, state text);
  > CREATE INDEX CONCURRENTLY orders_state_idx ON orders (state);
  > INSERT INTO orders VALUES (1, 'open');
  > SQL
  $ slipway migrate
    ✓ V1 Create orders (*) (glob)
  Applied 1 migration to $DB_NAME (default), now at version 1 (*) (glob)

A project that writes mixed=false has decided against such scripts, as Flyway does by default. It is taken at its word, before anything of
the script has run:

  $ echo 'flyway.mixed=false' >>flyway.conf
  $ cat >db/migrations/V2__Create_lines.sql <<'SQL'
  > CREATE TABLE lines (id int);
  > CREATE INDEX CONCURRENTLY lines_idx ON lines (id);
  > SQL
  $ slipway migrate
  db/migrations/V2__Create_lines.sql:2:1: error: Detected both transactional and non-transactional statements within the same migration (even though mixed is false)
    | CREATE INDEX CONCURRENTLY lines_idx ON lines (id)
    hint: move the statement to a migration of its own, or leave `mixed` out of the configuration: Slipway then runs the script in segments and can resume between them
  [2]
  $ sql "SELECT to_regclass('lines') IS NULL, (SELECT count(*) FROM flyway_schema_history)"
  t|1

One of a kind is not mixed:

  $ echo 'CREATE TABLE lines (id int);' >db/migrations/V2__Create_lines.sql
  $ echo 'CREATE INDEX CONCURRENTLY lines_idx ON lines (id);' >db/migrations/V3__Index_lines.sql
  $ slipway migrate
    ✓ V2 Create lines (*) (glob)
    ✓ V3 Index lines (*) (glob)
  Applied 2 migrations to $DB_NAME (default), now at version 3 (*) (glob)
