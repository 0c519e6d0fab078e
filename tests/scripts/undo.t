#require database

`slipway undo` takes back the migration that was applied last, by the script that its author wrote for that.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ for v in 1 2 3; do
  >     echo "CREATE TABLE t$v ();" >db/migrations/V${v}__Create_t$v.sql
  >     echo "DROP TABLE t$v;" >db/migrations/U${v}__Drop_t$v.sql
  > done
  $ slipway migrate >/dev/null
  $ slipway undo
    ✓ undo of V3 Create t3 (*) (glob)
  Undid 1 migration in $DB_NAME (dev), now at version 2 (*) (glob)

The history keeps what happened: a row of type DELETE says that version 3 no longer counts. Flyway reads it so, too.

  $ sql 'SELECT installed_rank, version, type, script, checksum IS NOT NULL, success FROM flyway_schema_history ORDER BY 1'
  1|1|SQL|V1__Create_t1.sql|t|t
  2|2|SQL|V2__Create_t2.sql|t|t
  3|3|SQL|V3__Create_t3.sql|t|t
  4|3|DELETE|V3__Create_t3.sql|t|t
  $ slipway info
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  Schema version: 2
  
  Category   Version  Description  Type    Installed On         State    Undoable
  Versioned  1        Create t1    SQL     ????-??-?? ??:??:??  Success  Yes (glob)
  Versioned  2        Create t2    SQL     ????-??-?? ??:??:??  Success  Yes (glob)
  Versioned  3        Create t3    SQL     ????-??-?? ??:??:??  Deleted  No (glob)
  Versioned  3        Create t3    DELETE  ????-??-?? ??:??:??  Success  No (glob)
  Versioned  3        Create t3    SQL                          Pending  Yes
  
  1 migration pending: `slipway plan` shows what would run, `slipway migrate` runs it.
  $ sql '\dt t*'
  public|t1|table|postgres
  public|t2|table|postgres

What was taken back can be applied again:

  $ slipway migrate
    ✓ V3 Create t3 (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 3 (*) (glob)
  $ sql 'SELECT installed_rank, version, type FROM flyway_schema_history ORDER BY 1'
  1|1|SQL
  2|2|SQL
  3|3|SQL
  4|3|DELETE
  5|3|SQL

Several at once, by number or down to a version:

  $ slipway undo --count 2
    ✓ undo of V3 Create t3 (*) (glob)
    ✓ undo of V2 Create t2 (*) (glob)
  Undid 2 migrations in $DB_NAME (dev), now at version 1 (*) (glob)
  $ slipway migrate >/dev/null
  $ slipway undo --target 1
    ✓ undo of V3 Create t3 (*) (glob)
    ✓ undo of V2 Create t2 (*) (glob)
  Undid 2 migrations in $DB_NAME (dev), now at version 1 (*) (glob)
  $ slipway undo --target one
  error: 'one' is no version
    hint: see `slipway info` for the versions
  [2]
  $ slipway undo --count 0
  error: --count: '0' is no number from 1 on
    hint: see `slipway help undo`
  [2]

An undo script that fails changes nothing:

  $ echo 'DROP TABLE t11;' >db/migrations/U1__Drop_t1.sql
  $ slipway undo
    ✗ undo of V1 Create t1
  db/migrations/U1__Drop_t1.sql:1:1: error: table "t11" does not exist (SQLSTATE 42P01)
    | DROP TABLE t11
    the undo of V1 Create t1 changed nothing
    hint: correct the statement and run the command again
  [1]
  $ sql "SELECT to_regclass('t1')"
  t1

A migration may lack its undo script. It can say why; the reason is what people then read:

  $ rm db/migrations/U1__Drop_t1.sql
  $ slipway undo
  db/migrations/V1__Create_t1.sql: error: V1 Create t1 has no undo script
    hint: write its undo script beside it, or declare why there is none: irreversible = "reason"
  [1]
  $ echo 'irreversible = "the old prices are gone; restore from the backup of that night"' >db/migrations/V1__Create_t1.slipway.toml
  $ slipway undo
  db/migrations/V1__Create_t1.sql: error: V1 has no way back: the old prices are gone; restore from the backup of that night
    hint: restore from a backup, or write a new migration that goes forward
  [1]

With nothing applied there is nothing to undo:

  $ sql 'TRUNCATE flyway_schema_history'
  $ slipway undo
  Nothing to undo in $DB_NAME (dev).
