#require database

The database that a file asks for is empty, its own, and gone afterwards.

  $ sql 'SELECT current_database(), count(*) FROM pg_tables WHERE schemaname = $$public$$'
  $DB_NAME|0
  $ echo "$DB_URL"
  postgresql:///$DB_NAME?host=$DB_HOST&user=postgres
  $ printf '#require database\n  $ echo $DB_NAME >$OUT; sql "SELECT 1"\n  1\n' >inner.t
  $ OUT=$PWD/name runner inner.t
  $ test "$(cat name)" != "$DB_NAME"
  $ sql "SELECT count(*) FROM pg_database WHERE datname = '$(cat name)'"
  0

Statements are read from the standard input too, and an error of SQL is an error of the command:

  $ sql <<'END'
  > CREATE TABLE t (a int);
  > INSERT INTO t VALUES (1), (2);
  > SELECT sum(a) FROM t;
  > END
  3
  $ sql 'SELECT 1/0'
  ERROR:  division by zero
  [1]
