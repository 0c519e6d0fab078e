#require database

The exit code tells scripts what kind of answer they got.

0, yes:

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ echo 'CREATE TABLE a (id int);' >db/migrations/V1__Create_a.sql
  $ slipway migrate >/dev/null
  $ slipway validate >/dev/null

1, the answer is no: findings, or a script's own SQL that failed.

  $ echo 'SELECT 1/0;' >db/migrations/V2__Fail.sql
  $ slipway validate >/dev/null
  $ slipway migrate >/dev/null 2>&1
  $ slipway info --exit-code >/dev/null

2, wrong usage or configuration: nothing was tried.

  $ slipway migrate --no-such-option 2>/dev/null
  $ slipway info --config nowhere.toml 2>/dev/null

3, something outside failed: a server, a connection, a file system.

  $ slipway info --url postgresql://localhost:1/x 2>/dev/null

4, in doubt: a statement was interrupted that leaves no trace in the catalog. Only a person can tell whether it took effect.

  $ echo "ALTER SYSTEM SET log_min_duration_statement = '1h';" >db/migrations/V2__Fail.sql
  $ SLIPWAY_CRASH_AT=after-alone slipway migrate >/dev/null 2>&1; slipway migrate
  $ slipway resume --done
  $ slipway resume --done
  $ sql 'ALTER SYSTEM RESET log_min_duration_statement'

130, interrupted. What was under way was rolled back, and the next run starts it again:

  $ echo 'CREATE TABLE c (); SELECT pg_sleep(20);' >db/migrations/V3__Slow.sql
  $ slipway migrate >out 2>&1 & until [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE datname = '$DB_NAME' AND query ~ '^SELECT pg_sleep'")" = 1 ]; do sleep 0.1; done
  $ kill -INT $!; wait $!
  $ cat out
  $ sql "SELECT to_regclass('c') IS NULL"
