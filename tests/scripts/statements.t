#require database

Slipway reads a script statement by statement, so that it knows which of them run in a transaction and where an error stands.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml

A script's own BEGIN and COMMIT are understood, not nested; two transactions in one script are two segments:

  $ cat >db/migrations/V1__Own_transactions.sql <<'SQL'
  > BEGIN;
  > CREATE TABLE a (id int);
  > COMMIT;
  > START TRANSACTION ISOLATION LEVEL REPEATABLE READ;
  > INSERT INTO a VALUES (1);
  > SAVEPOINT s;
  > INSERT INTO a VALUES (2);
  > ROLLBACK TO s;
  > END;
  > SQL
  $ slipway plan | grep -v '^--'
  
  BEGIN;
  CREATE TABLE a (id int);
  COMMIT;
  BEGIN ISOLATION LEVEL REPEATABLE READ;
  INSERT INTO a VALUES (1);
  SAVEPOINT s;
  INSERT INTO a VALUES (2);
  ROLLBACK TO s;
  COMMIT;
  
  $ slipway migrate
    ✓ V1 Own transactions (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ sql 'SELECT * FROM a'
  1

What would leave the history wrong is refused:

  $ refused() { printf '%s\n' "$1" >db/migrations/V2__Two.sql; slipway migrate; }
  $ refused 'BEGIN; DELETE FROM a; ROLLBACK;'
  db/migrations/V2__Two.sql:1:23: error: the script rolls back what it has just done
    | ROLLBACK
    hint: take the ROLLBACK and what it undoes out of the script; Slipway itself rolls back when a statement fails
  [2]
  $ refused 'BEGIN; CREATE INDEX CONCURRENTLY ON a (id); COMMIT;'
  db/migrations/V2__Two.sql:1:8: error: this statement cannot run inside a transaction, and the script's BEGIN has opened one
    | CREATE INDEX CONCURRENTLY ON a (id)
    hint: put a COMMIT before it, or leave out BEGIN and COMMIT: Slipway makes the transactions itself
  [2]
  $ refused "BEGIN; INSERT INTO a VALUES (3); PREPARE TRANSACTION 'x';"
  db/migrations/V2__Two.sql:1:34: error: a prepared transaction outlives the run: it keeps its locks and holds back VACUUM until somebody ends it
    | PREPARE TRANSACTION 'x'
    hint: take the statement out of the migration
  [2]
  $ refused 'DISCARD ALL;'
  db/migrations/V2__Two.sql:1:1: error: DISCARD ALL would free the release lock, which keeps other runs out; RESET ALL resets the settings alone
    | DISCARD ALL
    hint: take the statement out of the migration
  [2]
  $ refused 'BEGIN; INSERT INTO a VALUES (3); COMMIT AND CHAIN;'
  db/migrations/V2__Two.sql:1:34: error: AND CHAIN opens the next transaction by itself, and Slipway must know where each begins and ends
    | COMMIT AND CHAIN
    hint: take the statement out of the migration
  [2]
  $ refused 'DROP DATABASE postgres, oops;'
    ✗ V2 Two
  db/migrations/V2__Two.sql:1:23: error: syntax error at or near "," (SQLSTATE 42601)
    | DROP DATABASE postgres, oops
    nothing of V2 Two was applied
    hint: correct the statement and run the command again
  [1]

A syntax error is the server's to tell, in the line and column of the file:

  $ printf '\n\nSELECT 1;\n  SELECT *\n  FORM a;\n' >db/migrations/V2__Two.sql
  $ slipway migrate
    ✗ V2 Two
  db/migrations/V2__Two.sql:5:3: error: syntax error at or near "FORM" (SQLSTATE 42601)
    | SELECT *
    |   FORM a
    nothing of V2 Two was applied
    hint: correct the statement and run the command again
  [1]
  $ printf "SELECT 'never closed;\n" >db/migrations/V2__Two.sql
  $ slipway migrate
  db/migrations/V2__Two.sql:1:8: error: the string that begins here never ends
    hint: close it with '
  [2]
  $ printf 'CREATE FUNCTION f() RETURNS int AS $body$ SELECT 1; $bdoy$ LANGUAGE sql;\n' >db/migrations/V2__Two.sql
  $ slipway migrate
  db/migrations/V2__Two.sql:1:36: error: the dollar quote that begins here never ends
    hint: close it with $body$
  [2]

An error inside a function or DO block shows where in it; an error of data shows the server's detail and hint:

  $ cat >db/migrations/V2__Two.sql <<'SQL'
  > DO $$
  > BEGIN
  >     PERFORM missing_function();
  > END $$;
  > SQL
  $ slipway migrate
    ✗ V2 Two
  db/migrations/V2__Two.sql:1:1: error: function missing_function() does not exist (SQLSTATE 42883)
    | DO $$
    | BEGIN
    |     PERFORM missing_function();
    | END $$
    PL/pgSQL function inline_code_block line 3 at PERFORM
    nothing of V2 Two was applied
    hint: No function matches the given name and argument types. You might need to add explicit type casts.
  [1]
  $ printf 'ALTER TABLE a ADD PRIMARY KEY (id);\nINSERT INTO a VALUES (1);\n' >db/migrations/V2__Two.sql
  $ slipway migrate
    ✗ V2 Two
  db/migrations/V2__Two.sql:2:1: error: duplicate key value violates unique constraint "a_pkey" (SQLSTATE 23505)
    | INSERT INTO a VALUES (1)
    Key (id)=(1) already exists.
    nothing of V2 Two was applied
    hint: correct the statement and run the command again
  [1]
  $ printf 'ALTER TABLE a ADD UNIQUE (id) DEFERRABLE INITIALLY DEFERRED;\nINSERT INTO a VALUES (1);\n' >db/migrations/V2__Two.sql
  $ slipway migrate
    ✗ V2 Two
  db/migrations/V2__Two.sql: error: while committing: duplicate key value violates unique constraint "a_id_key" (SQLSTATE 23505)
    Key (id)=(1) already exists.
    nothing of V2 Two was applied
    hint: correct the statement and run the command again
  [1]

Syntax that is newer than the parser goes to the server, which has the last word:

  $ echo 'CREATE PROPERTY GRAPH g VERTEX TABLES (a);' >db/migrations/V2__Two.sql
  $ slipway plan | grep GRAPH
  CREATE PROPERTY GRAPH g VERTEX TABLES (a);
  $ slipway migrate
    ✗ V2 Two
  db/migrations/V2__Two.sql:1:8: error: syntax error at or near "PROPERTY" (SQLSTATE 42601)
    | CREATE PROPERTY GRAPH g VERTEX TABLES (a)
    nothing of V2 Two was applied
    hint: correct the statement and run the command again
  [1]

A DO block or procedure that commits cannot run in a transaction. The server says so, and the script is cut around it:

  $ cat >db/migrations/V2__Two.sql <<'SQL'
  > INSERT INTO a VALUES (5);
  > DO $$ BEGIN FOR i IN 6..8 LOOP INSERT INTO a VALUES (i); COMMIT; END LOOP; END $$;
  > INSERT INTO a VALUES (9);
  > SQL
  $ slipway migrate
    db/migrations/V2__Two.sql:2: the server will not run this statement in a transaction; it runs on its own, and the script is cut around it
    ✓ V2 Two (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 2 (*) (glob)
  $ sql "SELECT string_agg(id::text, ' ' ORDER BY id) FROM a"
  1 5 6 7 8 9

A script may set a role and a search_path; they hold for this script alone:

  $ sql "CREATE ROLE owner_$DB_NAME; GRANT CREATE ON SCHEMA public TO owner_$DB_NAME"
  $ cat >db/migrations/V3__As_owner.sql <<'SQL'
  > SET ROLE owner_${flyway:database};
  > CREATE TABLE owned (id int);
  > CREATE INDEX CONCURRENTLY owned_idx ON owned (id);
  > CREATE TABLE owned_too (id int);
  > SQL
  $ echo 'CREATE TABLE not_owned ();' >db/migrations/V4__As_usual.sql
  $ slipway migrate
    ✓ V3 As owner (*) (glob)
    ✓ V4 As usual (*) (glob)
  Applied 2 migrations to $DB_NAME (dev), now at version 4 (*) (glob)
  $ sql "SELECT relname, relowner::regrole FROM pg_class WHERE relname ~ 'owned' ORDER BY 1"
  not_owned|postgres
  owned|owner_$DB_NAME
  owned_idx|owner_$DB_NAME
  owned_too|owner_$DB_NAME
  $ sql "DROP OWNED BY owner_$DB_NAME; DROP ROLE owner_$DB_NAME"
