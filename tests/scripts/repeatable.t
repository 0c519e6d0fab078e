#require database

A repeatable migration has no version. It runs after all others, and again whenever its text has changed.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ echo 'CREATE TABLE people (id int, name text, born date);' >db/migrations/V1__Create_people.sql
  $ echo 'CREATE OR REPLACE VIEW names AS SELECT name FROM people;' >db/migrations/R__names.sql
  $ echo "CREATE OR REPLACE FUNCTION greet(text) RETURNS text LANGUAGE sql AS 'SELECT ''Hello '' || \$1';" >db/migrations/R__greet.sql
  $ slipway migrate
    ✓ V1 Create people (*) (glob)
    ✓ R greet (*) (glob)
    ✓ R names (*) (glob)
  Applied 3 migrations to $DB_NAME (dev), now at version 1 (*) (glob)
  $ slipway migrate
  $DB_NAME (dev) is up to date at version 1.

Changed, the old run is outdated and the script is pending; after it ran the old run is superseded:

  $ echo 'CREATE OR REPLACE VIEW names AS SELECT name, born FROM people;' >db/migrations/R__names.sql
  $ slipway info
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  Schema version: 1
  
  Category    Version  Description    Type  Installed On         State     Undoable
  Versioned   1        Create people  SQL   ????-??-?? ??:??:??  Success   No (glob)
  Repeatable           greet          SQL   ????-??-?? ??:??:??  Success   No (glob)
  Repeatable           names          SQL   ????-??-?? ??:??:??  Outdated  No (glob)
  Repeatable           names          SQL                        Pending   No
  
  1 migration pending: `slipway plan` shows what would run, `slipway migrate` runs it.
  $ slipway validate
  db/migrations/R__names.sql: error: Detected outdated resolved repeatable migration that should be re-applied to database: names [outdated-migration]
    hint: run `slipway migrate`
  [1]
  $ slipway migrate
    ✓ R names (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ slipway info
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  Schema version: 1
  
  Category    Version  Description    Type  Installed On         State       Undoable
  Versioned   1        Create people  SQL   ????-??-?? ??:??:??  Success     No (glob)
  Repeatable           greet          SQL   ????-??-?? ??:??:??  Success     No (glob)
  Repeatable           names          SQL   ????-??-?? ??:??:??  Superseded  No (glob)
  Repeatable           names          SQL   ????-??-?? ??:??:??  Success     No (glob)
  $ sql 'SELECT * FROM names'

The text counts as it is after its placeholders were filled in, as it does for Flyway: another value is another script.

  $ echo "CREATE OR REPLACE VIEW names AS SELECT name, born FROM people WHERE born > '\${since}';" >db/migrations/R__names.sql
  $ export FLYWAY_PLACEHOLDERS_SINCE=2000-01-01
  $ slipway migrate
    ✓ R names (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ slipway migrate
  $DB_NAME (dev) is up to date at version 1.
  $ FLYWAY_PLACEHOLDERS_SINCE=2001-01-01 slipway migrate
    ✓ R names (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)

Two with one description would be two answers to one question:

  $ mkdir db/migrations/views; cp db/migrations/R__names.sql db/migrations/views/
  $ slipway info
  db/migrations/views/R__names.sql: error: two repeatable migrations are described as 'names': db/migrations/R__names.sql and db/migrations/views/R__names.sql
    hint: give one of them another description
  [2]
