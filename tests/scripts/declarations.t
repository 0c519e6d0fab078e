#require database

What SQL has no words for stands beside a script, in a file that Flyway passes by: V2__x.slipway.toml.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ cat >db/migrations/V1__Create_users.sql <<'SQL'
  > CREATE TABLE users (id int PRIMARY KEY, first text, last text);
  > INSERT INTO users SELECT g, 'First ' || g, CASE WHEN g % 3 > 0 THEN 'Last ' || g END FROM generate_series(1, 2500) g;
  > SQL

Checks before and after a script. One that fails stops it, and nothing of it is applied:

  $ echo 'ALTER TABLE users ADD full_name text;' >db/migrations/V2__Add_full_name.sql
  $ cat >db/migrations/V2__Add_full_name.slipway.toml <<'TOML'
  > [[pre]]
  > sql = "SELECT count(*) FROM users WHERE first IS NULL"
  > expect = 0
  > 
  > [[post]]
  > sql = "SELECT count(*) FROM users WHERE full_name IS NULL"
  > expect = 0
  > TOML
  $ slipway migrate
    ✓ V1 Create users (*) (glob)
    ✗ V2 Add full name
  db/migrations/V2__Add_full_name.slipway.toml:5: error: V2 Add full name: [[post]] "post 1" does not hold: "0" was expected, the answer is "2500"; it asks: SELECT count(*) FROM users WHERE full_name IS NULL
    nothing of V2 Add full name was applied
    hint: the migration did not do what it promises: correct it, or the check
  [1]
  $ sql "SELECT count(*) FROM pg_attribute WHERE attname = 'full_name'"
  0
  $ sql "UPDATE users SET first = NULL WHERE id = 1"
  $ slipway migrate
    ✗ V2 Add full name
  db/migrations/V2__Add_full_name.slipway.toml:1: error: V2 Add full name: [[pre]] "pre 1" does not hold: "0" was expected, the answer is "1"; it asks: SELECT count(*) FROM users WHERE first IS NULL
    nothing of V2 Add full name was applied
    hint: bring the database to the state that the migration needs, or correct the check
  [1]
  $ sql "UPDATE users SET first = 'Ada' WHERE id = 1"

A backfill fills the new column in batches, a transaction each. It belongs to its migration: the check behind it sees its work, and the next
migration runs after it.

  $ cat >>db/migrations/V2__Add_full_name.slipway.toml <<'TOML'
  > 
  > [backfill]
  > table = "users"
  > key = ["id"]
  > set = "full_name = concat_ws(' ', first, last)"
  > where = "full_name IS NULL"
  > batch = 1000
  > TOML
  $ echo 'ALTER TABLE users ALTER full_name SET NOT NULL;' >db/migrations/V3__Require_full_name.sql
  $ slipway plan
  -- Plan for dev (PostgreSQL *, database $DB_NAME) (glob)
  
  -- V2 Add full name (db/migrations/V2__Add_full_name.sql)
  -- segment 1 of 2: one transaction, gives up a lock after 2.0 s
  BEGIN;
  ALTER TABLE users ADD full_name text;
  COMMIT;
  -- segment 2 of 2: backfill in batches, a transaction each
  -- UPDATE users SET full_name = concat_ws(' ', first, last) WHERE full_name IS NULL -- 1,000 rows a batch along id, 100 ms between batches
  
  -- V3 Require full name (db/migrations/V3__Require_full_name.sql)
  BEGIN;
  ALTER TABLE users ALTER full_name SET NOT NULL;
  COMMIT;
  
  -- 2 scripts, plan * (glob)
  $ slipway migrate
    ✓ V2 Add full name (*) (glob)
    ✓ V3 Require full name (*) (glob)
  Applied 2 migrations to $DB_NAME (dev), now at version 3 (*) (glob)
  $ sql "SELECT count(*), count(DISTINCT xmin::text) FROM users WHERE full_name IS NOT NULL"
  2500|3

What cannot be taken back says why:

  $ echo 'DROP TABLE users;' >db/migrations/V4__Drop_users.sql
  $ echo 'irreversible = "the users are gone; the backup of the night before has them"' >db/migrations/V4__Drop_users.slipway.toml
  $ slipway migrate
    ✓ V4 Drop users (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 4 (*) (glob)
  $ slipway undo
  db/migrations/V4__Drop_users.sql: error: V4 has no way back: the users are gone; the backup of the night before has them
    hint: restore from a backup, or write a new migration that goes forward
  [1]

Mistakes in these files are found before anything runs:

  $ wrong() { printf "$1" >db/migrations/V4__Drop_users.slipway.toml; slipway info; }
  $ wrong 'irreversable = "typo"\n'
  db/migrations/V4__Drop_users.slipway.toml:1:1: error: a declarations file knows no 'irreversable'
    hint: did you mean 'irreversible'?
  [2]
  $ wrong '[backfill]\ntable = "users"\n'
  db/migrations/V4__Drop_users.slipway.toml:1:1: error: [backfill] has no 'key'
    hint: add key = "..."
  [2]
  $ wrong '[[pre]]\nsql = 5\n'
  db/migrations/V4__Drop_users.slipway.toml:2:7: error: 'sql' of [[pre]] must be a text in quotes
    hint: correct the value
  [2]
  $ wrong '[[pre]\n'
  db/migrations/V4__Drop_users.slipway.toml:1:7: error: this is not TOML: Error while parsing table header: expected ']', saw '\n'
    hint: correct the line; texts that hold quotes or line ends go between ''' and '''
  [2]
  $ mv db/migrations/V4__Drop_users.slipway.toml db/migrations/V5__Other.slipway.toml
  $ slipway info
  db/migrations/V5__Other.slipway.toml: error: these declarations belong to no migration: there is no forward script of that name beside them
    hint: name the file like its script, as V4__x.slipway.toml beside V4__x.sql, or delete it
  [2]
