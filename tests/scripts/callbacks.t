#require database

SQL callbacks run at their event: each writes down that it was there.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ sql 'CREATE SCHEMA log; CREATE TABLE log.events (n serial, event text)'
  $ for event in beforeMigrate beforeEachMigrate afterEachMigrate afterVersioned beforeRepeatables afterMigrateApplied afterMigrate \
  >         afterMigrateError afterEachMigrateError; do
  >     echo "INSERT INTO log.events (event) VALUES ('$event');" >db/migrations/$event.sql
  > done
  $ for script in V1__One V2__Two R__view; do echo "INSERT INTO log.events (event) VALUES ('$script');" >db/migrations/$script.sql; done
  $ slipway migrate
    ✓ V1 One (*) (glob)
    ✓ V2 Two (*) (glob)
    ✓ R view (*) (glob)
  Applied 3 migrations to $DB_NAME (dev), now at version 2 (*) (glob)
  $ sql 'SELECT event FROM log.events ORDER BY n'
  beforeMigrate
  beforeEachMigrate
  V1__One
  afterEachMigrate
  beforeEachMigrate
  V2__Two
  afterEachMigrate
  afterVersioned
  beforeRepeatables
  beforeEachMigrate
  R__view
  afterEachMigrate
  afterMigrateApplied
  afterMigrate

Several for one event run in the order of their descriptions, the one without a description first:

  $ sql 'TRUNCATE log.events'
  $ echo "INSERT INTO log.events (event) VALUES ('afterMigrate b');" >db/migrations/afterMigrate__b.sql
  $ echo "INSERT INTO log.events (event) VALUES ('afterMigrate a');" >db/migrations/afterMigrate__a.sql
  $ echo "INSERT INTO log.events (event) VALUES ('V3');" >db/migrations/V3__Three.sql
  $ slipway migrate >/dev/null
  $ sql 'SELECT event FROM log.events ORDER BY n'
  beforeMigrate
  beforeEachMigrate
  V3
  afterEachMigrate
  afterVersioned
  afterMigrateApplied
  afterMigrate
  afterMigrate a
  afterMigrate b

When a migration fails, what beforeEachMigrate did in its transaction is gone with it; the callbacks for errors run:

  $ sql 'TRUNCATE log.events'
  $ echo 'SELECT 1/0;' >db/migrations/V4__Fail.sql
  $ slipway migrate
    ✗ V4 Fail
  db/migrations/V4__Fail.sql:1:1: error: division by zero (SQLSTATE 22012)
    | SELECT 1/0
    nothing of V4 Fail was applied
    hint: correct the statement and run the command again
  [1]
  $ sql 'SELECT event FROM log.events ORDER BY n'
  beforeMigrate
  afterEachMigrateError
  afterMigrateError
  $ rm db/migrations/V4__Fail.sql

With nothing to do it is the two around a whole run, as in Flyway:

  $ sql 'TRUNCATE log.events'
  $ slipway migrate
  $DB_NAME (dev) is up to date at version 3.
  $ sql 'SELECT event FROM log.events ORDER BY n'
  beforeMigrate
  afterMigrate
  afterMigrate a
  afterMigrate b

A callback that fails stops the run, and the message names its file:

  $ echo 'CREATE TABLE t4 ();' >db/migrations/V4__Create_t4.sql
  $ echo 'SELECT broken;' >db/migrations/afterEachMigrate.sql
  $ slipway migrate
    ✗ V4 Create t4
  db/migrations/afterEachMigrate.sql:1:8: error: column "broken" does not exist (SQLSTATE 42703)
    | SELECT broken
    nothing of V4 Create t4 was applied
    hint: correct the statement and run the command again
  [1]
  $ sql "SELECT to_regclass('t4') IS NULL"
  t
  $ rm db/migrations/afterEachMigrate.sql
  $ echo 'SELECT broken;' >db/migrations/afterMigrate.sql
  $ slipway migrate
    ✓ V4 Create t4 (*) (glob)
  db/migrations/afterMigrate.sql:1:8: error: column "broken" does not exist (SQLSTATE 42703)
    | SELECT broken
    in the callback afterMigrate; migrations that were applied before it stay
    hint: correct the statement and run the command again
  [1]
  $ sql "SELECT to_regclass('t4') IS NULL"
  f
  $ rm db/migrations/afterMigrate.sql

Callbacks may lie in a folder of their own, and can be switched off:

  $ mkdir hooks; mv db/migrations/*Migrate*.sql db/migrations/afterVersioned.sql db/migrations/beforeRepeatables.sql hooks/
  $ sed -i '1i [project]\ncallback_locations = "hooks"' slipway.toml
  $ sql 'TRUNCATE log.events'
  $ echo 'SELECT 5;' >db/migrations/V5__Five.sql
  $ slipway migrate
    ✓ V5 Five (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 5 (*) (glob)
  $ sql 'SELECT event FROM log.events ORDER BY n'
  beforeMigrate
  beforeEachMigrate
  afterVersioned
  afterMigrateApplied
  afterMigrate a
  afterMigrate b
  $ sed -i '2s/.*/skip_default_callbacks = true/' slipway.toml
  $ sql 'TRUNCATE log.events'
  $ echo 'SELECT 6;' >db/migrations/V6__Six.sql
  $ slipway migrate
    ✓ V6 Six (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 6 (*) (glob)
  $ sql 'SELECT event FROM log.events ORDER BY n'

An event that Slipway does not have is refused by name, since whoever wrote the file counts on it; so is a callback that is no SQL:

  $ sed -i 2d slipway.toml
  $ echo 'SELECT 1;' >db/migrations/beforeUndo.sql
  $ slipway migrate
  db/migrations/beforeUndo.sql: error: Slipway has no event beforeUndo at which to run this callback
    hint: use one of beforeMigrate, beforeEachMigrate, afterEachMigrate, afterEachMigrateError, afterVersioned, beforeRepeatables, afterMigrateApplied, afterMigrate, afterMigrateError; or take the file out of the locations
  [2]
  $ mv db/migrations/beforeUndo.sql db/migrations/afterMigrate__notify.sh
  $ slipway migrate
  db/migrations/afterMigrate__notify.sh: error: afterMigrate__notify.sh is a step of the migrations, but no SQL
    hint: Slipway runs SQL scripts only: turn the step into SQL, or move the file out of the locations and run it in a deployment step of its own
  [2]
