#require database

A project of golang-migrate: pairs of up and down scripts. They are paired by number, as that tool does it; the names may differ.

  $ mkdir migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ echo 'CREATE TABLE users (id int);' >migrations/000001_create_users.up.sql
  $ echo 'DROP TABLE users;' >migrations/000001_create_users.down.sql
  $ echo 'ALTER TABLE users ADD name text;' >migrations/000002_add_name.up.sql
  $ echo 'ALTER TABLE users DROP name;' >migrations/000002_drop_name.down.sql
  $ slipway info
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  Schema version: << Empty Schema >>
  
  Category   Version  Description   Type  Installed On  State    Undoable
  Versioned  000001   create users  SQL                 Pending  Yes
  Versioned  000002   add name      SQL                 Pending  Yes
  note: migrations/000002_add_name.up.sql and migrations/000002_drop_name.down.sql are one pair by their number, though their names differ
  
  2 migrations pending: `slipway plan` shows what would run, `slipway migrate` runs it.

Its history is Slipway's own table:

  $ slipway migrate
    note: migrations/000002_add_name.up.sql and migrations/000002_drop_name.down.sql are one pair by their number, though their names differ
    ✓ V000001 create users (*) (glob)
    ✓ V000002 add name (*) (glob)
  Applied 2 migrations to $DB_NAME (dev), now at version 000002 (*) (glob)
  $ sql 'SELECT installed_rank, version, description, type, script, success FROM slipway.history ORDER BY 1'
  1|000001|create users|SQL|000001_create_users.up.sql|t
  2|000002|add name|SQL|000002_add_name.up.sql|t
  $ slipway undo
    ✓ undo of V000002 add name (*) (glob)
  Undid 1 migration in $DB_NAME (dev), now at version 000001 (*) (glob)
  $ slipway validate
    note: migrations/000002_add_name.up.sql and migrations/000002_drop_name.down.sql are one pair by their number, though their names differ
  migrations/000002_add_name.up.sql: error: Detected resolved migration not applied to database: version 000002 [pending-migration]
    hint: run `slipway migrate`
  [1]

A database that the other tool brought up is not guessed at. Slipway sees whose it is and offers to take over:

  $ sql 'SET client_min_messages = warning; DROP SCHEMA slipway CASCADE; ALTER TABLE users ADD name text'
  $ sql 'CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL); INSERT INTO schema_migrations VALUES (1, true)'
  $ slipway migrate
    note: migrations/000002_add_name.up.sql and migrations/000002_drop_name.down.sql are one pair by their number, though their names differ
  error: Found non-empty schema(s) public but no schema history table: there are table public.schema_migrations, table public.users
    hint: golang-migrate keeps its history in public.schema_migrations: `slipway baseline --from public.schema_migrations` takes over from there
  [1]
  $ slipway baseline --from public.schema_migrations
  error: golang-migrate says in public.schema_migrations that a migration is half applied
    hint: put that right with golang-migrate first, then take over
  [1]
  $ sql 'UPDATE schema_migrations SET version = 2, dirty = false'
  $ slipway baseline --from schema_migrations
  Took over 2 applied migrations from schema_migrations; the history is slipway.history, at version 000002.
  $ slipway migrate
    note: migrations/000002_add_name.up.sql and migrations/000002_drop_name.down.sql are one pair by their number, though their names differ
  $DB_NAME (dev) is up to date at version 000002.
  $ slipway baseline --from schema_migrations
  error: slipway.history already holds a history
    hint: see `slipway info`
  [1]
  $ slipway baseline --from alembic_version
  error: 'alembic_version' is no tracking table that Slipway knows in public
    hint: it reads those of golang-migrate and dbmate (schema_migrations), diesel (__diesel_schema_migrations) and sqlx (_sqlx_migrations); for others use `slipway baseline --version V`
  [2]

The other tool's table is left as it was:

  $ sql 'SELECT * FROM schema_migrations'
  2|f
