#require database

`slipway resume` goes on where a run stopped. It is needed for statements that leave no trace in the catalog, such as a
block that commits: only a person can tell whether one took effect that was under way when the run was killed.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ echo 'CREATE TABLE t (n int);' >db/migrations/V1__Create_t.sql
  $ for v in 2 3 4; do echo "DO 'BEGIN INSERT INTO t VALUES ($v); COMMIT; END';" >db/migrations/V${v}__Fill.sql; done
  $ echo 'CREATE TABLE u ();' >db/migrations/V5__Create_u.sql
  $ slipway migrate --target 1 >/dev/null
  $ SLIPWAY_CRASH_LOG=points slipway migrate --target 2 >/dev/null
    db/migrations/V2__Fill.sql:1: the server will not run this statement in a transaction; it runs on its own, and the script is cut around it
  $ (SLIPWAY_CRASH_AT=$(sed -n 's/ after-alone//p' points) slipway migrate --target 3 || exit) >/dev/null 2>&1
  [137]
  $ slipway resume 2>&1 | grep -e error: -e hint:
  db/migrations/V3__Fill.sql:1:1: error: V3 Fill stopped while this statement ran, and nothing in the catalog tells whether it took effect (segment 1 of 1, started ????-??-?? ??:??:?? by *) (glob)
    hint: look whether it did, then run `slipway resume --done` or `slipway resume --redo`
  $ sql 'SELECT count(*) FROM t WHERE n = 3'
  1

It did. What is pending follows, as with `slipway migrate`, and with a target no more than that:

  $ slipway resume --done --target 3
    ✓ V3 Fill (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 3 (*) (glob)
  $ sql 'SELECT string_agg(n::text, $$ $$ ORDER BY n) FROM t'
  2 3

A target that is none is told before anything is written down:

  $ (SLIPWAY_CRASH_AT=$(sed -n 's/ before-alone//p' points) slipway migrate --target 4 || exit) >/dev/null 2>&1
  [137]
  $ slipway resume --redo --target four
  error: 'four' is no version
    hint: name the version of a migration, such as 20260401120000, or 'latest'
  [2]
  $ slipway resume --redo --target 4
    ✓ V4 Fill (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 4 (*) (glob)
  $ sql 'SELECT string_agg(n::text, $$ $$ ORDER BY n) FROM t'
  2 3 4
  $ slipway resume --done --redo
  error: --done excludes --redo
    hint: see `slipway help resume`
  [2]
  $ slipway resume
    ✓ V5 Create u (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 5 (*) (glob)
