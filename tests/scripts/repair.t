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
  $ mv db/migrations/V3__Create_t3.sql db/migrations/V3__Make_t3.sql
  $ rm db/migrations/V2__Create_t2.sql
  $ slipway repair
  Marked as deleted, since their files are gone: 2
  Took over checksum and description from the files: 1, 3
  $ slipway validate
  Successfully validated 4 migrations.
  $ slipway info
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  Schema version: 3
  
  Category   Version  Description  Type    Installed On         State    Undoable
  Versioned  1        Create t1    SQL     ????-??-?? ??:??:??  Success  No (glob)
  Versioned  2        Create t2    SQL     ????-??-?? ??:??:??  Deleted  No (glob)
  Versioned  3        Make t3      SQL     ????-??-?? ??:??:??  Success  No (glob)
  Versioned  2        Create t2    DELETE  ????-??-?? ??:??:??  Success  No (glob)
  $ sql 'SELECT installed_rank, version, description, type, script, execution_time FROM flyway_schema_history WHERE type = $$DELETE$$'
  4|2|Create t2|DELETE|V2__Create_t2.sql|0

The row of a migration that failed in another tool's hands is removed, so that it can run again:

  $ echo 'CREATE TABLE t4 ();' >db/migrations/V4__Create_t4.sql
  $ sql "INSERT INTO flyway_schema_history VALUES (5, '4', 'Create t4', 'SQL', 'V4__Create_t4.sql', 1, 'eve', now(), 7, false)"
  $ slipway migrate
  error: the history says that the migration to version 4 failed, and the journal has no word of it: another tool ran it, or the database was restored
    hint: put the database right by hand, then run `slipway repair` to remove the failed row
  [1]
  $ slipway validate
  db/migrations/V4__Create_t4.sql: error: Detected failed migration to version 4 (Create t4) [failed-migration]
    hint: `slipway migrate` goes on where a script of several segments stopped; `slipway repair` removes the failed row once you have put the database right by hand
  [1]
  $ slipway repair
  Removed failed migrations: 4
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
    1 of the 2 segments of V5 Index is done and stays; its history row says success = false until the rest is done
    hint: correct the statement and run the command again. `slipway migrate` goes on at segment 2; where the file had to change, run `slipway repair` before it
  [1]
  $ sql "SELECT version, success FROM flyway_schema_history WHERE version = '5'"
  5|f
  $ sed -i s/idd/id/ db/migrations/V5__Index.sql
  $ slipway migrate
  db/migrations/V5__Index.sql: error: V5 Index stopped half way, and its file has changed since: what the journal says was done is not what stands there now
    hint: put the file back as it was and run `slipway migrate`, which goes on where it stopped; or run `slipway repair`, which keeps what was done as long as those statements are unchanged
  [1]
  $ slipway repair
  Kept half-done scripts, which `slipway migrate` goes on with: 5
  $ slipway migrate
    ✓ V5 Index (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 5 (*) (glob)
  $ sql "SELECT indisvalid FROM pg_index WHERE indexrelid = 't5_idx'::regclass"
  t

Where a finished segment was edited, too, nothing can go on from it. Its row goes, and repair says what the script had
done by then, since that is still there:

  $ cat >db/migrations/V6__More.sql <<'SQL'
  > CREATE TABLE t6 (id int);
  > INSERT INTO t6 VALUES (1), (2);
  > CREATE INDEX CONCURRENTLY t6_idx ON t6 (id);
  > VACUUM t66;
  > SQL
  $ slipway migrate 2>&1 | grep segments
    2 of the 3 segments of V6 More are done and stay; its history row says success = false until the rest is done
  $ sed -i 's/(id int)/(id bigint)/; s/t66/t6/' db/migrations/V6__More.sql
  $ slipway repair
  Removed failed migrations: 6
  db/migrations/V6__More.sql: warning: the row of V6 More is gone from the history; what it had done is still in the database [half-done-stays]
    segment 1 of 3: create table on line 1, insert on line 2 (2 rows)
    segment 2 of 3: create index on line 3
    hint: take that back by hand before the script runs again, from its first statement; the log of its run has the SQL
  $ slipway migrate 2>&1 | grep error
  db/migrations/V6__More.sql:1:1: error: relation "t6" already exists (SQLSTATE 42P07)
  $ sql 'DROP TABLE t6'
  $ slipway migrate
    ✓ V6 More (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 6 (*) (glob)
  $ sql "SELECT version, success FROM flyway_schema_history WHERE version = '6'"
  6|t

So it does for an undo script:

  $ printf 'DELETE FROM t6;\nDROP INDEX CONCURRENTLY t6_index;\n' >db/migrations/U6__More.sql
  $ slipway undo 2>&1 | grep segments
    1 of the 2 segments of undo of V6 More is done and stays; its history row says success = false until the rest is done
  $ printf 'TRUNCATE t6;\nDROP INDEX CONCURRENTLY t6_idx;\n' >db/migrations/U6__More.sql
  $ slipway repair
  Removed failed migrations: 6
  db/migrations/U6__More.sql: warning: the row of undo of V6 More is gone from the history; what it had done is still in the database [half-done-stays]
    segment 1 of 2: delete on line 1 (2 rows)
    hint: take that back by hand before the script runs again, from its first statement; the log of its run has the SQL
  $ slipway undo
    ✓ undo of V6 More (*) (glob)
  Undid 1 migration in $DB_NAME (dev), now at version 5 (*) (glob)
