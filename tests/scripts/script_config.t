#require database

A script can have a configuration of its own beside it: V1__x.sql.conf, as in Flyway.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml

Without a transaction each statement lasts by itself. When a later one fails the earlier ones stay, and the next run goes on behind them:

  $ cat >db/migrations/V1__Step_by_step.sql <<'SQL'
  > CREATE TABLE steps (n int);
  > INSERT INTO steps VALUES (1);
  > INSERT INTO steps SELECT 2 FROM gate;
  > SQL
  $ echo 'executeInTransaction=false' >db/migrations/V1__Step_by_step.sql.conf
  $ slipway migrate
    ✗ V1 Step by step
  db/migrations/V1__Step_by_step.sql:3:33: error: relation "gate" does not exist (SQLSTATE 42P01)
    | INSERT INTO steps SELECT 2 FROM gate
    2 of the 3 segments of V1 Step by step are done and stay; its history row says success = false until the rest is done
    hint: correct the statement and run the command again. `slipway migrate` goes on at segment 3; where the file had to change, run `slipway repair` before it
  [1]
  $ sql 'SELECT count(*) FROM steps'
  1
  $ sql 'CREATE TABLE gate AS SELECT 1'
  $ slipway migrate
    ✓ V1 Step by step (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ sql 'SELECT n FROM steps ORDER BY n'
  1
  2
  $ sql 'SELECT version, success FROM flyway_schema_history'
  1|t

shouldExecute leaves a script out where its condition does not hold. It is ignored then, by the next runs and by `slipway validate`, too:

  $ sed -i '1i [project.placeholders]\nregion = "eu"' slipway.toml
  $ echo 'CREATE TABLE us ();' >db/migrations/V3__Us.sql
  $ echo 'shouldExecute=${region}==us || false' >db/migrations/V3__Us.sql.conf
  $ echo 'CREATE TABLE eu ();' >db/migrations/V2__Eu.sql
  $ echo 'shouldExecute=(${region}==eu && ${region}!=us)' >db/migrations/V2__Eu.sql.conf
  $ slipway migrate
    ✓ V2 Eu (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 2 (*) (glob)
  $ slipway info | tail -n +4
  Category   Version  Description   Type  Installed On         State    Undoable
  Versioned  1        Step by step  SQL   ????-??-?? ??:??:??  Success  No (glob)
  Versioned  2        Eu            SQL   ????-??-?? ??:??:??  Success  No (glob)
  Versioned  3        Us            SQL                        Ignored  No
  $ slipway validate
  Successfully validated 3 migrations.
  $ sql '\dt'
  public|eu|table|postgres
  public|flyway_schema_history|table|postgres
  public|gate|table|postgres
  public|steps|table|postgres

A script may be in another encoding than the project:

  $ printf "CREATE TABLE \"caf\xe9\" ();\n" >db/migrations/V4__Latin.sql
  $ slipway plan
  db/migrations/V4__Latin.sql:1:18: error: the file is not well-formed UTF-8 (byte 0xE9)
    hint: save the file as UTF-8, or name its encoding in the configuration
  [2]
  $ echo 'encoding=ISO-8859-1' >db/migrations/V4__Latin.sql.conf
  $ slipway migrate
    ✓ V4 Latin (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 4 (*) (glob)
  $ sql "SELECT to_regclass('café')"
  "café"

What is no key of it is refused, with the nearest one; so is what is no condition:

  $ echo 'executeInTransactions=false' >db/migrations/V5__Five.sql.conf
  $ echo 'SELECT 5;' >db/migrations/V5__Five.sql
  $ slipway info
  db/migrations/V5__Five.sql.conf:1: error: a script cannot be configured with 'executeInTransactions'
    hint: did you mean 'executeInTransaction'?
  [2]
  $ echo 'shouldExecute=${region}=us' >db/migrations/V5__Five.sql.conf
  $ slipway info
  db/migrations/V5__Five.sql.conf:1: error: shouldExecute cannot be understood: 'eu=us'
    hint: write true, false, A==B or A!=B, joined by && and || and grouped by parentheses
  [2]
  $ echo 'executeInTransaction=maybe' >db/migrations/V5__Five.sql.conf
  $ slipway info
  db/migrations/V5__Five.sql.conf:1: error: executeInTransaction is neither true nor false: 'maybe'
    hint: write executeInTransaction=true or executeInTransaction=false
  [2]
