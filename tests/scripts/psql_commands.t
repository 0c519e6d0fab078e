#require database

A migration is SQL. Commands of psql are refused before anything has run, with the line and what to write instead.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ refused() { printf 'SELECT 1;\n%s\n' "$1" >db/migrations/V1__Psql.sql; slipway migrate; }
  $ refused '\i other.sql'
  db/migrations/V1__Psql.sql:2:1: error: \i is a command of psql, not SQL
    hint: put the file's statements into this script, or make the file a migration of its own
  [2]
  $ refused '\set name 1'
  db/migrations/V1__Psql.sql:2:1: error: \set is a command of psql, not SQL
    hint: use a placeholder, ${name}, and give its value in the configuration or the environment
  [2]
  $ refused '\c otherdb'
  db/migrations/V1__Psql.sql:2:1: error: \c is a command of psql, not SQL
    hint: leave it out: a run works on one database; give each database an environment of its own in slipway.toml
  [2]
  $ refused '  \echo done'
  db/migrations/V1__Psql.sql:2:3: error: \echo is a command of psql, not SQL
    hint: write a comment, or DO $$ BEGIN RAISE NOTICE 'text'; END $$; when it is to be seen in the log
  [2]
  $ refused "SELECT 2 \\gexec"
  db/migrations/V1__Psql.sql:2:10: error: \gexec is a command of psql, not SQL
    hint: execute what the query yields in a DO block: FOR r IN query LOOP EXECUTE r.statement; END LOOP
  [2]
  $ refused '\copy t from data.csv'
  db/migrations/V1__Psql.sql:2:1: error: \copy is a command of psql, not SQL
    hint: write COPY table FROM stdin; with the rows on the lines below it and \. on a line of its own behind them
  [2]
  $ refused '\if true'
  db/migrations/V1__Psql.sql:2:1: error: \if is a command of psql, not SQL
    hint: decide in a DO block with IF ... THEN, or in a placeholder's value
  [2]
  $ refused '\whatever'
  db/migrations/V1__Psql.sql:2:1: error: \whatever is a command of psql, not SQL
    hint: delete it, or say the same in SQL: Slipway sends SQL to the server and executes no commands of psql
  [2]
  $ refused '\.'
  db/migrations/V1__Psql.sql:2:1: error: \. is a command of psql, not SQL
    hint: it ends the rows of COPY ... FROM stdin; delete it, or write that statement above its rows
  [2]

A backslash in a string, a comment or a dollar quote is none of them:

  $ cat >db/migrations/V1__Psql.sql <<'SQL'
  > -- \i other.sql
  > CREATE TABLE t AS SELECT '\set' AS a, E'\\c' AS b, $$\q$$ AS c /* \! rm */;
  > SQL
  $ slipway migrate
    ✓ V1 Psql (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ sql 'SELECT * FROM t'
  \set|\c|\q

COPY with its rows in the script works as it does in psql, also without an end; an error in a row names its line:

  $ printf 'CREATE TABLE rows (a int, b text);\nCOPY rows FROM stdin;\n1\tone; \\\\i\n2\t\\N\n\\.\nUPDATE rows SET a = a + 10;\nCOPY rows (a) FROM stdin WITH (FORMAT csv);\n3\n' >db/migrations/V2__Rows.sql
  $ slipway migrate
    ✓ V2 Rows (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 2 (*) (glob)
  $ sql 'SELECT * FROM rows ORDER BY a'
  3|
  11|one; \i
  12|
  $ printf 'COPY rows FROM stdin;\n1\tone\ntwo\ttwo\n\\.\n' >db/migrations/V3__Rows.sql
  $ slipway migrate
    ✗ V3 Rows
  db/migrations/V3__Rows.sql:3:1: error: invalid input syntax for type integer: "two" (SQLSTATE 22P02)
    | COPY rows FROM stdin
    COPY rows, line 2, column a: "two"
    nothing of V3 Rows was applied
    hint: correct the statement and run the command again
  [1]
  $ rm db/migrations/V3__Rows.sql
