#require database

`slipway rehearse` tries a release on disposable copies: five stages, one after the other. The database itself is not
touched. Here the copies are clones on the database's own server.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ cat >db/migrations/V1__Create_accounts.sql <<'SQL'
  > CREATE TABLE accounts (id int PRIMARY KEY, name text NOT NULL, balance numeric NOT NULL);
  > INSERT INTO accounts SELECT n, 'account ' || n, n FROM generate_series(1, 2500) n;
  > SQL
  $ echo 'DROP TABLE accounts;' >db/migrations/U1__Drop_accounts.sql
  $ slipway migrate >/dev/null
  $ echo "ALTER TABLE accounts ADD COLUMN label text;" >db/migrations/V2__Add_label.sql
  $ echo "ALTER TABLE accounts DROP COLUMN label;" >db/migrations/U2__Drop_label.sql
  $ cat >db/migrations/V2__Add_label.slipway.toml <<'TOML'
  > [backfill]
  > table = "accounts"
  > key = "id"
  > set = "label = upper(name)"
  > where = "label IS NULL"
  > batch = 1000
  > pause = "1ms"
  > [[reconcile]]
  > name = "total balance"
  > sql = "SELECT sum(balance) FROM accounts"
  > TOML
  $ slipway rehearse --on clone
  ✓ dry-run        1 script applied on a clone of $DB_NAME (*) (glob)
  ✓ migration      0 scripts applied; the backfill of the last one follows (*) (glob)
  ✓ backfill       2,500 rows in 3 batches (*) (glob)
  ✓ reconcile      1 declared query and the rows of 1 table compared (*) (glob)
  ✓ rollback-test  1 migration undone: schema and rows of 1 table as before; applied again (*) (glob)
  
  PASS: the release may go to dev.
  Evidence: .slipway/evidence/*.json (glob)

Nothing of it happened in the database, and no copy is left:

  $ sql '\d accounts' | cut -d '|' -f 1
  id
  name
  balance
  $ sql "SELECT count(*) FROM pg_database WHERE datname LIKE 'slipway%' AND shobj_description(oid, 'pg_database') LIKE '%$DB_NAME %'"
  0
  $ sql 'SELECT max(installed_rank) FROM flyway_schema_history'
  1

The evidence is a document named by its own digest:

  $ file=$(ls .slipway/evidence/*.json); [ "$(sha256sum <$file | cut -c1-64)" = "$(basename $file .json)" ] && echo same
  same

A script that fails stops all stages after it. The error is the script's own, with its place:

  $ echo "ALTER TABLE acounts ADD COLUMN note text;" >db/migrations/V3__Add_note.sql
  $ slipway rehearse --on clone
  ✗ dry-run        a script failed on a clone of $DB_NAME (*) (glob)
  - migration      an earlier stage failed (0 ms)
  - backfill       an earlier stage failed (0 ms)
  - reconcile      an earlier stage failed (0 ms)
  - rollback-test  an earlier stage failed (0 ms)
  
  dry-run
  db/migrations/V3__Add_note.sql:1: error: relation "acounts" does not exist (SQLSTATE 42P01); nothing of V3 Add note was applied [sql]
    hint: correct the statement and run the command again
  
  FAIL: the release must not go to dev.
  Evidence: .slipway/evidence/*.json (glob)
  [1]

Nobody goes on in a copy, so where a script of several segments fails there is no word of that; what would have stayed
is named:

  $ echo "ALTER TABLE accounts ADD COLUMN note text;" >db/migrations/V3__Add_note.sql
  $ echo "CREATE INDEX CONCURRENTLY accounts_note ON accounts (notes);" >>db/migrations/V3__Add_note.sql
  $ slipway rehearse --on clone | grep -A 4 '^dry-run'
  dry-run
  db/migrations/V3__Add_note.sql:2: error: column "notes" does not exist (SQLSTATE 42703); 1 of the 2 segments of V3 Add note is done; in the environment itself that would stay [sql]
    hint: correct the statement and run the command again
  
  FAIL: the release must not go to dev.

A release without a way back fails, unless it says why there is none:

  $ echo "ALTER TABLE accounts ADD COLUMN note text;" >db/migrations/V3__Add_note.sql
  $ slipway rehearse --on clone | grep -A 4 -e rollback-test -e '^FAIL'
  ✗ rollback-test  an undo script failed or is missing (*) (glob)
  
  rollback-test
  db/migrations/V3__Add_note.sql: error: V3 Add note has no undo script [undo-missing]
    hint: write its undo script beside it, or declare why there is none: irreversible = "reason"
  
  FAIL: the release must not go to dev.
  Evidence: .slipway/evidence/*.json (glob)
  $ echo 'irreversible = "notes are never deleted"' >db/migrations/V3__Add_note.slipway.toml
  $ slipway rehearse --on clone | grep -e rollback-test -e '^PASS'
  - rollback-test  V3 is declared irreversible: notes are never deleted (*) (glob)
  PASS: the release may go to dev.
  $ rm db/migrations/V3__Add_note.slipway.toml

So does an undo script that runs without an error and restores nothing, or too little:

  $ echo "DROP TABLE IF EXISTS acounts;" >db/migrations/U3__Drop_note.sql
  $ slipway rehearse --on clone | grep -A 4 '^rollback-test'
  rollback-test
  error: column public.accounts.note was left behind [rollback-differs]
    hint: correct the undo script so that it restores what was there before
  
  FAIL: the release must not go to dev.

And one that restores the schema but not the rows:

  $ echo "ALTER TABLE accounts DROP COLUMN note; DELETE FROM accounts WHERE id = 7;" >db/migrations/U3__Drop_note.sql
  $ slipway rehearse --on clone | grep -A 2 '^rollback-test'
  rollback-test
  error: *public.accounts* [rows-differ] (glob)
    hint: * (glob)
  $ echo "ALTER TABLE accounts DROP COLUMN note;" >db/migrations/U3__Drop_note.sql

A reconciliation that differs fails the release:

  $ echo "UPDATE accounts SET balance = balance + 1 WHERE id = 1;" >db/migrations/V4__Gift.sql
  $ echo "UPDATE accounts SET balance = balance - 1 WHERE id = 1;" >db/migrations/U4__Take_back.sql
  $ slipway rehearse --on clone | grep -A 8 '^✗ reconcile'
  ✗ reconcile      the data is not what the declarations promise (*) (glob)
  - rollback-test  an earlier stage failed (0 ms)
  
  reconcile
  db/migrations/V2__Add_label.slipway.toml:*: error: *"total balance"* [reconcile-difference] (glob)
    hint: * (glob)
  
  FAIL: the release must not go to dev.
  Evidence: .slipway/evidence/*.json (glob)

Where the environment's server shall not be used for copies, the database is rebuilt from its migrations on the
embedded server, without its rows that no migration made:

  $ rm db/migrations/V4__Gift.sql db/migrations/U4__Take_back.sql
  $ slipway rehearse 2>/dev/null
  ✓ dry-run        2 scripts applied on $DB_NAME rebuilt from its migrations (*) (glob)
  ✓ migration      2 scripts applied (*) (glob)
  ✓ backfill       1 backfill ran with the migrations (*) (glob)
  ✓ reconcile      1 declared query and the rows of 1 table compared (*) (glob)
  ✓ rollback-test  2 migrations undone: schema and rows of 1 table as before; applied again (*) (glob)
  
  PASS: the release may go to dev.
  Evidence: .slipway/evidence/*.json (glob)
