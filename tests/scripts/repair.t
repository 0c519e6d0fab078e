#require database

`slipway repair` brings the history back in line with the files. It touches nothing else.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ for v in 1 2 3; do echo "CREATE TABLE t$v ();" >db/migrations/V${v}__Create_t$v.sql; done
  $ slipway migrate >/dev/null
  $ slipway repair
  Nothing to repair: the history agrees with the files.

Changed checksums and names are taken over from the files, rows without a file are marked as deleted:

  $ echo "-- creates t1" >>db/migrations/V1__Create_t1.sql
  $ mv db/migrations/V2__Create_t2.sql db/migrations/V2__Make_t2.sql
  $ rm db/migrations/V3__Create_t3.sql
  $ slipway repair
  Took over checksum and description from the files: 1, 2
  $ slipway validate
  Successfully validated 3 migrations.
  $ slipway info
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  Schema version: 3
  
  Category   Version  Description  Type  Installed On         State    Undoable
  Versioned  1        Create t1    SQL   ????-??-?? ??:??:??  Success  No (glob)
  Versioned  2        Make t2      SQL   ????-??-?? ??:??:??  Success  No (glob)
  Versioned  3        Create t3    SQL   ????-??-?? ??:??:??  Future   No (glob)
  $ sql 'SELECT installed_rank, version, description, type, script, execution_time FROM flyway_schema_history WHERE version = $$3$$'
  3|3|Create t3|SQL|V3__Create_t3.sql|1

The row of a migration that failed in another tool's hands is removed, so that it can run again:

  $ echo 'CREATE TABLE t4 ();' >db/migrations/V4__Create_t4.sql
  $ sql "INSERT INTO flyway_schema_history VALUES (5, '4', 'Create t4', 'SQL', 'V4__Create_t4.sql', 1, 'eve', now(), 7, false)"
  $ slipway migrate
  error: Validate failed: Detected applied migration not resolved locally: version 3
    hint: bring the file back, or run `slipway repair` to mark the migration as deleted
  [1]
  $ slipway validate
  error: Detected applied migration not resolved locally: version 3 [missing-migration]
    hint: bring the file back, or run `slipway repair` to mark the migration as deleted
  db/migrations/V4__Create_t4.sql: error: Detected failed migration to version 4 (Create t4) [failed-migration]
    hint: `slipway migrate` goes on where a script of several segments stopped; `slipway repair` removes the failed row once you have put the database right by hand
  [1]
  $ slipway repair
  Removed failed migrations: 4
  Marked as deleted, since their files are gone: 3
  $ slipway migrate
    ✓ V4 Create t4 (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 4 (*) (glob)

A script of several segments that stopped half way keeps what it has finished when only the rest is corrected:

  $ cat >db/migrations/V5__Index.sql <<'SQL'
  > CREATE TABLE t5 (id int);
  > CREATE INDEX CONCURRENTLY t5_idx ON t5 (idd);
  > SQL
  $ slipway migrate
    ✗ V5 Index
  db/migrations/V5__Index.sql:2:1: error: column "idd" does not exist (SQLSTATE 42703)
    | CREATE INDEX CONCURRENTLY t5_idx ON t5 (idd)
    1 of 2 segments of V5 Index are done and stay; its history row says success = false until the rest is
    hint: correct the statement and run the command again. When the cause lies outside the file, `slipway migrate` goes on at segment 2; when the file must change, see `slipway help repair`
  [1]
  $ sql "SELECT version, success FROM flyway_schema_history WHERE version = '5'"
  5|f
  $ sed -i s/idd/id/ db/migrations/V5__Index.sql
  $ slipway migrate
  db/migrations/V5__Index.sql: error: V5 Index stopped half way, and its file has changed since: what the journal says was done is not what stands there now
    hint: put the file back as it was and run `slipway migrate`, which goes on where it stopped; or put the database right by hand and run `slipway repair`
  [1]
  $ slipway repair
  Kept half-done scripts, which `slipway migrate` goes on with: 5
  $ slipway migrate
    ✓ V5 Index (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 5 (*) (glob)
  $ sql '\d t5'
  id|integer|||
