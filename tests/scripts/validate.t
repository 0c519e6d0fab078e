#require database

`slipway validate` checks that files and history agree; it speaks the words that users of Flyway know, and adds what to do.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ printf 'CREATE TABLE t1 (id int);\n' >db/migrations/V1__Create_t1.sql
  $ printf 'CREATE TABLE t2 (id int);\n' >db/migrations/V2__Create_t2.sql
  $ slipway validate
  db/migrations/V1__Create_t1.sql: error: Detected resolved migration not applied to database: version 1 [pending-migration]
    hint: run `slipway migrate`
  db/migrations/V2__Create_t2.sql: error: Detected resolved migration not applied to database: version 2 [pending-migration]
    hint: run `slipway migrate`
  [1]
  $ slipway migrate >/dev/null
  $ slipway validate
  Successfully validated 2 migrations.

A script that was changed after it ran. `slipway migrate` refuses such a history, too:

  $ printf 'CREATE TABLE t1 (id bigint);\n' >db/migrations/V1__Create_t1.sql
  $ slipway validate
  db/migrations/V1__Create_t1.sql: error: Migration checksum mismatch for migration version 1 [checksum-mismatch]
    -> Applied to database : -1030005526
    -> Resolved locally    : 905811781
    hint: revert the changes to the migration, or run `slipway repair` to update the history
  [1]
  $ slipway migrate
  db/migrations/V1__Create_t1.sql: error: Validate failed: Migration checksum mismatch for migration version 1
    -> Applied to database : -1030005526
    -> Resolved locally    : 905811781
    hint: revert the changes to the migration, or run `slipway repair` to update the history
  [1]
  $ printf 'CREATE TABLE t1 (id int);\n' >db/migrations/V1__Create_t1.sql

What does not count are the ends of the lines and a byte order mark, so that a checkout on Windows is the same script:

  $ printf '\xEF\xBB\xBFCREATE TABLE t1 (id int);\r\n' >db/migrations/V1__Create_t1.sql
  $ slipway validate
  Successfully validated 2 migrations.
  $ printf 'CREATE TABLE t1 (id int);\n' >db/migrations/V1__Create_t1.sql

A file that is gone, one that was renamed, and one that came late, below a version that is applied already:

  $ mv db/migrations/V1__Create_t1.sql V1
  $ slipway validate
  error: Detected applied migration not resolved locally: version 1 [missing-migration]
    hint: bring the file back, or run `slipway repair` to mark the migration as deleted
  [1]
  $ mv V1 db/migrations/V1__Create_t1.sql
  $ mv db/migrations/V2__Create_t2.sql db/migrations/V2__Make_t2.sql
  $ slipway validate
  db/migrations/V2__Make_t2.sql: error: Migration description mismatch for migration version 2 [description-mismatch]
    -> Applied to database : Create t2
    -> Resolved locally    : Make t2
    hint: revert the change to the file's name, or run `slipway repair` to update the history
  [1]
  $ mv db/migrations/V2__Make_t2.sql db/migrations/V2__Create_t2.sql
  $ echo 'CREATE TABLE late ();' >db/migrations/V1.1__Late.sql
  $ slipway validate
  db/migrations/V1.1__Late.sql: error: Detected resolved migration not applied to database: version 1.1 [late-migration]
    hint: it arrived after a later version was applied: give the file a new, higher version, or, where the order does not matter, set out_of_order = true (flyway.conf: flyway.outOfOrder=true)
  [1]
  $ slipway migrate
  db/migrations/V1.1__Late.sql: error: Validate failed: Detected resolved migration not applied to database: version 1.1
    hint: it arrived after a later version was applied: give the file a new, higher version, or, where the order does not matter, set out_of_order = true (flyway.conf: flyway.outOfOrder=true)
  [1]

Whoever knows that the order does not matter lets it in:

  $ sed -i '1i [project]\nout_of_order = true' slipway.toml
  $ slipway migrate
    ✓ V1.1 Late (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 2 (*) (glob)
  $ slipway info | grep Late
  Versioned  1.1      Late         SQL   ????-??-?? ??:??:??  Out of Order  No (glob)
  $ slipway validate
  Successfully validated 3 migrations.

Two files with one version: nobody can say which of them is meant.

  $ echo 'CREATE TABLE t3 ();' >db/migrations/V3__One.sql
  $ echo 'CREATE TABLE t3 ();' >db/migrations/V3.0__Other.sql
  $ slipway validate
  db/migrations/V3__One.sql: error: two files have version 3: db/migrations/V3.0__Other.sql and db/migrations/V3__One.sql
    hint: give one of them a new number: the one that no database has seen yet
  [2]
  $ rm db/migrations/V3.0__Other.sql

What is pending counts as well, unless it is meant to be ignored; JSON has the same findings:

  $ slipway validate --format json
  {
    "slipway": 1,
    "validationSuccessful": false,
    "validateCount": 4,
    "findings": [
      {
        "rule": "pending-migration",
        "severity": "error",
        "file": "db/migrations/V3__One.sql",
        "line": 0,
        "column": 0,
        "message": "Detected resolved migration not applied to database: version 3",
        "help": "run `slipway migrate`"
      }
    ]
  }
  [1]
  $ sed -i '2a ignore_migration_patterns = ["*:pending"]' slipway.toml
  $ slipway validate
  Successfully validated 4 migrations.
  $ sed -i 's/pending/waiting/' slipway.toml
  $ slipway validate
  error: '*:waiting' is no pattern for ignoreMigrationPatterns
    hint: write type:state, with type *, repeatable or versioned and state *, missing, pending, ignored or future
  [2]
