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
  [1]
  $ slipway migrate >/dev/null 2>&1
  [1]
  $ slipway info --exit-code >/dev/null
  [1]

2, wrong usage or configuration: nothing was tried.

  $ slipway migrate --no-such-option 2>/dev/null
  [2]
  $ slipway info --config nowhere.toml 2>/dev/null
  [2]

3, something outside failed: a server, a connection, a file system.

  $ slipway info --url postgresql://127.0.0.1:1/x 2>/dev/null
  [3]

4, in doubt: a statement was interrupted that leaves no trace in the catalog. Only a person can tell whether it took effect.

  $ echo "ALTER SYSTEM SET log_min_duration_statement = '1h';" >db/migrations/V2__Fail.sql
  $ SLIPWAY_CRASH_LOG=points slipway migrate >/dev/null
  $ cp db/migrations/V2__Fail.sql db/migrations/V3__Killed.sql
  $ (SLIPWAY_CRASH_AT=$(sed -n 's/ after-alone//p' points) slipway migrate || exit) >/dev/null 2>&1
  [137]
  $ slipway migrate
    ✗ V3 Killed
  db/migrations/V3__Killed.sql:1:1: error: V3 Killed stopped while this statement ran, and nothing in the catalog tells whether it took effect (segment 1 of 1, started ????-??-?? ??:??:?? by *) (glob)
    | ALTER SYSTEM SET log_min_duration_statement = '1h'
    hint: look whether it did, then run `slipway resume --done` or `slipway resume --redo`
  [4]
  $ slipway resume --done
    ✓ V3 Killed (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 3 (*) (glob)
  $ slipway resume --done
  error: no statement waits for somebody to say whether it took effect
    hint: run `slipway migrate`
  [2]
  $ sql 'ALTER SYSTEM RESET log_min_duration_statement'

130, interrupted. What was under way was rolled back, and the next run starts it again:

  $ echo 'CREATE TABLE c (); SELECT pg_sleep(20);' >db/migrations/V4__Slow.sql
  $ slipway migrate >out 2>&1 & until [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE datname = '$DB_NAME' AND query ~ '^SELECT pg_sleep'")" = 1 ]; do sleep 0.1; done
  $ kill -INT $!; wait $!
  [130]
  $ cat out
    ✗ V4 Slow
  db/migrations/V4__Slow.sql:1:20: error: stopped as asked
    | SELECT pg_sleep(20)
    nothing of V4 Slow was applied
    hint: run the same command again to go on
  $ sql "SELECT to_regclass('c') IS NULL"
  t
