#require database
#require pg_dump

The output of pg_dump applies as it stands, with the \restrict lines that it has had since August 2025:

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ sql 'CREATE SCHEMA shop; CREATE TABLE shop.items (id serial PRIMARY KEY, name text); INSERT INTO shop.items (name) SELECT g FROM generate_series(1, 3) g'
  $ sql "CREATE FUNCTION shop.f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END"
  $ pg_dump -n shop "$DB_URL" >db/migrations/V1__Dump.sql
  $ grep -c '^\\restrict\|^\\unrestrict\|^\\\.' db/migrations/V1__Dump.sql
  3
  $ sql 'SET client_min_messages = warning; DROP SCHEMA shop CASCADE'
  $ slipway migrate
    db/migrations/V1__Dump.sql:11: the script loosens a timeout; the environment's limit stays in force
    ✓ V1 Dump (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ sql "SELECT count(*), shop.f(), nextval('shop.items_id_seq') FROM shop.items"
  3|2|4

A dump empties the search_path; the migration behind it has its own again:

  $ echo 'CREATE TABLE after_dump ();' >db/migrations/V2__After.sql
  $ slipway migrate
    ✓ V2 After (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 2 (*) (glob)
  $ sql "SELECT to_regclass('public.after_dump')"
  after_dump
