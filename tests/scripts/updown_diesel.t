#require database

A project of diesel: one folder a migration, with up.sql and down.sql in it.

  $ mkdir -p migrations/00000000000000_diesel_initial_setup migrations/2024-01-02-030405_create_posts migrations/2024-02-01-000000_index_posts
  $ cd migrations
  $ echo "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';" >00000000000000_diesel_initial_setup/up.sql
  $ echo 'DROP FUNCTION one();' >00000000000000_diesel_initial_setup/down.sql
  $ echo 'CREATE TABLE posts (id int);' >2024-01-02-030405_create_posts/up.sql
  $ echo 'DROP TABLE posts;' >2024-01-02-030405_create_posts/down.sql

metadata.toml may say that a migration runs outside of a transaction:

  $ echo 'CREATE INDEX CONCURRENTLY posts_idx ON posts (id);' >2024-02-01-000000_index_posts/up.sql
  $ echo 'DROP INDEX CONCURRENTLY posts_idx;' >2024-02-01-000000_index_posts/down.sql
  $ echo 'run_in_transaction = false' >2024-02-01-000000_index_posts/metadata.toml
  $ cd ..
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ slipway migrate
    ✓ V00000000000000 diesel initial setup (*) (glob)
    ✓ V20240102030405 create posts (*) (glob)
    ✓ V20240201000000 index posts (*) (glob)
  Applied 3 migrations to $DB_NAME (dev), now at version 20240201000000 (*) (glob)
  $ slipway info
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  Schema version: 20240201000000
  
  Category   Version         Description           Type  Installed On         State    Undoable
  Versioned  00000000000000  diesel initial setup  SQL   ????-??-?? ??:??:??  Success  Yes (glob)
  Versioned  20240102030405  create posts          SQL   ????-??-?? ??:??:??  Success  Yes (glob)
  Versioned  20240201000000  index posts           SQL   ????-??-?? ??:??:??  Success  Yes (glob)
  $ slipway undo --count 2
    ✓ undo of V20240201000000 index posts (*) (glob)
    ✓ undo of V20240102030405 create posts (*) (glob)
  Undid 2 migrations in $DB_NAME (dev), now at version 00000000000000 (*) (glob)

Taking over from diesel, whose table names each migration that it has applied:

  $ sql 'SET client_min_messages = warning; DROP SCHEMA slipway CASCADE; CREATE TABLE posts (id int)'
  $ sql 'CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY, run_on timestamp NOT NULL DEFAULT now())'
  $ sql "INSERT INTO __diesel_schema_migrations VALUES ('00000000000000'), ('20240102030405')"
  $ slipway migrate
  error: Found non-empty schema(s) public but no schema history table: there are function public.one, table public.__diesel_schema_migrations, table public.posts
    hint: diesel keeps its history in public.__diesel_schema_migrations: `slipway baseline --from public.__diesel_schema_migrations` takes over from there
  [1]
  $ slipway baseline --from __diesel_schema_migrations
  Took over 2 applied migrations from __diesel_schema_migrations; the history is slipway.history, at version 20240102030405.
  $ slipway migrate
    ✓ V20240201000000 index posts (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 20240201000000 (*) (glob)
