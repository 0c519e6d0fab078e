#require database

A project of sqlx: pairs, or single scripts that know no way back. A first line "-- no-transaction" is honoured.

  $ mkdir migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ echo 'CREATE TABLE users (id int);' >migrations/20240101000000_users.sql
  $ printf -- '-- no-transaction\nCREATE INDEX CONCURRENTLY users_idx ON users (id);\n' >migrations/20240102000000_index.up.sql
  $ echo 'DROP INDEX users_idx;' >migrations/20240102000000_index.down.sql
  $ slipway migrate
    ✓ V20240101000000 users (*) (glob)
    ✓ V20240102000000 index (*) (glob)
  Applied 2 migrations to $DB_NAME (dev), now at version 20240102000000 (*) (glob)
  $ slipway undo --count 2
  migrations/20240101000000_users.sql: error: V20240101000000 users has no undo script
    hint: write its undo script beside it, or declare why there is none: irreversible = "reason"
  [1]
  $ slipway undo
    ✓ undo of V20240102000000 index (*) (glob)
  Undid 1 migration in $DB_NAME (dev), now at version 20240101000000 (*) (glob)

Taking over from sqlx:

  $ sql 'SET client_min_messages = warning; DROP SCHEMA slipway CASCADE'
  $ sql 'CREATE TABLE _sqlx_migrations (version bigint PRIMARY KEY, description text, installed_on timestamptz, success boolean, checksum bytea, execution_time bigint)'
  $ sql "INSERT INTO _sqlx_migrations VALUES (20240101000000, 'users', now(), true, '', 1)"
  $ slipway baseline --from sqlx
  Took over 1 applied migration from sqlx; the history is slipway.history, at version 20240101000000.
  $ slipway migrate
    ✓ V20240102000000 index (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 20240102000000 (*) (glob)
  $ slipway info
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  Schema version: 20240102000000
  
  Category   Version         Description  Type  Installed On         State    Undoable
  Versioned  20240101000000  users        SQL   ????-??-?? ??:??:??  Success  No (glob)
  Versioned  20240102000000  index        SQL   ????-??-?? ??:??:??  Success  Yes (glob)

A file that holds both directions belongs to yet another tool, and would do and undo in one go:

  $ printf -- '-- migrate:up\nCREATE TABLE a ();\n-- migrate:down\nDROP TABLE a;\n' >migrations/20240103000000_dbmate.sql
  $ slipway migrate
  migrations/20240103000000_dbmate.sql: error: this file is written for dbmate: the way forward and the way back share it
    hint: split it into a pair such as 0001_x.up.sql and 0001_x.down.sql
  [2]
